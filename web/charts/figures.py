"""What a chart shows, and what its table and its description say."""

from collections.abc import Sequence
from dataclasses import dataclass

_NO_VALUE = "－"


@dataclass(frozen=True)
class Category:
    """One place along the axis: a month, a day, a half-hour."""

    label: str
    """In the table and in words."""
    short: str | None = None
    """Under the axis, where there is little room; empty for one that is never named there."""

    @property
    def below(self) -> str:
        return self.label if self.short is None else self.short


@dataclass(frozen=True)
class Series:
    """Values, one for each category; None where there is none, which is not nought."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Figures:
    """Categories with one series of values or several."""

    id: str
    """Unique on its page: letters, digits, hyphens."""
    title: str
    unit: str
    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    axis: str = ""
    """What the categories are, over their column in the table."""
    decimals: int = 0
    folds: tuple[str, ...] = ()
    """Headings of the columns of a table that has several categories of its one series in each row."""

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("a series has a value, or None, for each category")

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to draw, which nought is not."""
        return not any(value is not None for each in self.series for value in each.values)

    @property
    def sums(self) -> tuple[float, ...]:
        """Give what the values of each category are together."""
        columns = zip(*(each.values for each in self.series), strict=True)
        return tuple(sum(value for value in column if value is not None) for column in columns)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Give the rows of the table: the category, and a value of each series, in words."""
        if self.folds:
            words, width = [self.words(value) for value in self.series[0].values], len(self.folds)
            starts = range(0, len(words), width)
            return [(self.categories[start].label, *words[start : start + width]) for start in starts]
        return [
            (category.label, *(self.words(each.values[place]) for each in self.series))
            for place, category in enumerate(self.categories)
        ]

    @property
    def columns(self) -> list[str]:
        """Give the headings of the table."""
        unit = f"（{self.unit}）" if self.unit and len(self.series) == 1 else ""
        return [self.axis, *(f"{label}{unit}" for label in self.folds or [each.label for each in self.series])]

    @property
    def description(self) -> str:
        """Say in a sentence what the drawing shows at a glance."""
        return "".join(self._sentences())

    @property
    def caption(self) -> str:
        """Give the title of the table; of several columns it says the unit once."""
        return f"{self.title}（{self.unit}）" if self.unit and len(self.series) > 1 else self.title

    def words(self, value: float | None) -> str:
        """Write a value, digits in threes."""
        return _NO_VALUE if value is None else f"{value:,.{self.decimals}f}"

    def _sentences(self) -> Sequence[str]:
        if self.is_empty:
            return ["値はありません。"]
        if len(self.series) > 1:
            return [f"{self._reach()}合計は、", "、".join(map(self._total, self.series)), "。"]
        (series,) = self.series
        there = [(value, place) for place, value in enumerate(series.values) if value is not None]
        (most, of_most), (least, of_least) = max(there, key=_value), min(there, key=_value)
        missing = len(series.values) - len(there)
        return [
            self._reach(),
            f"最大は{self.categories[of_most].label}の{self.words(most)}{self.unit}、",
            f"最小は{self.categories[of_least].label}の{self.words(least)}{self.unit}です。",
            f"値のないところが{missing}か所あります。" if missing else "",
        ]

    def _reach(self) -> str:
        first, last = self.categories[0].label, self.categories[-1].label
        return f"{first}から{last}まで。" if first != last else f"{first}。"

    def _total(self, series: Series) -> str:
        return f"{series.label}{self.words(sum(value or 0 for value in series.values))}{self.unit}"


def _value(entry: tuple[float, int]) -> float:
    return entry[0]
