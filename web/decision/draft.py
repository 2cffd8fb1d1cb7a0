"""The decision that a person has typed and not sent."""

from dataclasses import dataclass

from flask import abort

from models.database import Database
from web.decision.form import DecisionForm, draft_name
from web.shared.own_draft import OwnDraft


@dataclass(frozen=True)
class DecisionDraft:
    """What the person who is logged in typed on one case."""

    database: Database
    case_number: str

    def form(self) -> DecisionForm | None:
        """Give the form as it was typed not long ago; None where there is none."""
        name = draft_name(self.case_number)
        if name is None:
            return None
        values = OwnDraft(self.database, name).values()
        form = None if values is None else DecisionForm(formdata=None, data=values)
        return form if form is not None and form.is_ours else None

    def keep(self, form: DecisionForm) -> None:
        """Keep what was typed; 404 where there can be no such case."""
        self._own().keep(form.typed())

    def drop(self) -> None:
        """Forget what was typed."""
        self._own().drop()

    def _own(self) -> OwnDraft:
        name = draft_name(self.case_number)
        if name is None:
            abort(404)
        return OwnDraft(self.database, name)
