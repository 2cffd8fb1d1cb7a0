"""What holds up the calls to a grid operator: the hub operator, a maintenance window, or that it does not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

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
class HoldUp:
    """What holds up an area's calls now."""

    kind: HoldUpKind
    since: datetime | None = None
    """None where a configured window says only when it ends."""
    until: datetime | None = None
    """None where nobody knows."""
    announced: bool = False
    """True of a maintenance that the grid operator itself told of."""
    reason: str = ""


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
        return HoldUp(HoldUpKind.PAUSED, since=since)
    end = window_end(windows, area=area, at=at)
    absence = absences.get(area)
    named = None if absence is None else absence.until
    if absence is not None and named is not None and at < named and (end is None or end < named):
        return HoldUp(HoldUpKind.MAINTENANCE, since=absence.since, until=named, announced=True, reason=absence.reason)
    if end is not None:
        return HoldUp(HoldUpKind.MAINTENANCE, until=end)
    if absence is not None and at - (absence.until or absence.noted_at) < FRESH_FOR:
        return HoldUp(HoldUpKind.AWAY, since=absence.since, reason=absence.reason)
    return None


def believed_end(named: datetime | None, *, at: datetime) -> datetime | None:
    """Give the end that a grid operator names for its maintenance, where it is to be waited for."""
    return named if named is not None and at < named <= at + BELIEVED_WITHIN else None
