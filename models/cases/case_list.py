"""The list of cases as each viewer may see it, the newest first; and the inbox of 現小売, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from models.cases.case_filter import CaseFilter
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.messages.tables import MessageContentRow
from models.paging import Place, place_of
from models.participants.tables import ParticipantRow
from rules.application.state import LoneApplication
from rules.case.seeing import Side, is_in
from rules.case.state import CaseState
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
        CaseRow.state,
    )
    .outerjoin(_NEW, _NEW.code == CaseRow.new_retailer)
    .outerjoin(_CURRENT, _CURRENT.code == CaseRow.current_retailer)
)


def find_cases(
    session: Session, *, scope: Scope, wanted: CaseFilter, limit: int = 50
) -> tuple[list[CaseLine], str | None]:
    """This function will list a page of the cases that are wanted, the newest first, and the next cursor.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    found = _LINES.where(wanted.conditions(scope))
    if wanted.cursor is not None:
        place = place_of(wanted.cursor)
        found = found.where(tuple_(CaseRow.registered_at, CaseRow.case_number) < (place.at, place.number))
    rows = session.execute(
        found.order_by(CaseRow.registered_at.desc(), CaseRow.case_number.desc()).limit(limit + 1)
    ).all()
    lines = [_line(row, scope) for row in rows[:limit]]
    more = len(rows) > limit
    return lines, Place(lines[-1].registered_at, lines[-1].case_number).cursor() if more else None


def count_cases(session: Session, *, scope: Scope, wanted: CaseFilter) -> dict[CasePhase, int]:
    """This function will count by state the cases that the other filters leave."""
    counted = session.execute(
        select(CaseRow.phase, func.count()).where(wanted.without_phase().conditions(scope)).group_by(CaseRow.phase)
    )
    by_phase = {CasePhase(phase): count for phase, count in counted}
    return {phase: by_phase.get(phase, 0) for phase in CasePhase}


def inbox(
    session: Session, *, retailer_code: str, cursor: str | None = None, limit: int = 50
) -> tuple[list[CaseLine], str | None]:
    """This function will list a page of the referrals that await a current retailer's decision, and the next cursor.

    The least time left comes first. No personal data are in it: those stand on the page of each case.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    found = _LINES.where(CaseRow.current_retailer == retailer_code, CaseRow.phase == CasePhase.AWAITING_DECISION.value)
    if cursor is not None:
        place = place_of(cursor)
        found = found.where(tuple_(CaseRow.due_at, CaseRow.case_number) > (place.at, place.number))
    rows = session.execute(found.order_by(CaseRow.due_at, CaseRow.case_number).limit(limit + 1)).all()
    lines = [_line(row, Scope(retailer_code)) for row in rows[:limit]]
    more = len(rows) > limit
    return lines, Place(lines[-1].due_at, lines[-1].case_number).cursor() if more else None


def count_inbox(session: Session, *, retailer_code: str) -> int:
    """This function will count the referrals that await a current retailer's decision."""
    return session.execute(
        select(func.count()).where(
            CaseRow.current_retailer == retailer_code, CaseRow.phase == CasePhase.AWAITING_DECISION.value
        )
    ).scalar_one()


def rejection_texts(session: Session, *, scope: Scope, case_numbers: Sequence[str]) -> dict[str, str]:
    """This function will give the words of the NG理由（詳細） of cases, where there are some: personal data."""
    text = _DECISION.values["rejection_text"].astext
    rows = session.execute(
        select(CaseRow.case_number, text.label("words"))
        .join(_DECISION, _DECISION.key == CaseRow.decision_key)
        .where(CaseRow.case_number.in_(case_numbers), scope.condition, text.is_not(None))
    )
    return {row.case_number: row.words for row in rows}


def _line(row: Row[*tuple[Any, ...]], scope: Scope) -> CaseLine:
    side = scope.side(new_retailer=row.new_retailer)
    lone: LoneApplication | None = row.state if isinstance(row.state, LoneApplication) else None
    case: CaseState | None = row.state if isinstance(row.state, CaseState) else None
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
        start_state=case.start.state if case and sees_start else None,
        end_number=row.end_number if sees_end else None,
        end_state=case.end.state if case and sees_end else None,
        end_is_in=case is not None and is_in(case.end.state),
        start_defects=case.start.defects if case and sees_start else (),
        end_defects=case.end.defects if case and sees_end else (),
        end_cause=None if row.state.end_cause is None else row.state.end_cause.label,
    )


def _company(code: str | None, name: str | None) -> Company | None:
    return None if code is None else Company(code, name or "")
