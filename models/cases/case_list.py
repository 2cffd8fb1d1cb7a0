"""The list of cases as each viewer may see it, the newest first; and the inbox of 現小売, the most urgent first.

The rows of a page are chosen first, part by part along an index each, and looked up then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, case, func, select, type_coerce, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, aliased

from models.base import adapter
from models.cases.case_filter import DUTY_COLUMNS, CaseFilter
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.clock import business_now
from models.messages.tables import MessageContentRow
from models.paging import FIRST_PAGE, Order, Page, Rows, Turn, turn_to
from models.participants.tables import ParticipantRow
from models.reads import ReadRecorder
from rules.calendar import day_of
from rules.core import Procedure
from rules.duties import Duty, duty
from rules.lone_application.state import LoneApplication
from rules.switching.seeing import Side, is_in
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind, ApplicationState, Area, CasePhase, Decision, RejectionReason, Segment

_DECISION = aliased(MessageContentRow)
_NEW, _CURRENT = aliased(ParticipantRow), aliased(ParticipantRow)


@dataclass(frozen=True)
class Company:
    """A retailer, as people know it."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """One case in a list, with nothing that its viewer may not see."""

    case_number: str
    side: Side
    segment: Segment
    area: Area
    point_number: str
    phase: CasePhase
    duty: Duty | None
    """要対応: what the viewer has to do about it now."""
    version: int
    application_kind: ApplicationKind | None
    """What an application on its own (単独申請) is for; None for a switching case."""
    application_state: ApplicationState | None
    """None, with the defects, for a switching case; one on its own has neither start nor end application."""
    application_defects: tuple[str, ...]
    new_retailer: Company | None
    """None for 現小売, which does not see who asks."""
    current_retailer: Company | None
    """Of an application on its own, the applicant stands in the one its kind says; the other is None."""
    registered_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    wished_date: date | None
    effective_date: date | None
    due_at: datetime
    due_rule: str
    decision: Decision | None
    decided_at: datetime | None
    rejection_reasons: tuple[RejectionReason, ...]
    start_number: str | None
    start_state: ApplicationState | None
    """None for 現小売."""
    end_number: str | None
    end_state: ApplicationState | None
    """None for 新小売, which sees only whether it is in."""
    end_is_in: bool
    start_defects: tuple[str, ...]
    """Names of the rules the grid operator found broken."""
    end_defects: tuple[str, ...]
    end_cause: str | None


@dataclass(frozen=True)
class UnreadableLine:
    """A case whose record holds something that nobody can read; the others of its list are shown all the same."""

    case_number: str


_LINES = (
    select(
        CaseRow.case_number,
        CaseRow.application_kind,
        CaseRow.segment,
        CaseRow.area,
        CaseRow.point_number,
        CaseRow.phase,
        CaseRow.version,
        CaseRow.new_retailer,
        CaseRow.current_retailer,
        _NEW.name.label("new_name"),
        _CURRENT.name.label("current_name"),
        CaseRow.registered_at,
        CaseRow.changed_at,
        CaseRow.ended_at,
        CaseRow.wished_date,
        CaseRow.effective_date,
        CaseRow.due_at,
        CaseRow.due_rule,
        CaseRow.decision,
        CaseRow.decided_at,
        CaseRow.rejection_reasons,
        CaseRow.start_number,
        CaseRow.start_state,
        CaseRow.end_number,
        CaseRow.end_state,
        type_coerce(CaseRow.state, JSONB).label("state"),  # read row by row: one that cannot be read spoils no other
    )
    .outerjoin(_NEW, _NEW.code == CaseRow.new_retailer)
    .outerjoin(_CURRENT, _CURRENT.code == CaseRow.current_retailer)
)


_NEWEST_FIRST = Order(CaseRow.registered_at, CaseRow.case_number, newest_first=True)
_MOST_URGENT_FIRST = Order(CaseRow.due_at, CaseRow.case_number)


def find_cases(
    session: Session, *, scope: Scope, wanted: CaseFilter, turn: Turn = FIRST_PAGE, limit: int = 50
) -> Page[CaseLine | UnreadableLine]:
    """List a page of the cases that are wanted, the newest first.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    today = day_of(business_now(session))
    parts = wanted.parts(scope, today=today)
    return _page(session, parts, scope=scope, today=today, order=_NEWEST_FIRST, turn=turn, limit=limit)


def count_cases(session: Session, *, scope: Scope, wanted: CaseFilter) -> dict[CasePhase, int]:
    """Count by state the cases that the other filters leave."""
    parts = wanted.without_phase().parts(scope, today=day_of(business_now(session)))
    phases = union_all(*(select(CaseRow.phase).where(part) for part in parts)).subquery()
    counted = session.execute(select(phases.c.phase, func.count()).group_by(phases.c.phase))
    by_phase = {str(phase): int(count) for phase, count in counted}  # a state that nobody knows is counted in none
    return {phase: by_phase.get(phase.value, 0) for phase in CasePhase}


def count_duties(session: Session, *, scope: Scope, wanted: CaseFilter) -> dict[Duty, int]:
    """Count by 要対応 the cases that the other filters leave; what nobody has to do is absent."""
    today = day_of(business_now(session))
    ours = replace(wanted, duties=tuple(Duty)).parts(scope, today=today)
    awaited = func.coalesce(_own_duty(scope), Duty.LOOK_AFTER.value).label("duty")
    duties = union_all(*(select(awaited).where(part) for part in ours)).subquery()
    counted = {Duty(one): count for one, count in session.execute(select(duties.c.duty, func.count()).group_by("duty"))}
    return {one: counted[one] for one in Duty if one in counted}


