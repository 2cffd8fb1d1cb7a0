"""What a grid operator does with an application by itself, as tests and demonstrations tell it to.

After マッチング成立 it may cancel (送配電取消) or move the effective date, of a pair both sides at once; meter work may
turn out to be needed, or not to be; and the working steps of one side may take longer than the other's (片側完了).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from pydantic import AwareDatetime, TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from grid_stub.intake import lock_point
from grid_stub.progress import IN_WORK, is_complete
from grid_stub.review import others_standing
from grid_stub.tables import ApplicationRow
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationState, MeterWork
from schemas.interfaces.common import GridFinding

GRID_CANCELLED_RULE = "grid-cancelled"
"""Rule that stands beside the reason of a 送配電取消."""


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """What is to be done; of what is None, nothing."""

    cancelled: str | None = None
    """送配電取消 with this reason, in words; a matched pair is cancelled as one, but for a side that is complete."""
    effective_date: date | None = None
    """The effective date is moved to this day; of a matched pair that of both."""
    meter_work: MeterWork | None = None
    """計器工事の要否 turns out otherwise; only an application that declares it has one."""
    completes_at: AwareDatetime | None = None
    """The working steps of this side alone are over then, now at the soonest; what waits for its pair has none."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the application stands then."""

    application_state: ApplicationState
    effective_date: date | None
    completes_at: datetime | None


class UnknownIntervention(Exception):
    """Something was asked for that a grid operator does not do, or with a value it cannot have."""


class NotStanding(Exception):
    """The application does not stand at the grid operator, not yet, or not any more; the text names it."""


_NAMES = frozenset(field.name for field in fields(Intervention))
_INTERVENTION = TypeAdapter(Intervention)


def intervene(session: Session, *, number: str, fields: Mapping[str, object], now: datetime) -> Standing:
    """Do with an application what its grid operator is told to.

    :param fields: by the names of :class:`Intervention`.
    :raises UnknownIntervention: when there is no such thing to do, or no such value of it.
    :raises NotStanding: when that cannot be done with the application, be it that there is none.
    """
    intervention = _read(fields)
    row = session.get(ApplicationRow, number)
    if row is None:
        raise NotStanding(number)
    lock_point(session, row.point_number)
    session.refresh(row)
    if row.state not in IN_WORK or is_complete(written=row.state, completes_at=row.completes_at, now=now):
        raise NotStanding(number)
    together = (row, *_other_sides(session, row, now))
    if intervention.cancelled is not None:
        _cancel(together, intervention.cancelled, now)
    elif intervention.effective_date is not None:
        _move(together, intervention.effective_date, now)
    if intervention.meter_work is not None:
        _turn_out(together, intervention.meter_work, now)
    if intervention.completes_at is not None:
        if row.completes_at is None:
            raise NotStanding(number)
        row.completes_at = max(intervention.completes_at, now)
    return Standing(application_state=row.state, effective_date=row.effective_date, completes_at=row.completes_at)


def _read(fields: Mapping[str, object]) -> Intervention:
    unknown = fields.keys() - _NAMES
    if unknown:
        raise UnknownIntervention(", ".join(sorted(unknown)))
    try:
        return _INTERVENTION.validate_python(dict(fields))
    except ValidationError as error:
        raise UnknownIntervention(str(error)) from error


def _other_sides(session: Session, row: ApplicationRow, now: datetime) -> Iterator[ApplicationRow]:
    if row.state is ApplicationState.MATCHED:
        for kind in SWITCHING_APPLICATIONS:
            for partner in others_standing(session, row, kind=kind, now=now):
                if partner.matched_at == row.matched_at:
                    yield partner


def _cancel(together: tuple[ApplicationRow, ...], reason: str, now: datetime) -> None:
    finding = GridFinding(field=None, rule=GRID_CANCELLED_RULE, message=reason)
    for row in together:
        row.state, row.completes_at, row.changed_at = ApplicationState.CANCELLED, None, now
        row.findings = [asdict(finding)]


def _turn_out(together: tuple[ApplicationRow, ...], meter_work: MeterWork, now: datetime) -> None:
    for row in together:
        if row.meter_work is not None:
            row.meter_work, row.changed_at = meter_work, now


def _move(together: tuple[ApplicationRow, ...], day: date, now: datetime) -> None:
    for row in together:
        if row.effective_date is not None and row.completes_at is not None:
            row.completes_at += day - row.effective_date
        row.effective_date, row.changed_at = day, now
