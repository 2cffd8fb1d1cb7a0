"""One case in a list, from its columns and a few words of its record, which is not read as a whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from models.cases.case_filter import DUTY_COLUMNS
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.participants.tables import ParticipantRow
from rules.duties import duty_on
from rules.procedure.duties import Duty
from rules.switching.visibility import Side, is_in
from schemas.codes import (
    ApplicationKind,
    ApplicationState,
    Area,
    CasePhase,
    Decision,
    EndCause,
    RejectionReason,
    Segment,
)

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


_RECORD = type_coerce(CaseRow.state, JSONB)
"""Of a record that may be unreadable, a line takes what no column has, and one day that both name."""

LINES = (
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
        CaseRow.new_duty,
        CaseRow.current_duty,
        CaseRow.operator_duty,
        _RECORD["effective_date"].astext.label("recorded_day"),
        _RECORD["end_cause"].astext.label("end_cause"),
        _RECORD["start", "defects"].label("start_defects"),
        _RECORD["end", "defects"].label("end_defects"),
        _RECORD["application", "state"].astext.label("application_state"),
        _RECORD["application", "defects"].label("application_defects"),
    )
    .outerjoin(_NEW, _NEW.code == CaseRow.new_retailer)
    .outerjoin(_CURRENT, _CURRENT.code == CaseRow.current_retailer)
)


def line_of(row: Row[*tuple[Any, ...]], scope: Scope, *, today: date) -> CaseLine | UnreadableLine:
    """Read a row of :data:`LINES`; one that holds what nobody can read spoils no other."""
    try:
        return _line(row, scope, today)
    except ValueError:  # of a code, or of the record
        return UnreadableLine(row.case_number)


def _line(row: Row[*tuple[Any, ...]], scope: Scope, today: date) -> CaseLine:
    if row.recorded_day != (None if row.effective_date is None else row.effective_date.isoformat()):
        raise ValueError("the record of a case contradicts its row")
    side = scope.side(new_retailer=row.new_retailer)
    sees_start, sees_end = side is not Side.CURRENT, side is not Side.NEW
    phase, end_state = CasePhase(row.phase), _state(row.end_state)
    return CaseLine(
        case_number=row.case_number,
        side=side,
        application_kind=None if row.application_kind is None else ApplicationKind(row.application_kind),
        application_state=_state(row.application_state),
        application_defects=tuple(row.application_defects or ()),
        segment=Segment(row.segment),
        area=Area(row.area),
        point_number=row.point_number,
        phase=phase,
        duty=duty_on(
            today, side=side, lasting=_lasting_duty(row, side), phase=phase, effective_date=row.effective_date
        ),
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
        start_state=_state(row.start_state) if sees_start else None,
        end_number=row.end_number if sees_end else None,
        end_state=end_state if sees_end else None,
        end_is_in=end_state is not None and is_in(end_state),
        start_defects=tuple(row.start_defects or ()) if sees_start else (),
        end_defects=tuple(row.end_defects or ()) if sees_end else (),
        end_cause=None if row.end_cause is None else EndCause(row.end_cause).label,
    )


def _state(state: str | None) -> ApplicationState | None:
    return None if state is None else ApplicationState(state)


def _lasting_duty(row: Row[*tuple[Any, ...]], side: Side) -> Duty | None:
    duty = row._mapping[DUTY_COLUMNS[side]]
    return None if duty is None else Duty(duty)


def _company(code: str | None, name: str | None) -> Company | None:
    return None if code is None else Company(code, name or "")
