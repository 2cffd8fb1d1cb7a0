"""The mail sender: sends what the steps of the cases noted, each mail once as far as SMTP can promise that.

``python -m mail.sender`` runs until it is told to stop. Several may run; none takes what another has in hand.

Mails are marked as sent in a transaction that begins before they go out. A sender that dies in between
leaves them to be sent again, under the same Message-IDs.
"""

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from uuid import UUID

import structlog

from mail import figures
from mail.letters import UnusableAddress, letter
from mail.people import send_due_to_people
from mail.post import Post, PostAway, PostRefused
from models.database import Cursor, Database
from models.health import database_check
from models.mail.operations import note_not_sent, note_sent, note_undeliverable
from models.mail.queries import MailIntent, UnreadableMail, claim_mails, hold_on, waiting_mail
from models.notifications import MAIL_NOTED, Listener
from rules.certificates.notices import CertificateNotice
from runtime.fault_points import reach
from runtime.logs import logger, set_up_logs
from runtime.monitoring import Check, Monitoring, Pulse, Unwell, timed
from runtime.settings.processes import MailSettings
from runtime.traces import set_up_traces, span

ALARM_AFTER = 5
"""From how many failures in a row a mail is reported as stuck. It is tried on all the same."""
_LONGEST_PAUSE = 30.0
"""Seconds until the mail server is asked again at the latest, when it was away."""
_TOGETHER = 1.0
"""Seconds between two rounds at least: mails that many steps note meanwhile go out together."""
_BATCH = 16
"""How many mails are taken at once, and sent again at most where the sender dies."""
_BATCH_WITHIN = 5.0
"""Seconds after which what is left of a batch is let go, so that no transaction stays open with a slow mail server."""
_SILENT_AT_MOST = 0.5
"""Seconds after which the database hears of a batch again before more goes out: what it has let go of, as it does where
operators bear no idle transactions, would be sent but not marked, and sent again without end."""

_log = logger(__name__)


class Sender:
    """Sends one mail after the other."""

    def __init__(self, *, database: Database, settings: MailSettings) -> None:
        self._database = database
        self._settings = settings
        self._post = Post(settings)
        self.pulse = Pulse(within=_LONGEST_PAUSE + 3 * settings.smtp_timeout + settings.mail_every)
        self.away: str | None = None
        """What keeps the mail server from being reached, if anything does."""

    def send_due(self, stop: threading.Event) -> int:
        """Send what is due, until nothing is, and give how many mails went out.

        :raises PostAway: when the mail server cannot be asked; no mail is marked for that.
        """
        count = 0
        try:
            while not stop.is_set():
                self.pulse.beat()
                sent = self._send_batch(stop)
                if sent is None:
                    break
                count += sent
            count += send_due_to_people(self._database, self._post, self._settings, stop, beat=self.pulse.beat)
        finally:
            self._post.hang_up()
        return count

    def _send_batch(self, stop: threading.Event) -> int | None:
        """Send mails that one transaction has in hand, and mark them all at once; None where nothing is due."""
        addresses: dict[UUID, str] = {}
        away: PostAway | None = None
        with self._database.plain_transaction() as line:
            mails = claim_mails(line, at_most=_BATCH)
            self._put_off(line, mails.unreadable)
            try:
                for intent in self._in_time(line, mails.readable, stop):
                    if (address := self._send(line, intent)) is not None:
                        addresses[intent.id] = address
            except PostAway as problem:
                away = problem  # what was taken before is marked all the same
            note_sent(line, addresses=addresses)
        if addresses:
            reach("send-mail:after-commit")
            figures.MAILS.labels("sent").inc(len(addresses))
        if away is not None:
            raise away
        return len(addresses) if mails else None

    def _put_off(self, line: Cursor, mails: Iterable[UnreadableMail]) -> None:
        for mail in mails:
            note_not_sent(line, intent=mail.id, address="", error="unreadable")
            _log.error("mail-broken", case_number=mail.case_number, mail_id=str(mail.id))
            figures.MAILS.labels("broken").inc()

    def _in_time(self, line: Cursor, intents: Iterable[MailIntent], stop: threading.Event) -> Iterator[MailIntent]:
        began = heard = time.monotonic()
        for intent in intents:
            now = time.monotonic()
            if stop.is_set() or now > began + _BATCH_WITHIN:
                return
            if now > heard + _SILENT_AT_MOST:
                hold_on(line)
                heard = now
            self.pulse.beat()
            yield intent

    def _send(self, line: Cursor, intent: MailIntent) -> str | None:
        """Send a mail and give its address; None where it did not go out, which is noted.

        :raises PostAway: when the mail server cannot be asked.
        """
        with structlog.contextvars.bound_contextvars(
            **_concerned(intent), mail_id=str(intent.id), notice=intent.kind.value
        ):
            if intent.address is None:
                note_undeliverable(line, intent=intent.id)
                _log.error("mail-undeliverable", retailer=intent.retailer_code, reason="no result address")
                figures.MAILS.labels("undeliverable").inc()
                return None
            try:
                self._hand_over(intent, intent.address)
            except PostRefused as refusal:
                tries = note_not_sent(line, intent=intent.id, address=intent.address, error=str(refusal))
                report = _log.error if tries >= ALARM_AFTER else _log.warning
                report("mail-stuck" if tries >= ALARM_AFTER else "mail-refused", reason=str(refusal), tries=tries)
                figures.MAILS.labels("refused").inc()
                return None
            except PostAway:
                raise
            except Exception as error:  # of this mail alone: it is put off, and the others go out
                note_not_sent(line, intent=intent.id, address=intent.address, error=type(error).__name__)
                _log.error("mail-broken", **_concerned(intent), exc_info=error)
                figures.MAILS.labels("broken").inc()
                return None
            reach("send-mail:after-acceptance")
            _log.info("mail-sent", retailer=intent.retailer_code)
            return intent.address

    def _hand_over(self, intent: MailIntent, address: str) -> None:
        try:
            mail = letter(intent, address=address, settings=self._settings)
        except UnusableAddress:
            raise PostRefused("no mail address") from None
        with timed(figures.SENDING), span("mail", kind="client"):
            try:
                self._post.send(mail)
            except PostAway as away:
                self.away = str(away)
                raise
        self.away = None


