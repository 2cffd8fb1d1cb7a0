"""Looking at cases as the person who is logged in: their scope, and the record of what they read."""

from flask import abort, request

from models.cases.screens import ApplicationPage, CasePage, CaseStanding, Scope
from models.database import Session
from models.users.queries import Viewer
from rules.procedure.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from usecases import cases
from usecases.actors import Person, person
from usecases.cases import PageRequest, StandingRequest
from web.shared.access import Permission, may


def scope_of(viewer: Viewer) -> Scope:
    """Give whose cases a person may see, by the table of rights."""
    return cases.scope_of(actor_of(viewer))


def duties_of(viewer: Viewer) -> tuple[Duty, ...]:
    """List what a person's company may have to do about a case."""
    return OPERATORS_DUTIES if may(viewer, Permission.SEE_ALL_CASES) else RETAILERS_DUTIES


def standing_or_404(session: Session, viewer: Viewer, case_number: str) -> CaseStanding:
    """Tell how a case stands; a foreign one answers as one that does not exist."""
    wanted = StandingRequest(case_number=case_number)
    return cases.see_standing(wanted, actor=actor_of(viewer), session=session) or abort(404)


def page_or_404(session: Session, viewer: Viewer, case_number: str, *, purpose: str, message_id: str = "") -> CasePage:
    """Give a case as a person may see it, on record; a foreign one answers as one that does not exist."""
    wanted = PageRequest(number=case_number, purpose=purpose, message_id=message_id)
    return cases.see_case(wanted, actor=actor_of(viewer), session=session) or abort(404)


def application_page_of(session: Session, viewer: Viewer, number: str, *, purpose: str) -> ApplicationPage | None:
    """Give an application on its own (単独申請) as a person may see it, on record; None where there is none."""
    wanted = PageRequest(number=number, purpose=purpose)
    return cases.see_application(wanted, actor=actor_of(viewer), session=session)


def actor_of(viewer: Viewer) -> Person:
    """Give who looks, as use cases know them."""
    return person(viewer, source_address=request.remote_addr or "")
