"""The geometry of a chart: bars (side by side with nothing, or stacked) and lines, in the units of its SVG."""

from dataclasses import dataclass

from web.charts.figures import Figures
from web.charts.scales import Scale, named_ones, ticks

WIDTH, HEIGHT = 720.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 12.0, 26.0, 32.0
_LETTER, _GAP = 12.0, 4.0
"""Room of a letter under the axis, of which a digit takes two thirds, and between two names."""
_SHARE_OF_BAR = 0.7
STYLES = 6
"""As many series are told apart by their pattern."""


@dataclass(frozen=True)
class Bar:
    """A part of a bar, with what it says of itself."""

    x: float
    y: float
    width: float
    height: float
    style: int
    words: str


@dataclass(frozen=True)
class Name:
    """Something written at an axis."""

    place: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """A chart, ready for its template."""

    figures: Figures
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]
    """Paths, as SVG writes them: of each series one, broken where there is no value."""
    ticks: tuple[Name, ...]
    names: tuple[Name, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    bottom: float = HEIGHT - _BOTTOM

    @property
    def legend(self) -> list[tuple[int, str]]:
        """Give style and label of each series, where there are several."""
        return list(enumerate(each.label for each in self.figures.series)) if len(self.figures.series) > 1 else []


def bars(figures: Figures) -> Drawing:
    """Draw a bar for each category; of several series their values lie on one another."""
    scale = _scale(figures, max(figures.sums, default=0))
    slot, drawn = _slot(figures), []
    for place, category in enumerate(figures.categories):
        below = 0.0
        for style, series in enumerate(figures.series):
            value = series.values[place]
            if value:
                top = scale.of(below + value)
                drawn.append(
                    Bar(
                        x=round(_LEFT + slot * (place + (1 - _SHARE_OF_BAR) / 2), 2),
                        y=round(HEIGHT - _BOTTOM - top, 2),
                        width=round(slot * _SHARE_OF_BAR, 2),
                        height=round(top - scale.of(below), 2),
                        style=style % STYLES,
                        words=f"{category.label} {series.label} {figures.words(value)}{figures.unit}",
                    )
                )
                below += value
    return _drawing(figures, scale, bars=tuple(drawn), at=0.5)


def line(figures: Figures) -> Drawing:
    """Draw each series as a line of steps: what was used in a half-hour holds for all of it."""
    largest = max((value for each in figures.series for value in each.values if value is not None), default=0)
    scale = _scale(figures, largest)
    paths = tuple(_path(each.values, scale, _slot(figures)) for each in figures.series)
    return _drawing(figures, scale, lines=paths, at=0.0)


def _path(values: tuple[float | None, ...], scale: Scale, slot: float) -> str:
    steps, is_on = [], False
    for place, value in enumerate(values):
        if value is not None:
            start, end = round(_LEFT + slot * place, 2), round(_LEFT + slot * (place + 1), 2)
            y = round(HEIGHT - _BOTTOM - scale.of(value), 2)
            steps.append(f"{'V' if is_on else f'M{start:g} '}{y:g}H{end:g}")
        is_on = value is not None
    return "".join(steps)


def _scale(figures: Figures, largest: float) -> Scale:
    return Scale(ticks(largest, whole=not figures.decimals)[-1], HEIGHT - _TOP - _BOTTOM)


def _slot(figures: Figures) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(1, len(figures.categories))


def _drawing(
    figures: Figures, scale: Scale, *, bars: tuple[Bar, ...] = (), lines: tuple[str, ...] = (), at: float
) -> Drawing:
    """Put the axes to what was drawn.

    :param at: where in its slot the name of a category stands: 0 for its begin, 0.5 for its middle.
    """
    slot = _slot(figures)
    to_name = [place for place, category in enumerate(figures.categories) if category.below]
    needed = max((_room(figures.categories[place].below) for place in to_name), default=_LETTER) + _GAP
    named = [to_name[each] for each in named_ones(len(to_name), room=WIDTH - _LEFT - _RIGHT, needed=needed)]
    return Drawing(
        figures=figures,
        bars=bars,
        lines=lines,
        ticks=tuple(
            Name(round(HEIGHT - _BOTTOM - scale.of(value), 2), _tick_words(value))
            for value in ticks(scale.largest, whole=not figures.decimals)
        ),
        names=tuple(Name(round(_LEFT + slot * (each + at), 2), figures.categories[each].below) for each in named),
    )


def _room(name: str) -> float:
    return sum(_LETTER * (2 / 3 if letter.isascii() else 1) for letter in name)


def _tick_words(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")
