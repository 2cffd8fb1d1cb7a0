"""A mail as it goes out. Everything in it follows from its intent, so that a repeat is the same mail."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mail import certificates
from mail.people_texts import SUBJECTS, text_to_person
from mail.texts import SYSTEM, body, subject
from models.mail.people import UserMail
from models.mail.queries import MailIntent
from rules.certificates.notices import CertificateNotice
from rules.procedure.mails import MailKind
from runtime.settings.processes import MailSettings

_POLICY = SMTP.clone(max_line_length=76)
"""Python fills a line with one encoded word and the blank before it; a word may have 75 characters (RFC 2047, 2)."""
CASE_HEADER = "X-Switching-Case"
"""By which a retailer's mail system may sort; the case's number."""


class UnusableAddress(Exception):
    """What is registered as an address is none."""


def letter(intent: MailIntent, *, address: str, settings: MailSettings) -> EmailMessage:
    """Write the mail of an intent.

    :raises UnusableAddress: when the address is none.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = Address(SYSTEM, addr_spec=settings.mail_from)
    try:
        mail["To"] = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):  # its parser raises any of these
        raise UnusableAddress from None
    mail["Subject"], text = _subject_and_text(intent, settings=settings)
    mail["Date"] = format_datetime(intent.created_at)
    mail["Message-ID"] = message_id(intent, settings=settings)
    mail["Auto-Submitted"] = "auto-generated"
    if not isinstance(intent.about, CertificateNotice):
        mail[CASE_HEADER] = intent.about.case_number
    mail.set_content(text, cte="base64")
    return mail


def _subject_and_text(intent: MailIntent, *, settings: MailSettings) -> tuple[str, str]:
    if isinstance(intent.about, CertificateNotice):
        return certificates.subject(intent.about), certificates.body(intent.about)
    kind, case = MailKind(intent.kind), intent.about
    return subject(kind, case), body(kind, case, web_public_url=settings.web_public_url)


def message_id(intent: MailIntent, *, settings: MailSettings) -> str:
    """Give the Message-ID, the same however often the mail is sent."""
    return f"<{intent.id}@{settings.mail_from.rpartition('@')[2]}>"


def letter_to_person(mail: UserMail, *, password: str | None, settings: MailSettings) -> EmailMessage:
    """Write a mail to a person's own address.

    :raises UnusableAddress: when the address is none.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(SYSTEM, addr_spec=settings.mail_from)
    try:
        message["To"] = Address(addr_spec=mail.address)
    except (ValueError, IndexError, MessageError):
        raise UnusableAddress from None
    message["Subject"] = f"【{SYSTEM}】{SUBJECTS[mail.kind]}"
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    address = f"{settings.web_public_url.rstrip('/')}/login"
    text = text_to_person(mail.kind, name=mail.name, user_id=mail.user_id, password=password, address=address)
    message.set_content(text, cte="base64")
    return message
