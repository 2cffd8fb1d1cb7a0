"""The charts of what retailers do: of each ratio those that are furthest up, and the hours in which people read."""

from collections.abc import Mapping, Sequence

from rules.misuse import HOURS, RATIOS, Habits, Sign, SignKind
from web.charts.drawing import Drawing, bars
from web.charts.figures import Category, Figures, Series

MOST_RETAILERS = 15
UNITS: Mapping[SignKind, str] = {
    SignKind.INQUIRIES_WITHOUT_SWITCHES: "件",
    SignKind.READING_WITHOUT_JUDGING: "%",
    SignKind.ODD_HOURS: "%",
    SignKind.ONE_PERSON: "件",
}
TITLES: Mapping[SignKind, str] = {
    SignKind.INQUIRIES_WITHOUT_SWITCHES: "スイッチング1件あたりの照会",
    SignKind.READING_WITHOUT_JUDGING: "参照した取次のうち判断しなかった割合",
    SignKind.ODD_HOURS: "夜間・早朝（22時～7時）の参照の割合",
}


def shown_value(kind: SignKind, value: float) -> str:
    """Write a value as people read it."""
    unit = UNITS[kind]
    return f"{100 * value:.0f}%" if unit == "%" else f"{value:,.1f}{unit}"


def ratio_chart(kind: SignKind, market: Sequence[Habits], names: Mapping[str, str]) -> Drawing:
    """Draw a ratio of the retailers in which it is highest."""
    ratio_of, times = RATIOS[kind], 100 if UNITS[kind] == "%" else 1
    highest = sorted(market, key=lambda habits: ratio_of(habits).value, reverse=True)[:MOST_RETAILERS]
    return bars(
        Figures(
            id=f"chart-{kind.value}",
            title=TITLES[kind],
            unit=UNITS[kind],
            categories=tuple(
                Category(f"{each.retailer_code} {names.get(each.retailer_code, '')}".strip(), each.retailer_code)
                for each in highest
            ),
            series=(Series("値", tuple(round(times * ratio_of(each).value, 1) for each in highest)),),
            axis="事業者",
            decimals=1,
        )
    )


def hours_chart(market: Sequence[Habits]) -> Drawing:
    """Draw in which hours of the day people of some retailers read."""
    return bars(
        Figures(
            id="chart-day",
            title="時刻別の参照（利用者）",
            unit="件",
            categories=tuple(Category(f"{hour}時台", str(hour)) for hour in range(HOURS)),
            series=(Series("参照", tuple(sum(each.reads_by_hour[hour] for each in market) for hour in range(HOURS))),),
            axis="時刻",
        )
    )


def words_of(sign: Sign) -> tuple[str, str]:
    """Give what a sign is and what is usual, in words."""
    return shown_value(sign.kind, sign.value), shown_value(sign.kind, sign.usual)
