"""What a workflow does to a stored case, step by step, without Temporal."""

from dataclasses import replace
from typing import Any

from models.cases.operations import look_at_case, record_step
from models.clock import business_now
from models.database import Session
from models.messages.queries import unanswered
from rules.answers import answer_to
from rules.core import Procedure, advance, next_alarm
from rules.procedure.events import Command, Event, GridNews, NewsKind, TimePassed
from rules.procedure.outcomes import Transition
from rules.steps import Step, StepResult
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind
from schemas.findings import Refusal
from tests.support.moments import CALENDAR


def case_state(session: Session, case_number: str) -> SwitchingCase:
    """Give a switching case as its row stands."""
    return as_case(look_at_case(session, case_number=case_number).state)


def as_case(state: Procedure) -> SwitchingCase:
    """Take what a row says as a switching case, which it must be."""
    assert isinstance(state, SwitchingCase)
    return state


def step_for(session: Session, case_number: str, event: Event) -> Step:
    """Ask the core what an event makes of the case as it stands, and put that into a step."""
    standing = look_at_case(session, case_number=case_number)
    outcome = advance(standing.state, event, calendar=CALENDAR)
    command = event if isinstance(event, Command) else None
    key = None if command is None else command.message_key
    if isinstance(outcome, Refusal):
        assert command is not None
        answer = replace(answer_to(standing.state, at=standing.at, command=command, refusal=outcome), processed_at=None)
        return Step(case_number, standing.number, command.message_key, standing.state, None, answer, key)
    assert isinstance(outcome, Transition), f"{event} says nothing new"
    reply = replace(answer_to(outcome.state, at=standing.at, command=command), processed_at=None) if command else None
    alarm = next_alarm(standing.state)
    cause = key or (event.cause if isinstance(event, GridNews) else alarm.rule.value if alarm else "")
    deadline = alarm.at if isinstance(event, TimePassed) and alarm else None
    return Step(case_number, standing.number + 1, cause, outcome.state, outcome.line, reply, key, deadline)


def obey_all(session: Session, case_number: str) -> StepResult:
    """Let the case take every command that waits, in the order they were stored."""
    result = look_at_case(session, case_number=case_number)
    for command in unanswered(session, case_number=case_number):
        result = record_step(session, step=step_for(session, case_number, command))
    return result


def hear(session: Session, case_number: str, kind: NewsKind, application: ApplicationKind, **more: Any) -> StepResult:
    """Let the case hear news of one of its applications."""
    number = case_state(session, case_number).application(application).number
    assert number is not None
    news = GridNews(kind, application, number, f"{number}-{kind.value}", business_now(session), **more)
    return record_step(session, step=step_for(session, case_number, news))
