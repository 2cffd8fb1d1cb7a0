"""What was typed into a form whose session has ended is kept, so that it is gone on with after the login."""

from flask import request, url_for

from models.database import Database
from models.users.drafts import keep_draft
from models.users.queries import user_of_ended_session
from web.decision_form import DecisionForm, draft_name

GOES_ON_AT = {"decision.check": "decision.show", "decision.send": "decision.confirm"}
"""Which page shows again what was typed into the form that a view takes."""


def goes_on_at() -> str | None:
    """Give the page where a person goes on whose form was not taken; None where the request is of no such form."""
    goes_on = GOES_ON_AT.get(request.endpoint or "")
    case_number = (request.view_args or {}).get("case_number", "")
    if goes_on is None or request.method != "POST" or draft_name(case_number) is None:
        return None
    return url_for(goes_on, case_number=case_number)


def keep_for_login(database: Database, *, token: str | None) -> bool:
    """Keep what was sent in an ended session for the person whose it was; tell whether it was kept."""
    name = draft_name((request.view_args or {}).get("case_number", ""))
    if token is None or name is None or goes_on_at() is None:
        return False
    with database.transaction() as session:
        user_id = user_of_ended_session(session, token=token)
        if user_id is None:
            return False
        keep_draft(session, user_id=user_id, form=name, values=DecisionForm().typed())
    return True
