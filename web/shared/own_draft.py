"""What the person who is logged in has typed into a form and not sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.database import Database
from models.users.drafts import draft_of, drafted_file, drop_draft, keep_draft
from web.shared.access import current_viewer


@dataclass(frozen=True)
class OwnDraft:
    """The draft of one form."""

    database: Database
    form: str
    """Which form, and of what."""

    def values(self) -> dict[str, Any] | None:
        """Give what was typed not long ago; None where there is none."""
        with self.database.transaction() as session:
            return draft_of(session, user_id=current_viewer().user_id, form=self.form)

    def file(self) -> bytes | None:
        """Give the file that was chosen with it."""
        with self.database.transaction() as session:
            return drafted_file(session, user_id=current_viewer().user_id, form=self.form)

    def keep(self, values: Mapping[str, object], *, file: bytes | None = None) -> None:
        """Keep what was typed, in place of what was typed before."""
        with self.database.transaction() as session:
            keep_draft(session, user_id=current_viewer().user_id, form=self.form, values=dict(values), file=file)

    def drop(self) -> None:
        """Forget what was typed."""
        with self.database.transaction() as session:
            drop_draft(session, user_id=current_viewer().user_id, form=self.form)
