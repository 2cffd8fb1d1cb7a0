"""Mails to people's own addresses: id and first password, what was changed, a password issued anew.

The password is made when the mail goes out and stands nowhere else: a mail that has to be sent again has another, and
the one that came last fits.
"""

import secrets
import threading
from collections.abc import Callable

from mail import figures
from mail.letters import UnusableAddress, letter_to_person
from mail.post import Post, PostAway, PostRefused
from models.database import Database, Session
from models.mail.people import (
    UserMail,
    claim_user_mail,
    note_user_mail_not_sent,
    note_user_mail_sent,
    set_password_of_mail,
)
from models.users.passwords import hash_password
from runtime.logs import logger
from runtime.settings.processes import MailSettings

ALARM_AFTER = 5
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without what is taken for something else when it is read: 0 and O, 1, i and l."""
_LENGTH = 16
_log = logger(__name__)


def send_due_to_people(
    database: Database, post: Post, settings: MailSettings, stop: threading.Event, *, beat: Callable[[], None]
) -> int:
    """Send what is due, and give how many mails went out.

    :param beat: tells whoever watches that this goes on.
    :raises PostAway: when the mail server cannot be asked; no mail is marked for that.
    """
    count = 0
    while not stop.is_set():
        beat()
        with database.transaction() as session:
            mail = claim_user_mail(session)
            if mail is None:
                return count
            count += _send(session, mail, post, settings)
    return count


def _send(session: Session, mail: UserMail, post: Post, settings: MailSettings) -> bool:
    password = new_password() if mail.kind.has_password else None
    if password is not None:
        set_password_of_mail(session, user_id=mail.user_id, password_hash=hash_password(password))
    try:
        post.send(letter_to_person(mail, password=password, settings=settings))
    except PostAway:
        raise
    except (PostRefused, UnusableAddress) as refusal:
        reason = str(refusal) or "no mail address"
        tries = note_user_mail_not_sent(session, mail, error=reason)
        report = _log.error if tries >= ALARM_AFTER else _log.warning
        report("mail-stuck" if tries >= ALARM_AFTER else "mail-refused", mail_id=str(mail.id), reason=reason)
        figures.MAILS.labels("refused").inc()
        return False
    note_user_mail_sent(session, mail)
    _log.info("mail-sent", mail_id=str(mail.id), notice=mail.kind.value)
    figures.MAILS.labels("sent").inc()
    return True


def new_password() -> str:
    """Make a password that can be read and typed."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
