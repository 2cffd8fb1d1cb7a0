"""The mail sender: sends what the steps of the cases noted, each mail once as far as SMTP can promise that.

``python -m mail.sender`` runs until it is told to stop. Several may run; none takes what another has in hand.

A mail is marked as sent in a transaction that begins before it goes out. A sender that dies in between
leaves it to be sent again, under the same Message-ID.
"""

import signal
import threading

import structlog

from mail import figures
from mail.letters import UnusableAddress, letter
from mail.post import Post, PostAway, PostRefused
from models.database import Database
from models.health import database_check
from models.mail.operations import note_not_sent, note_sent, note_undeliverable
from models.mail.queries import MailIntent, UnreadableMail, claim_intent, waiting_mail
from runtime.fault_points import reach
from runtime.logs import logger, set_up_logs
from runtime.monitoring import Check, Monitoring, Pulse, Unwell, timed
from runtime.settings.processes import MailSettings
from runtime.traces import set_up_traces, span

ALARM_AFTER = 5
"""From how many failures in a row a mail is reported as stuck. It is tried on all the same."""
_LONGEST_PAUSE = 30.0
"""Seconds until the mail server is asked again at the latest, when it was away."""

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
                outcome = self._send_one()
                if outcome is None:
                    break
                count += outcome
        finally:
            self._post.hang_up()
        return count

    def _send_one(self) -> bool | None:
        """Send one mail; None where nothing is due."""
        with self._database.transaction() as session:
            try:
                intent = claim_intent(session)
            except UnreadableMail as unreadable:
                note_not_sent(session, intent=unreadable.intent, address="", error="unreadable")
                _log.error("mail-broken", case_number=unreadable.case_number, mail_id=str(unreadable.intent))
                figures.MAILS.labels("broken").inc()
                return False
            if intent is None:
                return None
            with structlog.contextvars.bound_contextvars(
                case_number=intent.case.case_number, mail_id=str(intent.id), notice=intent.kind.value
            ):
                if intent.address is None:
                    note_undeliverable(session, intent=intent.id)
                    _log.error("mail-undeliverable", retailer=intent.retailer_code, reason="no result address")
                    figures.MAILS.labels("undeliverable").inc()
                    return False
                try:
                    self._hand_over(intent, intent.address)
                except PostRefused as refusal:
                    tries = note_not_sent(session, intent=intent.id, address=intent.address, error=str(refusal))
                    report = _log.error if tries >= ALARM_AFTER else _log.warning
                    report("mail-stuck" if tries >= ALARM_AFTER else "mail-refused", reason=str(refusal), tries=tries)
                    figures.MAILS.labels("refused").inc()
                    return False
                except PostAway:
                    raise
                except Exception as error:  # of this mail alone: it is put off, and the others go out
                    note_not_sent(session, intent=intent.id, address=intent.address, error=type(error).__name__)
                    _log.error("mail-broken", case_number=intent.case.case_number, exc_info=error)
                    figures.MAILS.labels("broken").inc()
                    return False
                reach("send-mail:after-acceptance")
                note_sent(session, intent=intent.id, address=intent.address)
                _log.info("mail-sent", retailer=intent.retailer_code)
        reach("send-mail:after-commit")
        figures.MAILS.labels("sent").inc()
        return True

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


def run(configured: MailSettings, stop: threading.Event) -> None:
    """Send until ``stop`` is set."""
    database = Database(configured.database_address, pool_size=2)
    sender = Sender(database=database, settings=configured)
    _monitoring(configured, database, sender).start()
    pause = configured.mail_every
    while not stop.wait(pause):
        try:
            sender.send_due(stop)
            with database.transaction() as session:
                figures.show(waiting_mail(session))
            pause = configured.mail_every
        except PostAway as away:
            pause = min(max(pause, 0.5) * 2, _LONGEST_PAUSE)
            _log.error("mail-server-away", reason=str(away), next_try_in=pause)
        except Exception as error:
            pause = min(max(pause, 0.5) * 2, _LONGEST_PAUSE)
            _log.error("sending-failed", exc_info=error)
    database.dispose()


def _monitoring(configured: MailSettings, database: Database, sender: Sender) -> Monitoring:
    def ask_post() -> None:
        if sender.away is not None:
            raise Unwell(f"メールサーバーに接続できません（{sender.away}）")

    return Monitoring(
        "mail",
        host=configured.monitoring_host,
        port=configured.mail_metrics_port,
        checks=(
            database_check(database),
            Check("sending", "送信", sender.pulse.look),
            Check("post", "メールサーバー", ask_post, needed=False),
        ),
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
