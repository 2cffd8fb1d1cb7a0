"""The decision that a person has typed and not sent."""

from dataclasses import dataclass

from flask import abort

from models.database import Database
from models.users.drafts import draft_of, drop_draft, keep_draft
from web.decision.form import DecisionForm, draft_name
from web.shared.access import current_viewer


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
        with self.database.transaction() as session:
            values = draft_of(session, user_id=current_viewer().user_id, form=name)
        form = None if values is None else DecisionForm(formdata=None, data=values)
        return form if form is not None and form.is_ours else None

    def keep(self, form: DecisionForm) -> None:
        """Keep what was typed; 404 where there can be no such case."""
        with self.database.transaction() as session:
            keep_draft(session, user_id=current_viewer().user_id, form=self._name(), values=form.typed())

    def drop(self) -> None:
        """Forget what was typed."""
        with self.database.transaction() as session:
            drop_draft(session, user_id=current_viewer().user_id, form=self._name())

    def _name(self) -> str:
        name = draft_name(self.case_number)
        if name is None:
            abort(404)
        return name
