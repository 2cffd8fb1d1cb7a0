"""Looking at cases as the person who is logged in: their scope, and the record of what they read."""

import re

from flask import abort

from models.cases.screens import (
    ApplicationPage,
    CasePage,
    CaseStanding,
    Scope,
    application_page,
    case_page,
    case_standing,
)
from models.database import Session
from models.reads import ReadRecorder
from models.users.queries import Viewer
from rules.procedure.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from schemas.fields import APPLICATION_NUMBER, CASE_NUMBER
from usecases import scopes
from usecases.actors import person
from usecases.recording import screen_recorder
from web.shared.access import Permission, current_actor, may

_CASE_NUMBER = re.compile(CASE_NUMBER.pattern or "")
_APPLICATION_NUMBER = re.compile(APPLICATION_NUMBER.pattern or "")


def scope_of(viewer: Viewer) -> Scope:
    """Give whose cases a person may see, by the table of rights."""
    return scopes.scope_of(person(viewer))


def duties_of(viewer: Viewer) -> tuple[Duty, ...]:
    """List what a person's company may have to do about a case."""
    return OPERATORS_DUTIES if may(viewer, Permission.SEE_ALL_CASES) else RETAILERS_DUTIES


def standing_or_404(session: Session, viewer: Viewer, case_number: str) -> CaseStanding:
    """Tell how a case stands; a foreign one answers as one that does not exist."""
    standing = None
    if _CASE_NUMBER.fullmatch(case_number):
        standing = case_standing(session, scope=scope_of(viewer), case_number=case_number)
    if standing is None:
        abort(404)
    return standing


def page_or_404(session: Session, viewer: Viewer, case_number: str, *, purpose: str, message_id: str = "") -> CasePage:
    """Give a case as a person may see it, on record; a foreign one answers as one that does not exist."""
    page = None
    if _CASE_NUMBER.fullmatch(case_number):
        recorder = recorder_of(viewer, purpose=purpose, message_id=message_id)
        page = case_page(session, scope=scope_of(viewer), case_number=case_number, recorder=recorder)
    if page is None:
        abort(404)
    return page


def application_page_of(session: Session, viewer: Viewer, number: str, *, purpose: str) -> ApplicationPage | None:
    """Give an application on its own (単独申請) as a person may see it, on record; None where there is none."""
    if not _APPLICATION_NUMBER.fullmatch(number):
        return None
    recorder = recorder_of(viewer, purpose=purpose)
    return application_page(session, scope=scope_of(viewer), number=number, recorder=recorder)


def recorder_of(viewer: Viewer, *, purpose: str, message_id: str = "") -> ReadRecorder:
    """Make what puts on record whose personal data a person is shown, what for, and from where."""
    return screen_recorder(current_actor(), purpose=purpose, message_id=message_id)
