"""What the stub counts for tests and demonstrations: applications, duplicates, repeats, calls by kind."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.orm import Session

from grid_stub.intake import Outcome
from grid_stub.progress import IN_WORK
from grid_stub.tables import ApplicationRow, CallRow
from models.database import Cursor
from models.prepared import Prepared
from schemas.codes import Area, ProcessKind


@dataclass
class AreaCount:
    """What one area has counted."""

    applications: int = 0
    """Applications known by number, whatever became of them."""
    standing: int = 0
    """Of these 受付 or マッチング成立 and not complete yet: an application nobody will end is an orphan."""
    duplicates: int = 0
    """Second applications for a purpose that another number served."""
    repeats: int = 0
    """Messages that came again and got the first answer."""
    calls: dict[str, int] = field(default_factory=dict)
    """By interface number and 処理区分, e.g. ``10610-register``."""


_NOTE = Prepared(
    insert(CallRow).values(
        {name: bindparam(name) for name in ("area", "interface_number", "process_kind", "outcome", "at")}
    )
)


def note_call(
    cursor: Cursor, *, area: Area, interface_number: str, process_kind: ProcessKind | None, outcome: str, at: datetime
) -> None:
    _NOTE.run(cursor, area=area, interface_number=interface_number, process_kind=process_kind, outcome=outcome, at=at)


def count(session: Session, *, now: datetime) -> dict[str, AreaCount]:
    counted = {area.value: AreaCount() for area in Area}
    _count_applications(session, counted, now)
    _count_calls(session, counted)
    return counted


def _count_applications(session: Session, counted: dict[str, AreaCount], now: datetime) -> None:
    standing = ApplicationRow.state.in_(IN_WORK) & or_(
        ApplicationRow.completes_at.is_(None), ApplicationRow.completes_at > now
    )
    for area, count, open_ones in session.execute(
        select(ApplicationRow.area, func.count(), func.count().filter(standing)).group_by(ApplicationRow.area)
    ):
        counted[area.value].applications, counted[area.value].standing = count, open_ones


def _count_calls(session: Session, counted: dict[str, AreaCount]) -> None:
    for area, number, kind, outcome, calls in session.execute(
        select(CallRow.area, CallRow.interface_number, CallRow.process_kind, CallRow.outcome, func.count()).group_by(
            CallRow.area, CallRow.interface_number, CallRow.process_kind, CallRow.outcome
        )
    ):
        of_area = counted[area.value]
        name = number if kind is None else f"{number}-{kind.value}"
        of_area.calls[name] = of_area.calls.get(name, 0) + calls
        of_area.duplicates += calls if outcome == Outcome.DUPLICATE else 0
        of_area.repeats += calls if outcome == Outcome.REPEAT else 0
