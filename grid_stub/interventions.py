"""What a grid operator does with an application by itself, as tests and demonstrations tell it to.

After マッチング成立 it may cancel (送配電取消) or move the effective date, of a pair both sides at once; meter work may
turn out to be needed, or not to be; and the working steps of one side may take longer than the other's (片側完了).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from grid_stub.applications import Application, find, others_standing, save
from grid_stub.intake import lock_point
from grid_stub.progress import IN_WORK, is_complete
from models.database import Cursor
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


def intervene(cursor: Cursor, *, number: str, fields: Mapping[str, object], now: datetime) -> Standing:
    """Do with an application what its grid operator is told to.

    :param fields: by the names of :class:`Intervention`.
    :raises UnknownIntervention: when there is no such thing to do, or no such value of it.
    :raises NotStanding: when that cannot be done with the application, be it that there is none.
    """
    intervention = _read(fields)
    if (application := find(cursor, number)) is None:
        raise NotStanding(number)
    lock_point(cursor, application.point_number)
    application = find(cursor, number)
    if (
        application is None
        or application.state not in IN_WORK
        or is_complete(written=application.state, completes_at=application.completes_at, now=now)
    ):
        raise NotStanding(number)
    together = (application, *_other_sides(cursor, application, now))
    if intervention.cancelled is not None:
        _cancel(together, intervention.cancelled, now)
    elif intervention.effective_date is not None:
        _move(together, intervention.effective_date, now)
    if intervention.meter_work is not None:
        _turn_out(together, intervention.meter_work, now)
    if intervention.completes_at is not None:
        if application.completes_at is None:
            raise NotStanding(number)
        application.completes_at = max(intervention.completes_at, now)
    for side in together:
        save(cursor, side)
    return Standing(
        application_state=application.state,
        effective_date=application.effective_date,
        completes_at=application.completes_at,
    )


def _read(fields: Mapping[str, object]) -> Intervention:
    unknown = fields.keys() - _NAMES
    if unknown:
        raise UnknownIntervention(", ".join(sorted(unknown)))
    try:
        return _INTERVENTION.validate_python(dict(fields))
    except ValidationError as error:
        raise UnknownIntervention(str(error)) from error


def _other_sides(cursor: Cursor, application: Application, now: datetime) -> Iterator[Application]:
    if application.state is ApplicationState.MATCHED:
        for partner in others_standing(cursor, application, now=now):
            if partner.kind in SWITCHING_APPLICATIONS and partner.matched_at == application.matched_at:
                yield partner


def _cancel(together: tuple[Application, ...], reason: str, now: datetime) -> None:
    finding = GridFinding(field=None, rule=GRID_CANCELLED_RULE, message=reason)
    for side in together:
        side.state, side.completes_at, side.changed_at = ApplicationState.CANCELLED, None, now
        side.findings = [asdict(finding)]


def _turn_out(together: tuple[Application, ...], meter_work: MeterWork, now: datetime) -> None:
    for side in together:
        if side.meter_work is not None:
            side.meter_work, side.changed_at = meter_work, now


def _move(together: tuple[Application, ...], day: date, now: datetime) -> None:
    for side in together:
        if side.effective_date is not None and side.completes_at is not None:
            side.completes_at += day - side.effective_date
        side.effective_date, side.changed_at = day, now
