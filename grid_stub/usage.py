"""使用量情報: what was used at a point. Made up from the point number, so that it is the same every time."""

import hashlib
from datetime import date, timedelta

from grid_stub.facilities import has_smart_meter
from grid_stub.patterns import Ending, ends_as
from schemas.codes import Flag, Segment
from schemas.interfaces.usage import HalfHourlyUsage, MonthlyUsage, UsageInquiryResponse

_MONTHS = 13
"""How many whole months back a grid operator tells (the field's practice)."""
_MONTHLY = {Segment.LOW_VOLTAGE: (150, 400), Segment.HIGH_VOLTAGE: (8_000, 30_000)}
"""The least kWh of a month, and by how many it varies."""


def usage(
    *, message_id: str, point_number: str, segment: Segment, today: date, first: date | None, last: date | None
) -> UsageInquiryResponse:
    """Tell what was used at a point: 13 months, and 30-minute values of the days asked for.

    Of days that are not over, and without a smart meter, there are none.
    """
    smart = has_smart_meter(point_number)
    used = not ends_as(point_number, Ending.NO_USAGE)
    days = _days(first, last, before=today) if smart and used else ()
    return UsageInquiryResponse(
        message_id=message_id,
        point_number=point_number,
        smart_meter=Flag.YES if smart else Flag.NO,
        monthly_usages=tuple(_monthly(point_number, month, segment) for month in _months(today)) if used else (),
        half_hourly_usages=tuple(HalfHourlyUsage(day=day, values=_values(point_number, day)) for day in days),
    )


def _months(today: date) -> list[date]:
    """List the first days of the whole months before today, the latest first."""
    months = [(today.replace(day=1) - timedelta(days=1)).replace(day=1)]
    while len(months) < _MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def _monthly(point_number: str, month: date, segment: Segment) -> MonthlyUsage:
    least, varies = _MONTHLY[segment]
    dice = _dice(point_number, f"{month:%Y-%m}")
    demand = 40 + dice[2] if segment is Segment.HIGH_VOLTAGE else None
    return MonthlyUsage(month=f"{month:%Y-%m}", usage=least + int.from_bytes(dice[:2]) % varies, maximum_demand=demand)


def _days(first: date | None, last: date | None, *, before: date) -> list[date]:
    if first is None:
        return []
    end = min(last or first, before - timedelta(days=1))
    return [first + timedelta(days=count) for count in range((end - first).days + 1)]


def _values(point_number: str, day: date) -> str:
    dice = _dice(point_number, day.isoformat()) + _dice(point_number, f"{day.isoformat()} later")
    return " ".join(f"{dice[half_hour] / 100:.2f}" for half_hour in range(48))


def _dice(point_number: str, when: str) -> bytes:
    return hashlib.sha256(f"{point_number} {when}".encode()).digest()