def _own_duty(scope: Scope) -> SQLColumnExpression[str | None]:
    if scope.retailer_code is None:
        return DUTY_COLUMNS[Side.OPERATOR]
    return case((CaseRow.new_retailer == scope.retailer_code, CaseRow.new_duty), else_=CaseRow.current_duty)


def inbox(
    session: Session, *, retailer_code: str, turn: Turn = FIRST_PAGE, limit: int = 50
) -> Page[CaseLine | UnreadableLine]:
    """List a page of the referrals that await a current retailer's decision.

    The least time left comes first. No personal data are in it: those stand on the page of each case.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    awaiting = (CaseRow.current_retailer == retailer_code) & (CaseRow.phase == CasePhase.AWAITING_DECISION.value)
    today = day_of(business_now(session))
    return _page(
        session, [awaiting], scope=Scope(retailer_code), today=today, order=_MOST_URGENT_FIRST, turn=turn, limit=limit
    )


def count_inbox(session: Session, *, retailer_code: str) -> int:
    """Count the referrals that await a current retailer's decision."""
    return session.execute(
        select(func.count()).where(
            CaseRow.current_retailer == retailer_code, CaseRow.phase == CasePhase.AWAITING_DECISION.value
        )
    ).scalar_one()


def _page(
    session: Session,
    parts: Sequence[ColumnElement[bool]],
    *,
    scope: Scope,
    today: date,
    order: Order,
    turn: Turn,
    limit: int,
) -> Page[CaseLine | UnreadableLine]:
    def fetch(turn: Turn, limit: int) -> Rows:
        numbers = (order.next_rows(select(CaseRow.case_number).where(part), turn, limit=limit) for part in parts)
        found = _LINES.where(CaseRow.case_number.in_(union_all(*numbers)))
        return session.execute(order.next_rows(found, turn, limit=limit)).all()

    page = turn_to(fetch, turn=turn, order=order, limit=limit)
    return Page([_line_if_any(row, scope, today) for row in page.items], before=page.before, after=page.after)


def rejection_texts(
    session: Session, *, scope: Scope, case_numbers: Sequence[str], recorder: ReadRecorder
) -> dict[str, str]:
    """Give the words of the NG理由（詳細） of cases, where there are some, and put on record that they were read.

    They are personal data.
    """
    text = _DECISION.values["rejection_text"].astext
    rows = session.execute(
        select(CaseRow.case_number, text.label("words"))
        .join(_DECISION, _DECISION.key == CaseRow.decision_key)
        .where(CaseRow.case_number.in_(case_numbers), scope.condition, text.is_not(None))
    )
    texts = {row.case_number: row.words for row in rows}
    recorder.record(session, sorted(texts))
    return texts


def _line_if_any(row: Row[*tuple[Any, ...]], scope: Scope, today: date) -> CaseLine | UnreadableLine:
    try:
        return _line(row, adapter(Procedure).validate_python(row.state), scope, today)
    except ValueError:  # of a code, or of the record's JSON
        return UnreadableLine(row.case_number)


def _line(row: Row[*tuple[Any, ...]], state: Procedure, scope: Scope, today: date) -> CaseLine:
    side = scope.side(new_retailer=row.new_retailer)
    lone = state if isinstance(state, LoneApplication) else None
    switch = state if isinstance(state, SwitchingCase) else None
    sees_start, sees_end = side is not Side.CURRENT, side is not Side.NEW
    return CaseLine(
        case_number=row.case_number,
        side=side,
        application_kind=None if lone is None else lone.kind,
        application_state=None if lone is None else lone.application.state,
        application_defects=() if lone is None else lone.application.defects,
        segment=Segment(row.segment),
        area=Area(row.area),
        point_number=row.point_number,
        phase=CasePhase(row.phase),
        duty=duty(state, side=side, today=today),
        version=row.version,
        new_retailer=_company(row.new_retailer, row.new_name) if sees_start else None,
        current_retailer=_company(row.current_retailer, row.current_name),
        registered_at=row.registered_at,
        changed_at=row.changed_at,
        ended_at=row.ended_at,
        wished_date=row.wished_date,
        effective_date=row.effective_date,
        due_at=row.due_at,
        due_rule=row.due_rule,
        decision=None if row.decision is None else Decision(row.decision),
        decided_at=row.decided_at,
        rejection_reasons=tuple(RejectionReason(reason) for reason in row.rejection_reasons),
        start_number=row.start_number if sees_start else None,
        start_state=switch.start.state if switch and sees_start else None,
        end_number=row.end_number if sees_end else None,
        end_state=switch.end.state if switch and sees_end else None,
        end_is_in=switch is not None and is_in(switch.end.state),
        start_defects=switch.start.defects if switch and sees_start else (),
        end_defects=switch.end.defects if switch and sees_end else (),
        end_cause=None if state.end_cause is None else state.end_cause.label,
    )


def _company(code: str | None, name: str | None) -> Company | None:
    return None if code is None else Company(code, name or "")
