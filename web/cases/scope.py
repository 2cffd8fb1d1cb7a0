"""Looking at cases as the person who is logged in: their scope, and the record of what they read."""

import re
from collections.abc import Sequence

from flask import abort, request

from models.cases.screens import ApplicationPage, CasePage, Scope, application_page, case_page
from models.database import Session
from models.reads import note_reads
from models.users.queries import Viewer
from rules.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from schemas.codes import UserRole
from schemas.fields import APPLICATION_NUMBER, CASE_NUMBER

_CASE_NUMBER = re.compile(CASE_NUMBER.pattern or "")
_APPLICATION_NUMBER = re.compile(APPLICATION_NUMBER.pattern or "")


def scope_of(viewer: Viewer) -> Scope:
    """Give whose cases a person may see: all for the hub operator alone."""
    assert (viewer.retailer_code is None) == (viewer.role is UserRole.HUB_OPERATOR), "users are registered so"
    return Scope(viewer.retailer_code)


def duties_of(viewer: Viewer) -> tuple[Duty, ...]:
    """List what a person's company may have to do about a case."""
    return OPERATORS_DUTIES if viewer.role is UserRole.HUB_OPERATOR else RETAILERS_DUTIES


def page_or_404(session: Session, viewer: Viewer, case_number: str) -> CasePage:
    """Give a case as a person may see it; a foreign one answers as one that does not exist."""
    page = None
    if _CASE_NUMBER.fullmatch(case_number):
        page = case_page(session, scope=scope_of(viewer), case_number=case_number)
    if page is None:
        abort(404)
    return page


def application_page_of(session: Session, viewer: Viewer, number: str) -> ApplicationPage | None:
    """Give an application on its own (単独申請) as a person may see it; None where there is none."""
    if not _APPLICATION_NUMBER.fullmatch(number):
        return None
    return application_page(session, scope=scope_of(viewer), number=number)


def on_record(session: Session, viewer: Viewer, *, purpose: str, subjects: Sequence[str], message_id: str = "") -> None:
    """Put on record whose personal data a person was shown, what for, and from where."""
    note_reads(
        session,
        retailer_code=viewer.retailer_code,
        interface_number="",
        subjects=subjects,
        message_id=message_id,
        source_address=request.remote_addr or "",
        user_id=viewer.user_id,
        purpose=purpose,
    )
