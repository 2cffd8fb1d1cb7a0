"""The last step of a decision: what became of it."""

from dataclasses import dataclass

from flask import abort, render_template

from models.database import Database
from models.messages.queries import given_command
from schemas.refusal_codes import RefusalCode
from web.cases.scope import standing_or_404
from web.decision.waiting_decisions import waiting_decisions
from web.shared.access import current_viewer
from web.shared.message_ids import is_message_id
from web.shared.refusal_words import screen_words


@dataclass(frozen=True)
class ResultStep:
    """The view of the result."""

    database: Database

    def result(self, case_number: str, message_id: str) -> str:
        """Show what became of a decision that was sent, and what else waits."""
        viewer, command = current_viewer(), None
        with self.database.transaction() as session:
            page = standing_or_404(session, viewer, case_number)
            if viewer.retailer_code is not None and is_message_id(message_id):
                command = given_command(
                    session, retailer_code=viewer.retailer_code, case_number=case_number, message_id=message_id
                )
            if command is None:
                abort(404)
            waiting = waiting_decisions(session, viewer, besides=page)
        refusal = None if command.answer is None else command.answer.refusal
        return render_template(
            "decision/result.html",
            page=page,
            given=command,
            refused=None if refusal is None else screen_words(refusal),
            outdated=refusal is not None and refusal.code is RefusalCode.VERSION_DIFFERS,
            message_id=message_id,
            waiting=waiting,
        )
