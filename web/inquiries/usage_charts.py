"""使用量情報 for people: the months as bars, and each day's half-hours as a line, with the days to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.codes import Segment
from schemas.contract import members
from schemas.interfaces.usage import HalfHourlyUsage, MonthlyUsage, UsageInquiryResponse
from web.charts.drawing import Drawing, bars, line
from web.charts.figures import Category, Figures, Series
from web.shared.words import day_words, short_day

_HALF_HOURS = 48
_NAMED_HOURS = 2
"""Every so many hours one is named under the axis."""


@dataclass(frozen=True)
class DayOfUsage:
    """The half-hours of a day."""

    id: str
    words: str
    total: str
    drawing: Drawing


@dataclass(frozen=True)
class ShownUsage:
    """All charts of an answer."""

    monthly: list[Drawing]
    by_day: Drawing | None
    """What each day comes to; None where there are no half-hours."""
    days: list[DayOfUsage]


def shown_usage(answer: UsageInquiryResponse, *, segment: Segment | None) -> ShownUsage:
    """Draw what was used at a point."""
    days = [_day(each) for each in sorted(answer.half_hourly_usages, key=lambda each: each.day)]
    return ShownUsage(
        monthly=list(_monthly(answer.monthly_usages, segment)),
        by_day=_by_day(answer.half_hourly_usages) if days else None,
        days=days,
    )


def half_hours(values: str) -> tuple[float | None, ...]:
    """Read the 48 values of a day; None where the grid operator has none."""
    return tuple(None if value == "-" else float(value) for value in values.split(" "))


def clock(half_hour: int) -> str:
    """Write when a half-hour of a day begins: 00:30; the 48th is the day's end."""
    return f"{half_hour // 2:02d}:{half_hour % 2 * 30:02d}"


def _monthly(usages: tuple[MonthlyUsage, ...], segment: Segment | None) -> Iterator[Drawing]:
    """Draw each value that a month has in a chart of its own, as kWh and kW share no axis."""
    by_month = {each.month: vars(each) for each in usages}
    months = list(_all_months(min(by_month), max(by_month))) if by_month else []
    categories = tuple(Category(f"{month[:4]}年{int(month[5:])}月", f"{month[2:4]}/{month[5:]}") for month in months)
    for member in members(MonthlyUsage, segment):
        if member.name != "month":
            values = tuple(by_month.get(month, {}).get(member.name) for month in months)
            unit = "kW" if member.name == "maximum_demand" else "kWh"
            label = member.field.label
            yield bars(
                Figures(
                    f"monthly-{member.name.replace('_', '-')}",
                    f"月別の{label}",
                    unit,
                    categories,
                    (Series(label, values),),
                    axis="対象年月",
                )
            )


def _all_months(first: str, last: str) -> Iterator[str]:
    """Give all months from one to another: one without a value is a gap, and not left out."""
    year, month = int(first[:4]), int(first[5:])
    while (text := f"{year:04d}-{month:02d}") <= last:
        yield text
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _day(usage: HalfHourlyUsage) -> DayOfUsage:
    values, words = half_hours(usage.values), day_words(usage.day)
    hours = tuple(
        Category(clock(half), f"{half // 2}時" if half % (2 * _NAMED_HOURS) == 0 else "") for half in range(_HALF_HOURS)
    )
    figures = Figures(
        f"half-hours-{usage.day.isoformat()}",
        f"{words}の30分値",
        "kWh",
        hours,
        (Series("使用電力量", values),),
        axis="時",
        decimals=2,
        folds=("00分から", "30分から"),
    )
    return DayOfUsage(f"day-{usage.day.isoformat()}", words, f"{_total(values):,.2f}kWh", line(figures))


def _by_day(usages: tuple[HalfHourlyUsage, ...]) -> Drawing:
    by_day = {each.day: _total(half_hours(each.values)) for each in usages}
    days = sorted(by_day)
    categories = tuple(Category(day_words(day), short_day(day)) for day in days)
    series = Series("1日の使用電力量", tuple(round(by_day[day], 2) for day in days))
    return bars(Figures("by-day", "日別の使用電力量", "kWh", categories, (series,), axis="対象日", decimals=2))


def _total(values: tuple[float | None, ...]) -> float:
    return sum(value for value in values if value is not None)
