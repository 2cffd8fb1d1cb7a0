"""Transitions as a drawing: what comes next goes down, leaps down go round on the right, ways back on the left."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from docs.specification_pages.drawing import Drawing

_BOX, _STEP, _TOP = (300, 40), 84, 50
_OUT, _FURTHER, _MIDDLE, _WIDTH = 36, 24, 420, 840


def drawn(names: Sequence[str], ways: Iterable[tuple[int, int]], *, title: str, name: str) -> Markup:
    """Draw names as boxes below each other, and the ways between them.

    :param ways: from which box to which, by their places in ``names``.
    """
    drawing = Drawing(_WIDTH, _TOP + _STEP * len(names) - 20, title, name)
    for begin, end in sorted(ways):
        _draw_way(drawing, begin, end)
    for place, words in enumerate(names):
        drawing.box((_MIDDLE, _y(place)), _BOX, words)
    return drawing.svg()


def _y(place: int) -> float:
    return _TOP + _STEP * place


def _draw_way(drawing: Drawing, begin: int, end: int) -> None:
    half, high = _BOX[0] / 2, _BOX[1] / 2
    if end == begin + 1:
        drawing.line([(_MIDDLE, _y(begin) + high), (_MIDDLE, _y(end) - high)], arrow=True)
        return
    side = 1 if end > begin else -1
    edge, out = _MIDDLE + side * half, _OUT + _FURTHER * abs(end - begin)
    start, stop = (edge, _y(begin) + 5 * side), (edge, _y(end) - 5 * side)
    drawing.line([start, (edge + side * out, start[1]), (edge + side * out, stop[1]), stop], arrow=True)
