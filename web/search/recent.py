"""The pages of numbers that people open are noted for themselves, to be found again."""

from flask import Flask, Response, request

from models.database import Database
from models.users.recent_items import note_seen
from runtime.logs import logger
from web.shared.access import viewer_or_none

_NUMBER_OF = {"case.show": "case_number", "points.show": "number"}
"""The endpoints of such pages, and the argument that holds the number."""
_log = logger(__name__)


def note_what_is_seen(app: Flask, database: Database) -> None:
    """Note, after a page was given, whose number it was; a page is given all the same where that fails."""

    @app.after_request
    def note(response: Response) -> Response:
        argument = _NUMBER_OF.get(request.endpoint or "")
        if argument is None or response.status_code != 200 or (viewer := viewer_or_none()) is None:
            return response
        number = str((request.view_args or {})[argument])
        try:
            with database.transaction() as session:
                note_seen(session, user_id=viewer.user_id, number=number)
        except Exception:
            _log.warning("not noted as seen", exc_info=True)
        return response
