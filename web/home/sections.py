"""What waits, as a person reads it: counts under headings, each with the list that has exactly so many rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from models.cases.queries import CaseOverview
from models.cases.screens import Waiting
from rules.bulk.progress import FileConcern
from rules.procedure.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from rules.remaining import RUNNING, TimeLeft
from schemas.codes import ENDED_PHASES, CasePhase
from web.shared.marks import Mark, Shape, mark_of

_SHAPES = {TimeLeft.PASSED: Shape.FAILED, TimeLeft.TODAY: Shape.ALARM, TimeLeft.NEXT_BUSINESS_DAY: Shape.ALARM}
"""Of what is urgent; the rest waits."""
_FILE_MARKS = {
    FileConcern.TO_CONFIRM: Mark(Shape.WAITING, "wait"),
    FileConcern.RUNNING: Mark(Shape.GOING, "go"),
    FileConcern.PAUSED: Mark(Shape.STOPPED, "warn"),
    FileConcern.REFUSED_TODAY: Mark(Shape.FAILED, "away"),
}
_NONE = Mark(Shape.DONE, "quiet")
_TONES = {TimeLeft.PASSED: "away", TimeLeft.TODAY: "warn", TimeLeft.NEXT_BUSINESS_DAY: "warn"}
_HEADINGS = {
    Duty.DECIDE: "判断を待つ廃止取次",
    Duty.CORRECT: "訂正を待つ不備",
    Duty.FILE: "登録を待つ申請",
    Duty.SETTLE: "片側完了の案件",
    Duty.RELEASE: "期限を停止している案件",
    Duty.LOOK_AFTER: "異動日を過ぎても完了しない案件",
}


@dataclass(frozen=True)
class Count:
    """A number of cases or files, and the list of them."""

    label: str
    number: int
    address: str
    shape: Shape
    tone: str


@dataclass(frozen=True)
class Section:
    """Counts of one kind."""

    name: str
    heading: str
    counts: tuple[Count, ...]
    whole: Count | None = None
    """All of them together."""


def retailers_sections(waiting: Waiting, files: Mapping[FileConcern, int] | None, *, today: date) -> list[Section]:
    """Say what a retailer has to do by the time left, how its files and cases go on, and what ended today."""
    duties = (_duty_by_time_left(duty, waiting.duties.get(duty, {})) for duty in RETAILERS_DUTIES)
    return [*duties, *_files(files), _open(waiting.open_cases), _ended(waiting.ended_today, today)]


def operators_sections(
    duties: Mapping[Duty, int], overview: CaseOverview, files: Mapping[FileConcern, int] | None, *, today: date
) -> list[Section]:
    """Say which cases are the hub operator's to look at, how all files and cases go on, and what ended today."""
    awaited = tuple(
        Count(
            _HEADINGS[duty],
            duties.get(duty, 0),
            url_for("cases.show", duty=duty.value),
            Shape.ALARM if duties.get(duty) else Shape.DONE,
            "warn" if duties.get(duty) else "quiet",
        )
        for duty in OPERATORS_DUTIES
    )
    return [
        Section("duties", "広域機関の対応を待つ案件", awaited),
        *_files(files),
        _open(overview.open_cases),
        _ended(overview.ended_today, today),
    ]


def _duty_by_time_left(duty: Duty, counted: Mapping[TimeLeft | None, int]) -> Section:
    counts = tuple(
        Count(
            left.label,
            counted.get(left, 0),
            _that_await(duty, left),
            _SHAPES.get(left, Shape.WAITING),
            _TONES.get(left, "wait") if counted.get(left) else "quiet",
        )
        for left in TimeLeft
        if left in RUNNING or counted.get(left)  # it is rare that deadlines stand still
    )
    whole = Count("すべて", sum(counted.values()), _that_await(duty), Shape.WAITING, "wait")
    return Section(duty.value, _HEADINGS[duty], counts, whole)


def _that_await(duty: Duty, left: TimeLeft | None = None) -> str:
    """Give where they are worked through: what is to be judged, in the inbox."""
    due = None if left is None else left.value
    return url_for("inbox.show", due=due) if duty is Duty.DECIDE else url_for("cases.show", duty=duty.value, due=due)


def _files(counted: Mapping[FileConcern, int] | None) -> list[Section]:
    """Say how files go on; nothing to who may not see them."""
    if counted is None:
        return []
    counts = tuple(
        Count(concern.label, number, url_for("bulk.files", standing=concern.value), mark.shape, mark.tone)
        for concern in FileConcern
        for number in [counted[concern]]
        for mark in [_FILE_MARKS[concern] if number else _NONE]
    )
    return [Section("files", "一括処理のファイル", counts)]


def _open(counted: Mapping[CasePhase, int]) -> Section:
    phases = [phase for phase in CasePhase if phase not in ENDED_PHASES]
    counts = tuple(_of_phase(phase, counted, url_for("cases.show", phase=phase.value)) for phase in phases)
    return Section("open", "進行中の案件", counts, _sum(counts, url_for("cases.show", phase="open")))


def _ended(counted: Mapping[CasePhase, int], today: date) -> Section:
    counts = tuple(
        _of_phase(phase, counted, url_for("cases.show", phase=phase.value, ended_from=today.isoformat()))
        for phase in CasePhase
        if counted.get(phase)
    )
    return Section(
        "ended", "本日終了した案件", counts, _sum(counts, url_for("cases.show", ended_from=today.isoformat()))
    )


def _of_phase(phase: CasePhase, counted: Mapping[CasePhase, int], address: str) -> Count:
    mark = mark_of(phase)
    return Count(phase.label, counted.get(phase, 0), address, mark.shape, mark.tone if counted.get(phase) else "quiet")


def _sum(counts: Iterable[Count], address: str) -> Count:
    return Count("すべて", sum(count.number for count in counts), address, Shape.WAITING, "wait")
