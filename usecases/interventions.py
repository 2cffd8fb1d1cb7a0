"""The hub operator's interventions (広域機関の措置) in one case, or in one application on its own."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from models.clock import business_now
from models.messages.intervention import intervention
from models.participants.queries import is_active_retailer
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.calendar import day_of
from rules.numbers import is_of_application
from rules.procedure.commands import Close, CommandContent, Record, RecordableNews, Resume, Succeed, Suspend
from rules.steps import CommandAnswer
from schemas.codes import MeterWork
from usecases.access import role_in_case
from usecases.actors import Person
from usecases.commands import carry_out
from usecases.hub import Hub


@dataclass(frozen=True, kw_only=True)
class InterventionRequest:
    """What every intervention needs; a suspension (期限の停止) and a closure (終了) need no more."""

    case_number: str
    """Of an application on its own, its application number."""
    reason: str = field(repr=False)
    """In Japanese, for the timeline that both retailers read: without names of customers or retailers."""
    message_id: str = field(default_factory=lambda: uuid4().hex)
    """The same again asks for the outcome, and does nothing a second time."""


@dataclass(frozen=True, kw_only=True)
class ResumptionRequest(InterventionRequest):
    """期限の再開."""

    effective_date: date | None = None
    """The new one; None keeps it."""


@dataclass(frozen=True, kw_only=True)
class SuccessionRequest(InterventionRequest):
    """承継."""

    leaving: str
    """Code of the retailer whose place is taken."""
    successor: str
    effective_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class RecordRequest(InterventionRequest):
    """連絡の記録: what the grid operator said, by another way than its system."""

    news: RecordableNews
    application_number: str | None = None
    """None for an application on its own, which is the case."""
    occurred_at: datetime | None = None
    effective_date: date | None = None
    meter_work: MeterWork | None = None


class CannotSucceed(Exception):
    """A retailer cannot take another's place; says why in Japanese."""


def suspend(request: InterventionRequest, *, actor: Person, hub: Hub) -> CommandAnswer:
    """Have the deadlines of a case stand still.

    :raises Refused: HUB-R002 where the outcome is open; what the case refuses. So of all interventions.
    :raises NotAllowed: to whoever is not of the hub operator. So of all interventions.
    """
    demand(UseCase.SUSPEND, capacity=actor.capacity, segment=None)
    content = Suspend(case_number=request.case_number)
    return _carry_out(UseCase.SUSPEND, content, request, actor=actor, hub=hub)


def resume(request: ResumptionRequest, *, actor: Person, hub: Hub) -> CommandAnswer:
    """Have the deadlines of a case run again, reckoned anew."""
    demand(UseCase.RESUME, capacity=actor.capacity, segment=None)
    content = Resume(case_number=request.case_number, effective_date=request.effective_date)
    return _carry_out(UseCase.RESUME, content, request, actor=actor, hub=hub)


def succeed(request: SuccessionRequest, *, actor: Person, hub: Hub) -> CommandAnswer:
    """Have one retailer take another's place in a case.

    :raises CannotSucceed: where the successor does not take part, or is the one that leaves.
    """
    demand(UseCase.SUCCEED, capacity=actor.capacity, segment=None)
    check_successor(request.successor, leaving=request.leaving, hub=hub)
    content = Succeed(
        case_number=request.case_number,
        leaving=request.leaving,
        successor=request.successor,
        effective_date=request.effective_date,
    )
    return _carry_out(UseCase.SUCCEED, content, request, actor=actor, hub=hub)


def close(request: InterventionRequest, *, actor: Person, hub: Hub) -> CommandAnswer:
    demand(UseCase.CLOSE, capacity=actor.capacity, segment=None)
    content = Close(case_number=request.case_number)
    return _carry_out(UseCase.CLOSE, content, request, actor=actor, hub=hub)


def record(request: RecordRequest, *, actor: Person, hub: Hub) -> CommandAnswer:
    """Put on record what the grid operator said, as if its system had."""
    demand(UseCase.RECORD, capacity=actor.capacity, segment=None)
    own = request.case_number if is_of_application(request.case_number) else None
    content = Record(
        case_number=request.case_number,
        application_number=request.application_number or own,
        news=request.news,
        occurred_at=request.occurred_at,
        effective_date=request.effective_date,
        meter_work=request.meter_work,
    )
    return _carry_out(UseCase.RECORD, content, request, actor=actor, hub=hub)


def check_successor(successor: str, *, leaving: str, hub: Hub) -> None:
    """Make sure that a retailer can take another's place today.

    :raises CannotSucceed: where it does not take part, or is the one that leaves.
    """
    with hub.database.transaction() as session:
        takes_part = is_active_retailer(session, code=successor, on=day_of(business_now(session)))
    if not takes_part:
        raise CannotSucceed(f"小売電気事業者 {successor} は事業者一覧にありません。")
    if successor == leaving:
        raise CannotSucceed(f"{successor} は自らを承継できません。別の事業者を指定してください。")


def _carry_out(
    use_case: UseCase, content: CommandContent, request: InterventionRequest, *, actor: Person, hub: Hub
) -> CommandAnswer:
    message = intervention(
        content,
        message_id=request.message_id,
        by=actor.user_id,
        reason=request.reason,
        key=hub.message_key,
        source_address=actor.source_address,
    )
    return carry_out(message, content, role=role_in_case(use_case), hub=hub)
