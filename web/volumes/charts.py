"""The charts of counted cases: of each figure its categories in order, with what was not seen as nought."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from models.cases.volume_keys import DECIDED_WITHIN, Book, Figure
from models.cases.volumes import LEFT_UNTIL, VolumeFilter, Volumes
from schemas.codes import ApplicationKind, Area, CasePhase, RejectionReason, Segment
from web.charts.drawing import Drawing, bars
from web.charts.figures import Category, Figures, Series
from web.shared.labels import reason_label
from web.shared.words import day_words, short_day

_HOURS_OF_DAY = 24
_SHORT_PHASES = {
    CasePhase.AWAITING_APPLICATIONS: "申請待ち",
    CasePhase.CANCELLING: "取消中",
    CasePhase.MATCHED: "成立",
    CasePhase.DECISION_EXPIRED: "判断切れ",
    CasePhase.UNMATCHED: "不成立",
    CasePhase.GRID_CANCELLED: "送配電",
    CasePhase.CLOSED: "機関終了",
}
"""Four letters have room under an axis with all states."""
Keys = list[tuple[str, Category]]


@dataclass(frozen=True)
class ShownFigure:
    """How one figure is shown."""

    title: str
    axis: str
    keys: Callable[[VolumeFilter], Keys]
    """Give what is counted by, in the order of the axis, each with its names."""
    books: tuple[Book, ...]
    """Where it says something."""
    note: str = ""
    """What has to be known to read it."""


def _days(wanted: VolumeFilter) -> Keys:
    days = [wanted.first + timedelta(days=count) for count in range((wanted.last - wanted.first).days + 1)]
    return [(day.isoformat(), Category(day_words(day), short_day(day))) for day in days]


def _results(wanted: VolumeFilter) -> Keys:
    return [(phase.value, Category(phase.label, _SHORT_PHASES.get(phase, phase.label))) for phase in CasePhase]


def _reasons(wanted: VolumeFilter) -> Keys:
    segment = wanted.segment or Segment.LOW_VOLTAGE
    return [
        (reason.value, Category(f"{reason.value} {reason_label(reason, segment)}", reason.value))
        for reason in RejectionReason
    ]


def _areas(wanted: VolumeFilter) -> Keys:
    return [(area.value, Category(f"{area.value} {area.label}", area.label)) for area in Area]


def _kinds(wanted: VolumeFilter) -> Keys:
    return [(kind.value, Category(kind.label, _short_kind(kind))) for kind in ApplicationKind]


def _short_kind(kind: ApplicationKind) -> str:
    return kind.label.replace("スイッチング", "").replace("情報", "").replace("照会申請", "照会")


def _decided_in(wanted: VolumeFilter) -> Keys:
    return list(_groups(DECIDED_WITHIN, below="{}未満", above="{}以上"))


def _left(wanted: VolumeFilter) -> Keys:
    first, *others = _groups(LEFT_UNTIL, below="期限を過ぎている", above="残り{}以上")
    return [first, *others]


def _groups(hours: tuple[int, ...], *, below: str, above: str) -> Iterator[tuple[str, Category]]:
    """Name each group of times by its ends."""
    yield "0", Category(below.format(_hours(hours[0])), "期限後" if hours[0] == 0 else f"～{_hours(hours[0])}")
    for number, (start, end) in enumerate(zip(hours, hours[1:], strict=False), start=1):
        words = f"{_hours(end)}未満" if start == 0 else f"{_hours(start)}以上{_hours(end)}未満"
        yield str(number), Category(words, f"～{_hours(end)}")
    yield str(len(hours)), Category(above.format(_hours(hours[-1])), f"{_hours(hours[-1])}～")


def _hours(hours: int) -> str:
    return f"{hours // _HOURS_OF_DAY}日" if hours and hours % _HOURS_OF_DAY == 0 else f"{hours}時間"


_REFERRALS = (Book.NEW, Book.CURRENT, Book.ALL)
SHOWN: Mapping[Figure, ShownFigure] = {
    Figure.DAY: ShownFigure("日別の登録件数", "登録日", _days, tuple(Book)),
    Figure.RESULT: ShownFigure("状態・結果別の件数", "案件状態", _results, _REFERRALS),
    Figure.REASON: ShownFigure("NG理由別の件数", "NG理由", _reasons, _REFERRALS, "複数の理由は、それぞれに数えます。"),
    Figure.DECIDED_IN: ShownFigure("登録から判断までの時間", "判断までの時間", _decided_in, _REFERRALS),
    Figure.LEFT: ShownFigure(
        "次の期限までの残り時間", "残り時間", _left, _REFERRALS, "判断か申請を待つ案件だけを数えます。"
    ),
    Figure.AREA: ShownFigure("エリア別の件数", "エリア", _areas, tuple(Book)),
    Figure.KIND: ShownFigure("申請の種別ごとの件数", "申請種別", _kinds, (Book.ALONE,)),
}


def shown_in(book: Book) -> list[Figure]:
    """List the figures that say something of some cases."""
    return [figure for figure, shown in SHOWN.items() if book in shown.books]


def figures_of(figure: Figure, counted: Volumes, wanted: VolumeFilter) -> Figures:
    """Give the figures of a chart: a series for each segment, or the one that is wanted."""
    shown, counts = SHOWN[figure], counted.counts[figure]
    keys = shown.keys(wanted)
    segments = [wanted.segment] if wanted.segment else list(Segment)
    return Figures(
        id=f"chart-{figure.value}",
        title=shown.title,
        unit="件",
        categories=tuple(category for _, category in keys),
        series=tuple(
            Series(segment.label, tuple(counts.get((key, segment.value), 0) for key, _ in keys)) for segment in segments
        ),
        axis=shown.axis,
    )


def names_in_file(figure: Figure, wanted: VolumeFilter) -> list[str]:
    """Give the names of the categories as a spreadsheet takes them: a day without the day of the week."""
    keys = SHOWN[figure].keys(wanted)
    return [key if figure is Figure.DAY else category.label for key, category in keys]


def drawn(figure: Figure, counted: Volumes, wanted: VolumeFilter) -> Drawing:
    """Draw a figure as bars."""
    return bars(figures_of(figure, counted, wanted))
