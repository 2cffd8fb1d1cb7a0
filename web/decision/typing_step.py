"""The first step of a decision: the form, and keeping what was typed into it."""

from dataclasses import dataclass

from flask import redirect, url_for
from werkzeug.wrappers import Response

from models.database import Database
from web.decision.decidable_case import deciding_on, standing_of
from web.decision.draft import DecisionDraft
from web.decision.pages import amended_page, blocked_page, empty_form, form_page, sent_form

_PURPOSE = "画面:廃止取次判断"


@dataclass(frozen=True)
class TypingStep:
    """The views of the form."""

    database: Database

    def show(self, case_number: str) -> str | tuple[str, int]:
        """Show what is to be compared, and the form, with what was typed and not sent."""
        decidable = deciding_on(self.database, case_number, purpose=_PURPOSE)
        if (blocked := blocked_page(decidable)) is not None:
            return blocked
        form = DecisionDraft(self.database, case_number).form()
        if form is None:
            return form_page(decidable, empty_form(decidable.page))
        if not form.is_about(decidable.page):
            return amended_page(decidable)
        form.request(case_number=case_number)  # what is wrong with it now stands on its fields
        return form_page(decidable, form)

    def check(self, case_number: str) -> Response:
        """Keep what was typed, and lead on to the page that says what follows from it, or back to the form.

        It answers with no page itself: a browser would not show that again when one comes back to it.
        """
        form = sent_form()
        state = standing_of(self.database, case_number)
        DecisionDraft(self.database, case_number).keep(form)
        goes_on = (
            state.problem is None and form.is_about(state.page) and form.request(case_number=case_number) is not None
        )
        return redirect(url_for("decision.confirm" if goes_on else "decision.show", case_number=case_number), 303)
