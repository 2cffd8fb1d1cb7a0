"""Figures of the mail sender."""

from models.mail.queries import WaitingMail
from runtime.monitoring import Counter, Gauge, Histogram

MAILS = Counter("hub_mails", "Mails by what became of the try.", ["outcome"])
SENDING = Histogram("hub_mail_seconds", "Seconds until the mail server had taken a mail, or refused it.")
WAITING = Gauge("hub_mails_waiting", "Mails that are to be sent.")
OLDEST = Gauge("hub_mails_oldest_waiting_seconds", "How long the oldest mail has waited.")
UNDELIVERABLE = Gauge("hub_mails_undeliverable", "Mails whose retailer had no result address.")


def show(waiting: WaitingMail) -> None:
    WAITING.set(waiting.count)
    OLDEST.set(waiting.oldest.total_seconds())
    UNDELIVERABLE.set(waiting.undeliverable)
