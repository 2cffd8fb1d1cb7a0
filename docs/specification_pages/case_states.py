"""案件状態の遷移: the states of a referral's case and of its applications, drawn from what the core does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from docs.specification_pages.drawing import Drawing
from docs.specification_pages.site import Page
from rules.switching.commands import ALLOWED_PHASES
from rules.switching.diagram import application_arrows, history_lines, in_order, pairs, phase_arrows, trigger_words
from rules.switching.reachable import all_changes
from schemas.codes import ENDED_PHASES, ApplicationState, CasePhase, Code

Ways = Mapping[tuple[Code, Code], Sequence[Code]]

_BOX = (190, 44)
_LEFT, _RIGHT, _TOP, _STEP = 330, 800, 90, 130
_WIDTH = 940


def phase_diagram(ways: Ways) -> Markup:
    """Draw the phases: those that go on in one column, those that end in another."""
    going = in_order({state for pair in ways for state in pair if state not in ENDED_PHASES})
    ended = sorted(ENDED_PHASES, key=lambda phase: (_mean_place(phase, ways, going), list(CasePhase).index(phase)))
    height = _TOP + _STEP * len(going)
    drawing = Drawing(_WIDTH, height, "案件状態の遷移図。矢印の番号は、続く表の番号です。", "phases")
    middles: dict[Code, tuple[float, float]] = {
        state: (_LEFT, _TOP + _STEP * place) for place, state in enumerate(going)
    }
    gap = (height - _TOP) / len(ended)
    middles |= {state: (_RIGHT, _TOP - 20 + gap * place) for place, state in enumerate(ended)}
    drawing.words((_LEFT, 24), "廃止取次登録", kind="small")
    drawing.line([(_LEFT, 32), (_LEFT, _TOP - _BOX[1] / 2)], arrow=True)
    leaving: dict[Code, int] = {}
    for number, (before, after) in enumerate(ways, start=1):
        leaving[before] = leaving.get(before, 0) + 1
        _draw_way(drawing, middles[before], middles[after], number=number, turn=leaving[before])
    for state, middle in middles.items():
        drawing.box(middle, _BOX, state.label, kind="box--ended" if state in ENDED_PHASES else "")
    return drawing.svg()


def _mean_place(phase: Code, ways: Ways, going: Sequence[Code]) -> float:
    """Give the middle of the states that lead to an end: it stands beside them."""
    places = [going.index(before) for before, after in ways if after is phase]
    return sum(places) / len(places)


def _draw_way(
    drawing: Drawing, begin: tuple[float, float], end: tuple[float, float], *, number: int, turn: int
) -> None:
    (x, y), (to_x, to_y) = begin, end
    half, high = _BOX[0] / 2, _BOX[1] / 2
    if to_x > x:
        start, stop = (x + half, y - high + 7 * turn), (to_x - half, to_y)
        drawing.line([start, stop], arrow=True)
        share = 0.24 + 0.1 * (turn % 3)
        drawing.dot((start[0] + (stop[0] - start[0]) * share, start[1] + (stop[1] - start[1]) * share), str(number))
    elif to_y - y == _STEP:
        drawing.line([(x, y + high), (x, to_y - high)], arrow=True)
        drawing.dot((x, (y + to_y) / 2), str(number))
    else:
        out = 50 + 34 * (to_y - y) / _STEP + 6 * turn
        start, stop = (x - half, y + 5 * (turn % 3)), (x - half, to_y - 5 * (turn % 3))
        drawing.line([start, (start[0] - out, start[1]), (stop[0] - out, stop[1]), stop], arrow=True)
        drawing.dot((start[0] - out * 0.75, (y + to_y) / 2), str(number))


def _matrix(ways: Ways) -> list[tuple[Code, list[str]]]:
    """Lay out rows of states before, columns of states after, and what brings the one to the other."""
    states = list(ApplicationState)
    return [
        (before, ["、".join(map(trigger_words, ways.get((before, after), ()))) for after in states])
        for before in states
    ]


def _numbered(ways: Ways) -> Iterable[tuple[int, str, str, str]]:
    for number, ((before, after), triggers) in enumerate(ways.items(), start=1):
        yield number, before.label, after.label, "、".join(map(trigger_words, triggers))


def pages() -> Iterator[Page]:
    changes = all_changes()
    phases = pairs(phase_arrows(changes))
    yield Page(
        "case-states.html",
        "スイッチング廃止取次における案件状態の遷移",
        "廃止取次の登録・訂正・取消と、その後のできごとで、案件状態と申請状態がどう変わるかを示します。"
        "案件の中核に、あり得るすべてのできごとを起こして得た遷移です。",
        "case_states.html",
        {
            "diagram": phase_diagram(phases),
            "ways": list(_numbered(phases)),
            "going": [phase for phase in CasePhase if phase not in ENDED_PHASES],
            "allowed": ALLOWED_PHASES,
            "lines": history_lines(changes),
            "words": trigger_words,
            "states": tuple(ApplicationState),
            "matrix": _matrix(pairs(application_arrows(changes))),
        },
    )
