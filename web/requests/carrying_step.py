"""Beginning a request with what another page knows already: kept for its person, and in no address."""

from dataclasses import dataclass

from flask import redirect
from werkzeug.wrappers import Response

from models.database import Database
from web.requests.draft import carried_over, draft_of, keepable, sent_request
from web.requests.screens import screen_or_error


@dataclass(frozen=True)
class CarryingStep:
    """The view that other pages send what they know to."""

    database: Database

    def carry(self, number: str, segment: str, process: str) -> Response:
        """Keep what is known, and lead on to the form that begins with it; what was typed there before is let go."""
        screen = screen_or_error(number, segment, process)
        draft_of(self.database, screen, None).drop()
        carried_over(self.database, screen).keep(keepable(screen, sent_request(screen, None)))
        return redirect(screen.address(), 303)
