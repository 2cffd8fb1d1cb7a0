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
    for number, written in enumerate(lines[1:], start=2):
        if written.step != number:
            yield written, f"行番号が {number} ではない"
        if written.at < before.at:
            yield written, "前の行より早い"
        if (problem := _problem(before, written, commands, calendar)) is not None:
            yield written, problem
        before = written


def _problem(
    previous: WrittenLine, written: WrittenLine, commands: Mapping[str, Command], calendar: Calendar
) -> str | None:
    before = previous.state
    if before.ended:
        return "終わった案件が動いた"
    if written.cause in _ALARMS:
        alarm = next_alarm(before)
        if alarm is None or alarm.rule.value != written.cause or alarm.at > written.at:
            return f"{written.cause} の時刻ではない（次は {alarm}）"
    for event in _events(previous, written, commands):
        step = advance(before, event, calendar=calendar)
        if isinstance(step, Transition) and (step.state, step.line) == (written.state, written.line):
            return None
    return f"コアはこの行を作らない（きっかけ {written.cause}）"


def _events(previous: WrittenLine, written: WrittenLine, commands: Mapping[str, Command]) -> Iterator[Event]:
    if written.cause in _ALARMS:
        yield TimePassed(written.at)
    elif written.cause in commands:
        yield commands[written.cause]
    else:
        yield from _news(previous, written)


def _news(previous: WrittenLine, written: WrittenLine) -> Iterator[GridNews]:
    """List all news that a grid operator can have told with what the line says of it."""
    details = written.line.details
    occurred_at = datetime.fromisoformat(details["occurred_at"]) if "occurred_at" in details else None
    for at in _heard_at(occurred_at or previous.at, written):
        for application, kind in product(previous.state.applications, NewsKind):
            yield GridNews(
                kind=kind,
                application=ApplicationKind(application.kind),
                application_number=application.number or "",
                cause=written.cause,
                at=at,
                occurred_at=occurred_at,
                effective_date=date.fromisoformat(details["effective_date"]) if "effective_date" in details else None,
                meter_work=MeterWork(details["meter_work"]) if "meter_work" in details else None,
                defects=tuple(details.get("defects", "").split()),
                inquiry=int(details["inquiry"]) if "inquiry" in details else None,
            )


def _heard_at(first: datetime, written: WrittenLine) -> Iterator[datetime]:
    """List when the hub can have heard it: the clock may have moved before the line was written.

    Only the day matters and whether a reminder's hour has come, but where the state says the moment.
    """
    state, day = written.state, day_of(written.at)
    yield from (min(moment, written.at) for moment in state.moments_told if moment is not None)
    yield written.at
    while day >= day_of(first):
        yield start_of(day)
        day -= timedelta(days=1)
