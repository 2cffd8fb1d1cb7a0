"""The second step of a request: what will be sent and what follows from it, said before it is sent."""

from dataclasses import dataclass

from flask import redirect
from werkzeug.wrappers import Response

from schemas.reading import Faulty, read
from usecases.hub import Hub
from web.catalogue_forms.typed_values import is_ours
from web.requests.draft import draft_of, said_by_itself
from web.requests.pages import blocked_page, confirmation_page
from web.requests.screens import screen_or_error
from web.requests.subject import subject_or_404


@dataclass(frozen=True)
class ConfirmingStep:
    """The view of the page that says it."""

    hub: Hub

    def confirm(
        self, number: str, segment: str, process: str, subject: str | None = None
    ) -> str | Response | tuple[str, int]:
        """Say what follows from what was typed. Looking at it changes nothing."""
        screen = screen_or_error(number, segment, process)
        with self.hub.database.transaction() as session:
            about = subject_or_404(session, screen, subject)
        if about is not None and not about.is_open:
            return blocked_page(screen, about)
        draft = draft_of(self.hub.database, screen, subject).values()
        typed = {} if draft is None else {**draft, **said_by_itself(screen, about)}
        message: object = read(screen.interface.request, typed, segment=screen.segment)
        if isinstance(message, Faulty) or not is_ours(typed):
            return redirect(screen.address(subject=subject), 303)
        return confirmation_page(self.hub, screen, about, typed, message)
