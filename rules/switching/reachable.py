"""Every situation a case can come into, found by letting everything happen to it: for its diagram and its tests.

Times, dates and numbers are left out of what makes two situations different; so there are few of them.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from rules.calendar import JST, Calendar, JapaneseCalendar
from rules.deadlines import DEADLINE_RULES
from rules.procedure.alarms import first_alarm
from rules.procedure.application import Application
from rules.procedure.calls import application_calls
from rules.procedure.command_kinds import AMENDING, CANCELLING, FILING
from rules.procedure.commands import (
    Amend,
    AmendFiling,
    CancelFiling,
    Close,
    Command,
    CommandContent,
    Decide,
    File,
    Resume,
    StandBack,
    Succeed,
    Suspend,
    Withdraw,
)
from rules.procedure.events import Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import Transition
from rules.switching.alarms import alarms
from rules.switching.core import SWITCHING
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
    transition: Transition[SwitchingCase]


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
    return tuple({_situation(change.transition.state): change.transition.state for change in all_changes()}.values())


def _changes(calendar: Calendar) -> Iterator[Change]:
    """Walk through all situations that can be reached, and give every transition between them."""
    places = [_Place(first_state(calendar, wished_date=wished), _REGISTERED) for wished in (_FAR, _NEAR)]
    situations, waiting = {_situation(place.state) for place in places}, deque(places)
    while waiting:
        place = waiting.popleft()
        for happening in _happenings(place):
            transition = SWITCHING.advance(place.state, happening.event, calendar=calendar)
            if not isinstance(transition, Transition):
                continue
            yield Change(place.state, happening, transition)
            if (situation := _situation(transition.state)) not in situations:
                situations.add(situation)
                now = happening.event.at if isinstance(happening.event, TimePassed) else place.now
                waiting.append(_Place(transition.state, now))


def _situation(state: SwitchingCase) -> tuple[object, ...]:
    if state.ended:
        return (state.phase,)
    calls = {call.application: call.kind for call in application_calls(state)}
    return (
        state.phase,
        state.phase is CasePhase.AWAITING_DECISION and state.cut_off < state.decision_due,
        state.end_cause is EndCause.WITHDRAWN,
        state.cut_off_passed and state.phase is CasePhase.AWAITING_APPLICATIONS,
        state.asked_on_effective_date and state.phase is CasePhase.AWAITING_APPLICATIONS,
        state.inquiry > state.inquiry_answered,
        state.reminded,
        state.suspended,
        # start and end are treated alike
        *sorted(
            (application.state, application.at_grid, calls.get(application.kind, ""))
            for application in state.applications
        ),
    )


def _happenings(place: _Place) -> Iterator[Happening]:
    for command in _commands(place):
        trigger = command.content.decision if isinstance(command.content, Decide) else command.kind
        yield Happening(command, trigger)
    for application in place.state.applications:
        for news in _news_of(place, application):
            yield Happening(news, news.kind)
    alarm = first_alarm(alarms(place.state))
    if alarm is not None:
        yield Happening(TimePassed(alarm.at), alarm.rule)


def _commands(place: _Place) -> Iterator[Command]:
    for content in (*_interventions(place.state), *_on_referral(place.state), *_on_applications(place.state)):
        yield Command(content=content, message_key="message", at=place.now)


def _interventions(state: SwitchingCase) -> Iterator[CommandContent]:
    """Try them all but 連絡の記録, which does what the same news does."""
    number = state.case_number
    yield from (Suspend(case_number=number), Resume(case_number=number), Close(case_number=number))
    yield StandBack(case_number=number)
    yield Succeed(case_number=number, leaving=state.current_retailer, successor=_SUCCESSOR)


def _on_referral(state: SwitchingCase) -> Iterator[CommandContent]:
    number = state.case_number
    yield Amend(
        case_number=number,
        point_number=state.point_number,
        current_retailer=state.current_retailer,
        wished_date=state.wished_date,
        meter_work=state.meter_work,
    )
    yield Withdraw(case_number=number)
    for decision in Decision:
        yield Decide(case_number=number, version=state.version, decision=decision)


def _on_applications(state: SwitchingCase) -> Iterator[CommandContent]:
    for kind in SWITCHING_APPLICATIONS:
        number, point, day = state.case_number, state.point_number, state.effective_date
        filed, work = state.application(kind).number or "", state.meter_work
        yield File(
            kind=FILING[kind],
            case_number=number,
            point_number=point,
            effective_date=day,
            meter_work=work,
            application_number=f"AP-{kind.value}",
        )
        yield AmendFiling(
            kind=AMENDING[kind],
            case_number=number,
            application_number=filed,
            point_number=point,
            effective_date=day,
            meter_work=work,
        )
        yield CancelFiling(kind=CANCELLING[kind], case_number=number, application_number=filed)


def _news_of(place: _Place, application: Application) -> Iterator[GridNews]:
    causes = [call.key for call in application_calls(place.state) if call.application is application.kind]
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
