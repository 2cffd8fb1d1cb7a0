"""A retailer leaves the market (退出): its open cases stand still until a successor takes them or they are closed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from models.cases.departures import Attribution, cases_left, suspend_left
from models.cases.operations import look_at_case
from models.cases.queries import open_cases_of
from models.clock import business_now
from models.database import Session
from models.participants.operations import NoSuchRetailer, leave_market
from models.participants.queries import all_participants
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.core import Procedure, has_deadlines
from schemas.codes import CasePhase, ParticipantRole
from schemas.findings import Refused
from temporal.handover import OutcomeOpen
from usecases.actors import Person
from usecases.consequences import Consequences, consequences
from usecases.hub import Hub
from usecases.interventions import InterventionRequest, SuccessionRequest, check_successor, close, succeed
from usecases.recorders import record_change


@dataclass(frozen=True, kw_only=True)
class LeavingRequest:
    """The end of a retailer's participation."""

    retailer_code: str
    last_day: date
    reason: str = field(repr=False)
    """As :attr:`usecases.interventions.InterventionRequest.reason`."""


@dataclass(frozen=True, kw_only=True)
class ClosureOfAllRequest:
    """The end of all cases of a retailer that are not matched."""

    retailer_code: str
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SuccessionOfAllRequest(ClosureOfAllRequest):
    """The succession of a retailer in all its open cases."""

    successor: str
    effective_date: date | None = None
    """A new one for those that are not matched; None keeps theirs."""


@dataclass(frozen=True)
class Departure:
    """What a last day brings about."""

    is_to_come: bool
    """The last day is not over: until it is, deadlines run."""
    case_numbers: tuple[str, ...]
    """Of the cases whose deadlines are to stand still from now on."""


@dataclass(frozen=True)
class Done:
    """What was asked for one case was done."""

    case_number: str
    phase: CasePhase


@dataclass(frozen=True)
class NotDone:
    """It was not."""

    case_number: str
    refused: Refused | None = None
    """None where it is stored, and will reach the case without anybody's doing."""


Outcome = Done | NotDone


def preview_leaving(request: LeavingRequest, *, actor: Person, hub: Hub) -> Consequences:
    """Count whose deadlines will stand still once a retailer's last day is over.

    :raises NoSuchRetailer: where it is none. So of all previews.
    """
    demand(UseCase.END_PARTICIPATION, capacity=actor.capacity, segment=None)
    return _preview(request.retailer_code, concerns=_has_running_deadlines, hub=hub)


def preview_succession(request: SuccessionOfAllRequest, *, actor: Person, hub: Hub) -> Consequences:
    """Count the cases in which another will take a retailer's place."""
    demand(UseCase.SUCCEED, capacity=actor.capacity, segment=None)
    return _preview(request.retailer_code, concerns=_is_any, hub=hub)


def preview_closure(request: ClosureOfAllRequest, *, actor: Person, hub: Hub) -> Consequences:
    """Count the cases of a retailer that will end."""
    demand(UseCase.CLOSE, capacity=actor.capacity, segment=None)
    return _preview(request.retailer_code, concerns=has_deadlines, hub=hub)


def end_participation(request: LeavingRequest, *, actor: Person, hub: Hub) -> Departure:
    """Set a retailer's last day; where it is over, store for each of its cases that deadlines stand still.

    :raises NoSuchRetailer: where it is none.
    """
    demand(UseCase.END_PARTICIPATION, capacity=actor.capacity, segment=None)
    attribution = Attribution(by=actor.user_id, reason=request.reason)
    with hub.database.transaction() as session:
        today = day_of(business_now(session))
        leave_market(session, code=request.retailer_code, last_day=request.last_day)
        what = f"最終日 {request.last_day}: {request.reason}"
        record_change(session, UseCase.END_PARTICIPATION, actor=actor, subject=request.retailer_code, what=what)
        cases = cases_left(session, retailer_code=request.retailer_code)
        stored = tuple(number for number in cases if suspend_left(session, case_number=number, attribution=attribution))
    return Departure(is_to_come=request.last_day >= today, case_numbers=stored)


def hand_over_suspensions(departure: Departure, *, actor: Person, hub: Hub) -> Iterator[Outcome]:
    """Have each case of a departure take what was stored for it, and tell what became of it."""
    demand(UseCase.END_PARTICIPATION, capacity=actor.capacity, segment=None)
    return (_hand_over(case_number, hub=hub) for case_number in departure.case_numbers)


def succeed_in_all(request: SuccessionOfAllRequest, *, actor: Person, hub: Hub) -> Iterator[Outcome]:
    """Have a successor take a retailer's place in case after case, telling of each.

    Where it was interrupted it is done again: what is done is not there any more.

    :raises CannotSucceed: where the successor does not take part, or is the one that leaves.
    """
    demand(UseCase.SUCCEED, capacity=actor.capacity, segment=None)
    check_successor(request.successor, leaving=request.retailer_code, hub=hub)

    def succeed_in(case_number: str, state: Procedure) -> Outcome:
        succession = SuccessionRequest(
            case_number=case_number,
            reason=request.reason,
            leaving=request.retailer_code,
            successor=request.successor,
            effective_date=request.effective_date if has_deadlines(state) else None,
        )
        try:
            return Done(case_number, succeed(succession, actor=actor, hub=hub).phase)
        except Refused as refused:
            return NotDone(case_number, refused)

    return _each(request.retailer_code, succeed_in, concerns=_is_any, hub=hub)


def close_all(request: ClosureOfAllRequest, *, actor: Person, hub: Hub) -> Iterator[Outcome]:
    """End one case of a retailer after the other, as long as they are not matched, telling of each."""
    demand(UseCase.CLOSE, capacity=actor.capacity, segment=None)

    def close_one(case_number: str, state: Procedure) -> Outcome:
        try:
            closure = InterventionRequest(case_number=case_number, reason=request.reason)
            return Done(case_number, close(closure, actor=actor, hub=hub).phase)
        except Refused as refused:
            return NotDone(case_number, refused)

    return _each(request.retailer_code, close_one, concerns=has_deadlines, hub=hub)


def _hand_over(case_number: str, *, hub: Hub) -> Outcome:
    try:
        hub.hand_over(case_number)
    except OutcomeOpen:
        return NotDone(case_number)
    with hub.database.transaction() as session:
        return Done(case_number, look_at_case(session, case_number=case_number).state.phase)


def _preview(retailer_code: str, *, concerns: Callable[[Procedure], bool], hub: Hub) -> Consequences:
    with hub.database.transaction() as session:
        name = _name_of(session, retailer_code)
        procedures = open_cases_of(session, retailer_code=retailer_code)
    return consequences(procedures, retailer_code=retailer_code, retailer_name=name, concerns=concerns)


def _name_of(session: Session, retailer_code: str) -> str:
    for participant in all_participants(session):
        if (participant.code, participant.role) == (retailer_code, ParticipantRole.RETAILER):
            return participant.name
    raise NoSuchRetailer(retailer_code)


def _each(
    retailer_code: str,
    act: Callable[[str, Procedure], Outcome],
    *,
    concerns: Callable[[Procedure], bool],
    hub: Hub,
) -> Iterator[Outcome]:
    with hub.database.transaction() as session:
        procedures = open_cases_of(session, retailer_code=retailer_code)
    return (act(number, state) for number, state in procedures.items() if concerns(state))


def _has_running_deadlines(state: Procedure) -> bool:
    return has_deadlines(state) and not state.suspended


def _is_any(state: Procedure) -> bool:
    return True