def _concerned(intent: MailIntent) -> dict[str, str]:
    """Name what a mail is about in the log."""
    if isinstance(intent.about, CertificateNotice):
        return {"certificate": intent.about.serial or "all"}
    return {"case_number": intent.about.case_number}


def run(configured: MailSettings, stop: threading.Event) -> None:
    """Send until ``stop`` is set."""
    database = Database(configured.database_address, pool_size=2)
    sender = Sender(database=database, settings=configured)
    listener = Listener(database, channel=MAIL_NOTED)
    _monitoring(configured, database, sender).start()
    pause = _TOGETHER
    while not stop.is_set():
        try:
            sender.send_due(stop)
            pause = _TOGETHER
            stop.wait(pause)
            listener.wait(stop, at_most=configured.mail_every)
            continue
        except PostAway as away:
            pause = min(pause * 2, _LONGEST_PAUSE)
            _log.error("mail-server-away", reason=str(away), next_try_in=pause)
        except Exception as error:
            pause = min(pause * 2, _LONGEST_PAUSE)
            _log.error("sending-failed", exc_info=error)
        listener.close()  # nobody reads meanwhile what it hears, and PostgreSQL would keep it
        stop.wait(pause)
    listener.close()
    database.dispose()


def _monitoring(configured: MailSettings, database: Database, sender: Sender) -> Monitoring:
    def ask_post() -> None:
        if sender.away is not None:
            raise Unwell(f"メールサーバーに接続できません（{sender.away}）")

    def show_waiting() -> None:
        with database.plain_read() as line:
            figures.show(waiting_mail(line))

    return Monitoring(
        "mail",
        host=configured.monitoring_host,
        port=configured.mail_metrics_port,
        checks=(
            database_check(database),
            Check("sending", "送信", sender.pulse.look),
            Check("post", "メールサーバー", ask_post, needed=False),
        ),
        show=show_waiting,
    )


def main() -> None:
    """Run the mail sender process."""
    set_up_logs("mail")
    set_up_traces("mail")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _log.info("mail-sender-started")
    run(MailSettings.from_environment(), stop)
    _log.info("mail-sender-stopped")


if __name__ == "__main__":
    main()
