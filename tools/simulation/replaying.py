"""Whether each line of a history is one that the core makes: every line is played again by the event that caused it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product

from models.cases.read_model import WrittenLine
from rules.calendar import Calendar, day_of, start_of
from rules.core import advance, next_alarm
from rules.procedure.alarms import AlarmRule
from rules.procedure.events import Command, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind, Transition
from schemas.codes import ApplicationKind, MeterWork

_FIRST = (HistoryKind.REGISTERED, HistoryKind.FILED)
_ALARMS = frozenset(rule.value for rule in AlarmRule)


def unexplained(
    lines: Sequence[WrittenLine], *, commands: Mapping[str, Command], calendar: Calendar
) -> Iterator[tuple[WrittenLine, str]]:
    """Give the lines that the core does not make of the line before, each with what is wrong.

    :param commands: the retailers' commands on the procedure, by their keys.
    """
    if not lines or lines[0].line.kind not in _FIRST:
        yield from ((line, "最初の行が登録ではない") for line in lines[:1])
        return
    before = lines[0]
    for number, written_line in enumerate(lines[1:], start=2):
        if written_line.step != number:
            yield written_line, f"行番号が {number} ではない"
        if written_line.at < before.at:
            yield written_line, "前の行より早い"
        if (problem := _problem(before, written_line, commands, calendar)) is not None:
            yield written_line, problem
        before = written_line


def _problem(
    previous: WrittenLine, written_line: WrittenLine, commands: Mapping[str, Command], calendar: Calendar
) -> str | None:
    before = previous.state
    if before.ended:
        return "終わった案件が動いた"
    if written_line.cause in _ALARMS:
        alarm = next_alarm(before)
        if alarm is None or alarm.rule.value != written_line.cause or alarm.at > written_line.at:
            return f"{written_line.cause} の時刻ではない（次は {alarm}）"
    for event in _events(previous, written_line, commands):
        step = advance(before, event, calendar=calendar)
        if isinstance(step, Transition) and (step.state, step.line) == (written_line.state, written_line.line):
            return None
    return f"コアはこの行を作らない（きっかけ {written_line.cause}）"


def _events(previous: WrittenLine, written_line: WrittenLine, commands: Mapping[str, Command]) -> Iterator[Event]:
    if written_line.cause in _ALARMS:
        yield TimePassed(written_line.at)
    elif written_line.cause in commands:
        yield commands[written_line.cause]
    else:
        yield from _news(previous, written_line)


def _news(previous: WrittenLine, written_line: WrittenLine) -> Iterator[GridNews]:
    """List all news that a grid operator can have told with what the line says of it."""
    details = written_line.line.details
    occurred_at = datetime.fromisoformat(details["occurred_at"]) if "occurred_at" in details else None
    for at in _heard_at(occurred_at or previous.at, written_line):
        for application, kind in product(previous.state.applications, NewsKind):
            yield GridNews(
                kind=kind,
                application=ApplicationKind(application.kind),
                application_number=application.number or "",
                cause=written_line.cause,
                at=at,
                occurred_at=occurred_at,
                effective_date=date.fromisoformat(details["effective_date"]) if "effective_date" in details else None,
                meter_work=MeterWork(details["meter_work"]) if "meter_work" in details else None,
                defects=tuple(details.get("defects", "").split()),
                inquiry=int(details["inquiry"]) if "inquiry" in details else None,
            )


def _heard_at(first: datetime, written_line: WrittenLine) -> Iterator[datetime]:
    """List when the hub can have heard it: the clock may have moved before the line was written.

    Only the day matters and whether a reminder's hour has come, but where the state says the moment.
    """
    state, day = written_line.state, day_of(written_line.at)
    yield from (min(moment, written_line.at) for moment in state.moments_told if moment is not None)
    yield written_line.at
    while day >= day_of(first):
        yield start_of(day)
        day -= timedelta(days=1)
