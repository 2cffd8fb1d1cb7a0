"""The database steps of a case, as its workflow asks for them."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from rules.answers import answer_to
from rules.core import Procedure, next_alarm
from rules.procedure.alarms import Alarm
from rules.procedure.events import Command, Event, GridNews, TimePassed
from rules.procedure.outcomes import Transition
from rules.steps import CaseStart, Step, StepResult
from schemas.findings import Refusal
from temporal.names import LOOK_AT_CASE, RECORD_STEP
from temporal.time_limits import time_limits
from workflows.words import step_summary

_UNTIL_IT_IS_WRITTEN = RetryPolicy(
    initial_interval=timedelta(milliseconds=500), backoff_coefficient=2.0, maximum_interval=timedelta(seconds=10)
)
"""A database that is away is waited for; nothing of a case goes on without it."""


def step_of(event: Event, outcome: Transition[Procedure] | Refusal, *, state: Procedure, number: int) -> Step:
    """Write down what the core made of an event; ``state`` and ``number`` are from before it.

    Every alarm, and not only a deadline, lets messages go first that were stored before its moment: so
    what happens follows the order in which it was stored, however late it is delivered.
    """
    alarm = next_alarm(state) if isinstance(event, TimePassed) else None
    command = event if isinstance(event, Command) else None
    refusal = outcome if isinstance(outcome, Refusal) else None
    after = state if isinstance(outcome, Refusal) else outcome.state
    return Step(
        case_number=state.case_number,
        number=number if refusal else number + 1,
        cause=_cause(event, alarm),
        state=after,
        line=None if isinstance(outcome, Refusal) else outcome.line,
        answer=None if command is None else answer_to(after, command=command, refusal=refusal),
        message_key=None if command is None else command.message_key,
        deadline=None if alarm is None else alarm.at,
    )


def _cause(event: Event, alarm: Alarm | None) -> str:
    match event:
        case Command():
            return event.message_key
        case GridNews():
            return event.cause
        case TimePassed():
            if alarm is None:
                raise ValueError("nothing that waits for a moment came of one that has passed")
            return alarm.rule.value


async def record(step: Step) -> StepResult:
    """Have a step written; it comes back when the database has spoken."""
    result: StepResult = await workflow.execute_activity(
        RECORD_STEP,
        step,
        result_type=StepResult,
        start_to_close_timeout=time_limits().step,
        retry_policy=_UNTIL_IT_IS_WRITTEN,
        summary=step_summary(step),
    )
    return result


async def look(start: CaseStart) -> StepResult:
    """Read the case as its row stands, and the business time."""
    result: StepResult = await workflow.execute_activity(
        LOOK_AT_CASE,
        start,
        result_type=StepResult,
        start_to_close_timeout=time_limits().step,
        retry_policy=_UNTIL_IT_IS_WRITTEN,
        summary="案件と業務日時を読む",
    )
    return result
