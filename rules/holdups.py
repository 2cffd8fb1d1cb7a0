"""What holds up the calls to a grid operator: the hub operator, a maintenance window, or that it does not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from rules.maintenance import MaintenanceWindows, window_end
from schemas.codes import Area, Code

BELIEVED_WITHIN = timedelta(days=7)
"""An end that a grid operator names for its maintenance is waited for where it lies within so long (ours)."""
FRESH_FOR = timedelta(minutes=10)
"""A grid operator that is called is called every minute: one of which nothing was noted for longer is called by
nobody, and nothing is known of it."""


class HoldUpKind(Code):
    """Why a grid operator is not called, or does not answer."""

    PAUSED = "paused", "広域機関による一時停止"
    MAINTENANCE = "maintenance", "メンテナンス"
    AWAY = "away", "応答なし"


@dataclass(frozen=True)
class Absence:
    """That a grid operator did not answer; all times are business time."""

    since: datetime
    noted_at: datetime
    """When it was noted last."""
    reason: str
    """Short and stable, as ``timeout``."""
    until: datetime | None = None
    """The end of its maintenance, where it named one that is believed."""


@dataclass(frozen=True)
class Paused:
    """The hub operator has stopped the calls."""

    since: datetime
    kind: ClassVar[Literal[HoldUpKind.PAUSED]] = HoldUpKind.PAUSED
    until: ClassVar[None] = None


@dataclass(frozen=True)
class InMaintenance:
    """The grid operator's system is in a maintenance window, or said that it is."""

    until: datetime
    since: datetime | None = None
    """None where a configured window says only when it ends."""
    announced: bool = False
    """True where the grid operator itself told of it."""
    reason: str = ""
    kind: ClassVar[Literal[HoldUpKind.MAINTENANCE]] = HoldUpKind.MAINTENANCE


@dataclass(frozen=True)
class Away:
    """The grid operator does not answer."""

    since: datetime
    reason: str
    kind: ClassVar[Literal[HoldUpKind.AWAY]] = HoldUpKind.AWAY
    until: ClassVar[None] = None


HoldUp = Paused | InMaintenance | Away
"""What holds up an area's calls now."""


def hold_up(
    area: Area,
    *,
    at: datetime,
    windows: MaintenanceWindows,
    paused_since: Mapping[Area, datetime],
    absences: Mapping[Area, Absence],
) -> HoldUp | None:
    """Name what holds up an area at a moment of business time, the strongest first; None for nothing known."""
    since = paused_since.get(area)
    if since is not None:
        return Paused(since)
    end = window_end(windows, area=area, at=at)
    absence = absences.get(area)
    named = None if absence is None else absence.until
    if absence is not None and named is not None and at < named and (end is None or end < named):
        return InMaintenance(named, since=absence.since, announced=True, reason=absence.reason)
    if end is not None:
        return InMaintenance(end)
    if absence is not None and at - (absence.until or absence.noted_at) < FRESH_FOR:
        return Away(absence.since, absence.reason)
    return None


def believed_end(named: datetime | None, *, at: datetime) -> datetime | None:
    """Give the end that a grid operator names for its maintenance, where it is to be waited for."""
    return named if named is not None and at < named <= at + BELIEVED_WITHIN else None
