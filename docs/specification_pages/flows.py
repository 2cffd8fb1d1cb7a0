"""業務フロー: who does what after whom, drawn from ``data/flows.yaml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from docs.specification_pages.drawing import Drawing, wrapped
from docs.specification_pages.site import Page, data

_LANE, _TOP, _STEP, _HEAD = 220, 70, 62, (150, 36)
_LINE_HEIGHT, _LETTERS_OF_LANE = 17, 29


@dataclass(frozen=True)
class Step:
    """One arrow of a flow, or work that somebody does alone."""

    begin: str
    end: str
    words: str
    number: str
    """IF番号 without a segment's letter; empty where the hub offers no interface for it."""


@dataclass(frozen=True)
class Flow:
    """One business procedure."""

    title: str
    words: str
    steps: tuple[Step, ...]


def lanes() -> Mapping[str, str]:
    """Give who takes part, by key and in the order of their lanes."""
    by_key: Mapping[str, str] = data("flows.yaml")["lanes"]
    return by_key


def flows() -> tuple[Flow, ...]:
    return tuple(
        Flow(flow["title"], flow["words"], tuple(Step(*step) for step in flow["steps"]))
        for flow in data("flows.yaml")["flows"]
    )


def drawn(flow: Flow, *, name: str) -> Markup:
    """Draw a flow: a lane for each who takes part, and time from top to bottom.

    :param name: unlike that of every other drawing of the page.
    """
    used = {key for step in flow.steps for key in (step.begin, step.end)}
    places = {key: at for at, key in enumerate(key for key in lanes() if key in used)}
    middles = {key: _LANE * (at + 0.5) for key, at in places.items()}
    height = _TOP + _STEP * len(flow.steps) + 20
    drawing = Drawing(_LANE * len(places), height, f"{flow.title}の業務フロー。内容は続く表と同じです。", name)
    for key, x in middles.items():
        drawing.line([(x, _TOP - 20), (x, height - 8)], kind="line--life")
        drawing.box((x, 28), _HEAD, lanes()[key])
    for at, step in enumerate(flow.steps, start=1):
        _draw_step(drawing, step, at=at, middles=middles)
    return drawing.svg()


def _draw_step(drawing: Drawing, step: Step, *, at: int, middles: Mapping[str, float]) -> None:
    y = _TOP + _STEP * (at - 0.5)
    begin, end = middles[step.begin], middles[step.end]
    words = f"{at} {step.number} {step.words}" if step.number else f"{at} {step.words}"
    if begin == end:
        lines = wrapped(words, width=_LETTERS_OF_LANE)
        drawing.box((begin, y), (_LANE - 20, 12 + _LINE_HEIGHT * len(lines)), "")
        first = y + 5 - _LINE_HEIGHT * (len(lines) - 1) / 2
    else:
        lines = wrapped(words, width=_LETTERS_OF_LANE * round(abs(end - begin) / _LANE))
        drawing.line([(begin, y + 14), (end, y + 14)], arrow=True)
        first = y + 7 - _LINE_HEIGHT * (len(lines) - 1)
    for number, line in enumerate(lines):
        drawing.words(((begin + end) / 2, first + _LINE_HEIGHT * number), line)


def pages() -> Iterator[Page]:
    yield Page(
        "flows.html",
        "スイッチング支援システム業務フロー",
        "業務ごとに、誰が何をどの順に行うかを示します。番号はIF番号です。"
        "高圧500kW未満では K、低圧FIT電源では F が頭に付きます。",
        "flows.html",
        {
            "flows": [(flow, drawn(flow, name=f"drawing-{at}")) for at, flow in enumerate(flows(), start=1)],
            "lanes": lanes(),
        },
    )
