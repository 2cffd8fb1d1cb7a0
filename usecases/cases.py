"""What a person sees of cases: those of the own scope alone, and each that is read on record.

In the hub's place they take a session, so that one screen is of one moment.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.cases.screens import (
    ApplicationPage,
    CaseFilter,
    CaseLine,
    CasePage,
    CaseStanding,
    Scope,
    UnreadableLine,
    application_page,
    application_standing,
    case_page,
    case_standing,
    find_cases,
    grid_findings_of_many,
    rejection_texts,
    sent_content,
)
from models.database import Session
from models.messages.queries import cases_of_message_id
from models.paging import Page
from rules.access.function_groups import FunctionGroup
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.lone_application.state import LoneApplication
from rules.switching.visibility import Side
from schemas.codes import ApplicationKind
from schemas.fields import APPLICATION_NUMBER, CASE_NUMBER
from schemas.interfaces.common import GridFinding
from usecases.actors import HubOperator, Person
from usecases.recorders import screen_recorder

_CASE_NUMBER = re.compile(CASE_NUMBER.pattern or "")
_APPLICATION_NUMBER = re.compile(APPLICATION_NUMBER.pattern or "")
_AT_A_POINT = 20
"""Procedures that are seen at once; the list of cases has the others."""


@dataclass(frozen=True, kw_only=True)
class StandingRequest:
    """How a case stands."""

    case_number: str


@dataclass(frozen=True, kw_only=True)
class PageRequest:
    """All that a person may see of a case, or of an application on its own (単独申請)."""

    number: str
    purpose: str
    """What it is read for: the screen's name."""
    message_id: str = ""
    """Of what the person is about to send."""


@dataclass(frozen=True, kw_only=True)
class SentContentRequest:
    """What the person's own company sent of a case, or of an application on its own, to be corrected."""

    number: str
    kind: ApplicationKind | None
    """Of the application; None for the referral."""
    purpose: str


@dataclass(frozen=True, kw_only=True)
class GridFindingsRequest:
    """The words of the grid operators on applications (不備) in the person's scope."""

    cases: Mapping[str, str]
    """The number of each application's case, by its own."""
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RejectionTextsRequest:
    """The words of the NG理由（詳細） of the cases of a list."""

    case_numbers: Sequence[str]
    purpose: str


@dataclass(frozen=True, kw_only=True)
class PointRequest:
    """The procedures at a point."""

    point_number: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class MessageRequest:
    """The cases of which a message had an id."""

    message_id: str


def scope_of(actor: Person) -> Scope:
    """Give whose cases a person may see: all, or of the own company those of the segments in which they may read
    what came in for it, and what it sent.

    :raises NotAllowed: where the table of rights gives neither. So of all below.
    """
    demand(UseCase.SEE_CASES, capacity=actor.capacity, segment=None)
    if isinstance(actor, HubOperator):
        demand(UseCase.SEE_ALL_CASES, capacity=actor.capacity, segment=None)
        return Scope(None)
    seen = {
        Side.NEW: actor.capacity.segments_of(FunctionGroup.REFERRAL, FunctionGroup.APPLICATION),
        Side.CURRENT: actor.capacity.segments_of(FunctionGroup.INBOX),
    }
    return Scope(actor.retailer_code, seen)


def see_standing(request: StandingRequest, *, actor: Person, session: Session) -> CaseStanding | None:
    """Tell how a case stands, and nothing of its customer; None where there is none in the person's scope."""
    scope = scope_of(actor)
    if not _CASE_NUMBER.fullmatch(request.case_number):
        return None
    return case_standing(session, scope=scope, case_number=request.case_number)


def see_application_standing(request: StandingRequest, *, actor: Person, session: Session) -> LoneApplication | None:
    """Tell how an application on its own stands, and nothing of its customer; None where there is none in the scope."""
    scope = scope_of(actor)
    if not _APPLICATION_NUMBER.fullmatch(request.case_number):
        return None
    return application_standing(session, scope=scope, number=request.case_number)


def see_sent_content(request: SentContentRequest, *, actor: Person, session: Session) -> dict[str, Any]:
    """Give what was sent, by the names of its elements; nothing where the person's company has sent none."""
    scope, recorder = scope_of(actor), screen_recorder(actor, purpose=request.purpose)
    return sent_content(session, scope=scope, number=request.number, kind=request.kind, recorder=recorder)


def see_case(request: PageRequest, *, actor: Person, session: Session) -> CasePage | None:
    """Give a case as a person may see it; None where there is none in the person's scope."""
    scope = scope_of(actor)
    if not _CASE_NUMBER.fullmatch(request.number):
        return None
    recorder = screen_recorder(actor, purpose=request.purpose, message_id=request.message_id)
    return case_page(session, scope=scope, case_number=request.number, recorder=recorder)


def see_application(request: PageRequest, *, actor: Person, session: Session) -> ApplicationPage | None:
    """Give an application on its own as a person may see it; None where there is none in the scope."""
    scope = scope_of(actor)
    if not _APPLICATION_NUMBER.fullmatch(request.number):
        return None
    recorder = screen_recorder(actor, purpose=request.purpose, message_id=request.message_id)
    return application_page(session, scope=scope, number=request.number, recorder=recorder)


def see_grid_findings(
    request: GridFindingsRequest, *, actor: Person, session: Session
) -> dict[str, tuple[GridFinding, ...]]:
    """Give the words by the number of the application, for those that have some."""
    scope_of(actor)  # asks for the right; whose the applications are, the list that they come from has asked
    recorder = screen_recorder(actor, purpose=request.purpose)
    return grid_findings_of_many(session, cases=request.cases, recorder=recorder)


def see_rejection_texts(request: RejectionTextsRequest, *, actor: Person, session: Session) -> dict[str, str]:
    """Give the words of those cases that have some."""
    scope, recorder = scope_of(actor), screen_recorder(actor, purpose=request.purpose)
    return rejection_texts(session, scope=scope, case_numbers=request.case_numbers, recorder=recorder)


def see_point(request: PointRequest, *, actor: Person, session: Session) -> Page[CaseLine | UnreadableLine]:
    """List the procedures at a point in the person's scope, the newest first; on record for the hub operator."""
    scope, recorder = scope_of(actor), screen_recorder(actor, purpose=request.purpose)
    page = find_cases(session, scope=scope, case_filter=CaseFilter(number=request.point_number), limit=_AT_A_POINT)
    if isinstance(actor, HubOperator):
        recorder.record(session, sorted(line.case_number for line in page.items))
    return page


def find_by_message(request: MessageRequest, *, actor: Person, session: Session) -> list[str]:
    """List the cases in the person's scope of which a message of the own company, or for the hub operator of any, has
    an id."""
    scope = scope_of(actor)
    found = cases_of_message_id(session, retailer_code=scope.retailer_code, message_id=request.message_id)
    wanted = (find_cases(session, scope=scope, case_filter=CaseFilter(number=number)).items for number in found)
    return [line.case_number for lines in wanted for line in lines]
