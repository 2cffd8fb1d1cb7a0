"""The last step of a request: what became of it, with the number to go on with."""

from dataclasses import dataclass

from flask import abort, render_template, url_for

from models.database import Database
from models.messages.sent import SentMessage, sent_message
from schemas.catalogue import BY_NUMBER
from schemas.codes import ProcessKind, Segment
from web.requests.next_steps import next_steps
from web.requests.screens import RequestScreen, screen_or_error
from web.shared import inquiries
from web.shared.access import current_retailer
from web.shared.message_ids import is_message_id
from web.shared.refusal_words import screen_words
from web.shared.requests import INTERFACES, process_of


@dataclass(frozen=True)
class ResultStep:
    """The view of the result."""

    database: Database

    def result(self, message_id: str) -> str:
        """Show what became of what was sent. It tells nothing of the customer."""
        if not is_message_id(message_id):
            abort(404)
        with self.database.transaction() as session:
            sent = sent_message(session, retailer_code=current_retailer(), message_id=message_id)
        screen = None if sent is None else _screen_of(sent)
        if sent is None or screen is None:
            abort(404)
        return render_template(
            "requests/result.html",
            screen=screen,
            sent=sent,
            receipt=sent.receipt,
            words=None if sent.refusal is None else screen_words(sent.refusal),
            next_steps=[] if sent.receipt is None else next_steps(screen, sent.receipt),
            message_id=message_id,
            status_address=_status_address(screen, sent),
        )


def _status_address(screen: RequestScreen, sent: SentMessage) -> str | None:
    """Give where it is asked how far the grid operator is with an application."""
    kind, receipt = screen.interface.applies_for, sent.receipt
    if kind is None or receipt is None or not receipt.application_number:
        return None
    number = next(each.number for each in inquiries.INTERFACES if each.tells_status_of is kind)
    application = receipt.application_number
    return url_for("inquiries.show", number=number, segment=screen.segment.value, applicationNumber=application)


def _screen_of(sent: SentMessage) -> RequestScreen | None:
    """Tell which screen sends what was sent; 403 to who may not send it."""
    interface = BY_NUMBER.get(sent.interface_number)
    if interface not in INTERFACES or interface is None:
        return None
    process = ProcessKind.REGISTER if sent.command is None else process_of(sent.command.kind)
    segment = next(each for each in Segment if interface.number_in(each) == sent.interface_number)
    return screen_or_error(interface.number, segment.value, process.value)
