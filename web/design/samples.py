"""What the page of samples shows: made up, and the same every time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wtforms import (
    DateField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from schemas.codes import ApplicationState, CasePhase, Segment
from web.charts.drawing import Drawing, bars, line
from web.charts.figures import Category, Figures, Series
from web.shared.forms import FilterForm
from web.shared.headings import Direction, Heading
from web.shared.marks import PHASE_MARKS, Mark

LONG = (
    "東日本再生可能エネルギー地域共同小売事業協同組合連合会"
    "エネルギーマネジメント事業本部需給管理統括部スイッチング業務第二課"
)
"""As long a name as there may be: 60 letters."""
_MORNING = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)


class SampleForm(FilterForm):
    """A field of each kind. It is sent nowhere."""

    number = StringField("供給地点特定番号", validators=[InputRequired("供給地点特定番号を入力してください。")])
    area = SelectField("エリア", choices=[SelectChoice("", "すべて"), SelectChoice("03", "東京")])
    day = DateField("異動希望日")
    method = RadioField(
        "同意取得方法",
        choices=[SelectChoice("paper", "書面"), SelectChoice("web", "Web")],
        validators=[InputRequired("同意取得方法を選んでください。")],
    )
    reasons = SelectMultipleField(
        "NG理由", choices=[SelectChoice("01", "01 契約番号相違"), SelectChoice("02", "02 契約名義相違")]
    )
    remark = TextAreaField("備考")
    file = FileField("取次一括登録ファイル", validators=[InputRequired("ファイルを選んでください。")])


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample list."""

    number: str
    segment: Segment
    phase: CasePhase
    holder: str
    points: int


@dataclass(frozen=True)
class SampleEntry:
    """An entry of the sample timeline."""

    at: datetime
    title: str
    who: str
    mark: Mark


def rows() -> list[SampleRow]:
    """Give a row for each state, the last with a name that is as long as may be."""
    segments, phases = tuple(Segment), tuple(CasePhase)
    return [
        SampleRow(
            number=f"SW03L20261124000000{count:03d}",
            segment=segments[count % len(segments)],
            phase=phase,
            holder=LONG if phase is phases[-1] else "髙橋　太郎",
            points=(count * 7_919) % 12_345,
        )
        for count, phase in enumerate(phases)
    ]


def headings(address: str) -> list[Heading | str]:
    """Give the headings of the sample list: sorted by one, to be sorted by others, and one by which it is not."""
    return [
        Heading("廃止取次番号", address, Direction.ASCENDING),
        Heading("状態", address),
        "区分",
        "契約名義",
        Heading("地点数", address, Direction.DESCENDING),
    ]


def entries() -> list[SampleEntry]:
    """Give an entry for each mark of a state."""
    marks = {mark.shape: (phase, mark) for phase, mark in PHASE_MARKS.items()}
    return [
        SampleEntry(
            at=_MORNING + timedelta(hours=count), title=phase.label, who=LONG if count == 0 else "現小売", mark=mark
        )
        for count, (phase, mark) in enumerate(marks.values())
    ]


STATES = (*CasePhase, *ApplicationState)


def charts() -> list[Drawing]:
    """Give a chart of each kind, with gaps, with names that are long, and without values."""
    months = tuple(Category(f"2025年{month}月", f"{month}月") for month in range(1, 13))
    hours = tuple(
        Category(f"{half // 2:02d}:{half % 2 * 30:02d}", f"{half // 2}時" if half % 2 == 0 else "")
        for half in range(48)
    )
    used = tuple(150 + (month * 7_919) % 400 for month in range(1, 12))
    halves = tuple(None if half in (20, 21, 22) else (half * 37 % 97) / 100 for half in range(48))
    long_ones = tuple(
        Series(LONG[:count] or LONG, tuple(count * month % 11 for month in range(1, 13)))
        for count in (2, 3, 4, 5, 7, len(LONG))
    )
    return [
        bars(Figures("chart-bars", "月別使用量", "kWh", months, (Series("使用量", (*used, None)),), axis="対象年月")),
        bars(Figures("chart-stacked", "結果別の件数", "件", months, long_ones, axis="月")),
        line(
            Figures(
                "chart-line",
                "30分値",
                "kWh",
                hours,
                (Series("使用量", halves),),
                axis="時刻",
                decimals=2,
                folds=("00分から", "30分から"),
            )
        ),
        bars(Figures("chart-none", "件数のない図", "件", months, (Series("件数", (None,) * 12),), axis="月")),
    ]
