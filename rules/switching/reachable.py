"""Every situation a case can come into, found by letting everything happen to it: for its diagram and its tests.

Times, dates and numbers are left out of what makes two situations different; so there are few of them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from rules.calendar import JST, Calendar, JapaneseCalendar
from rules.deadlines import DEADLINE_RULES
from rules.procedure.alarms import first_alarm
from rules.procedure.application import Application
from rules.procedure.calls import wanted_calls
from rules.procedure.events import Command, CommandKind, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import Transition
from rules.switching.alarms import alarms
from rules.switching.commands import ALLOWED_PHASES
from rules.switching.core import advance
from rules.switching.registration import Registration, register
from rules.switching.state import SwitchingCase
from schemas.codes import SWITCHING_APPLICATIONS, CasePhase, Code, Decision, EndCause, MeterWork, Segment

_REGISTERED = datetime.combine(date(2026, 7, 1), time(10), tzinfo=JST)
_FAR = date(2026, 8, 7)
_NEAR = date(2026, 7, 5)
"""So near that the cut-off comes before the decision deadline."""
_CASE_NUMBER = "SW03L20260701000000015"
_SUCCESSOR = "1009"


@dataclass(frozen=True)
class Happening:
    """What can happen, with the words people have for it."""

    event: Event
    trigger: Code


@dataclass(frozen=True)
class Change:
    """One transition between two situations."""

    before: SwitchingCase
    happening: Happening
    made: Transition[SwitchingCase]


@dataclass(frozen=True)
class _Place:
    state: SwitchingCase
    now: datetime


def first_state(calendar: Calendar, *, wished_date: date = _FAR) -> SwitchingCase:
    """Give a new case, as every exploration starts with it; its wished date is far away."""
    registration = Registration(
        segment=Segment.LOW_VOLTAGE,
        point_number="0310000000000000000001",
        new_retailer="1001",
        current_retailer="1002",
        wished_date=wished_date,
        meter_work=MeterWork.NOT_NEEDED,
        consent_obtained_on=_REGISTERED.date(),
        content_key="message",
        at=_REGISTERED,
    )
    rules = DEADLINE_RULES[Segment.LOW_VOLTAGE]
    return register(registration, case_number=_CASE_NUMBER, rules=rules, calendar=calendar).state


@cache
def all_changes() -> tuple[Change, ...]:
    """Give every transition between all situations a case can come into, worked out once."""
    return tuple(_changes(JapaneseCalendar()))


def all_situations() -> tuple[SwitchingCase, ...]:
    """Give one example of every situation that a case can come into."""
    return tuple({_situation(change.made.state): change.made.state for change in all_changes()}.values())


def _changes(calendar: Calendar) -> Iterator[Change]:
    """Walk through all situations that can be reached, and give every transition between them."""
    first = [_Place(first_state(calendar, wished_date=wished), _REGISTERED) for wished in (_FAR, _NEAR)]
    seen, waiting = {_situation(place.state) for place in first}, deque(first)
    while waiting:
        place = waiting.popleft()
        for happening in _happenings(place):
            made = advance(place.state, happening.event, calendar=calendar)
            if not isinstance(made, Transition):
                continue
            yield Change(place.state, happening, made)
            if (situation := _situation(made.state)) not in seen:
                seen.add(situation)
                now = happening.event.at if isinstance(happening.event, TimePassed) else place.now
                waiting.append(_Place(made.state, now))


def _situation(state: SwitchingCase) -> tuple[object, ...]:
    if state.ended:
        return (state.phase,)
    calls = {call.application: call.kind for call in wanted_calls(state)}
    return (
        state.phase,
        state.phase is CasePhase.AWAITING_DECISION and state.cut_off < state.decision_due,
        state.end_cause is EndCause.WITHDRAWN,
        state.cut_off_passed and state.phase is CasePhase.AWAITING_APPLICATIONS,
        state.asked_on_effective_date and state.phase is CasePhase.AWAITING_APPLICATIONS,
        state.inquiry > state.inquiry_answered,
        state.reminded,
        state.suspended,
        *sorted((one.state, one.at_grid, calls.get(one.kind, "")) for one in state.applications),  # treated alike
    )


def _happenings(place: _Place) -> Iterator[Happening]:
    for command in _commands(place):
        yield Happening(command, command.decision or command.kind)
    for application in place.state.applications:
        for news in _news_of(place, application):
            yield Happening(news, news.kind)
    alarm = first_alarm(alarms(place.state))
    if alarm is not None:
        yield Happening(TimePassed(alarm.at), alarm.rule)


def _commands(place: _Place) -> Iterator[Command]:
    yield from _interventions(place)
    for kind in ALLOWED_PHASES:
        for decision in Decision if kind is CommandKind.DECIDE else (None,):
            yield Command(
                kind=kind,
                case_number=place.state.case_number,
                message_key="message",
                at=place.now,
                version=place.state.version,
                decision=decision,
                point_number=place.state.point_number,
                current_retailer=place.state.current_retailer,
                wished_date=place.state.wished_date,
                effective_date=place.state.effective_date,
                meter_work=place.state.meter_work,
                application_number=_number_in(place.state, kind),
            )


def _interventions(place: _Place) -> Iterator[Command]:
    """Without 連絡の記録, which does what the same news does."""
    state = place.state
    asked: dict[str, Any] = {"case_number": state.case_number, "message_key": "message", "at": place.now}
    for kind in (CommandKind.SUSPEND, CommandKind.RESUME, CommandKind.CLOSE, CommandKind.STAND_BACK):
        yield Command(kind=kind, **asked)
    yield Command(kind=CommandKind.SUCCEED, leaving=state.current_retailer, successor=_SUCCESSOR, **asked)


def _number_in(state: SwitchingCase, kind: CommandKind) -> str | None:
    for application in SWITCHING_APPLICATIONS:
        if kind.value == f"file_{application.value}":
            return f"AP-{application.value}"
        if kind.value.endswith(application.value):
            return state.application(application).number
    return None


def _news_of(place: _Place, application: Application) -> Iterator[GridNews]:
    causes = [call.key for call in wanted_calls(place.state) if call.application is application.kind]
    for cause in (*causes, "watch"):
        for kind in NewsKind:
            yield GridNews(
                kind=kind,
                application=application.kind,
                application_number=application.number or "",
                cause=cause,
                at=place.now,
                occurred_at=None if cause in causes else place.now + timedelta(seconds=1),
                inquiry=place.state.inquiry,
            )
