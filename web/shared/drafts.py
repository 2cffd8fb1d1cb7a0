"""What was typed into a form whose session has ended is kept, so that it is gone on with after the login."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request, url_for

from models.database import Database
from models.users.drafts import keep_draft
from models.users.queries import user_of_ended_session

_MOST_CHARACTERS = 1000
"""What is kept of one element: more than anybody types, and no more."""
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str | None) -> str:
    """Write the sign of an unreadable character for what PostgreSQL cannot store: the form then refuses it in words."""
    return _NOT_STORABLE.sub("\ufffd", (text or "")[:_MOST_CHARACTERS])


@dataclass(frozen=True)
class KeptForm:
    """A form of which a subject's screens can show again what was typed into it."""

    shown_at: str
    """Endpoint of the page that shows it."""
    draft_name: Callable[[Mapping[str, str]], str | None]
    """Names the draft by the arguments of the address; None where there can be no such form."""
    typed: Callable[[], dict[str, object] | None]
    """Reads the request; None where it brings nothing that is kept."""
    is_ours: Callable[[], bool]
    """Tells whether the request brings such a form as the hub makes, from who may send it."""
    file: Callable[[], bytes | None] = lambda: None
    """Reads the file that comes with it."""


KeptForms = Mapping[str, KeptForm]
"""By the endpoint that takes the form."""


@dataclass(frozen=True)
class UnsentForm:
    """A form that came with this request, and was not taken."""

    kept_form: KeptForm
    draft_name: str

    @property
    def shown_at(self) -> str:
        """Give the address where a person goes on with it."""
        return url_for(self.kept_form.shown_at, **(request.view_args or {}))

    def keep_for_login(self, database: Database, *, token: str | None) -> bool:
        """Keep what was sent in an ended session for the person whose it was; tell whether it was kept."""
        if token is None:
            return False
        with database.transaction() as session:
            user_id = user_of_ended_session(session, token=token)
            if user_id is None:
                return False
            typed = self.kept_form.typed()
            if typed is None:
                return False
            keep_draft(session, user_id=user_id, form=self.draft_name, values=typed, file=self.kept_form.file())
        return True


def unsent_form(kept_forms: KeptForms) -> UnsentForm | None:
    """Give the form of this request; None where it has none that is kept."""
    kept_form = kept_forms.get(request.endpoint or "")
    if kept_form is None or request.method != "POST":
        return None
    name = kept_form.draft_name(request.view_args or {})
    return None if name is None else UnsentForm(kept_form, name)
