"""The database steps of a case, as its workflow asks for them.

A step is made within the workflow task that needs it (a local activity): command, step and answer are one task. What
is not done at once, with a database that is away or a row that is held, goes on as an activity of its own, so that a
step holds no workflow task for long. A repeat of a step finds what the first wrote, whichever way either went.
"""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError, FailureError, is_cancelled_exception

from rules.answers import answer_to
from rules.core import Procedure, next_alarm
from rules.procedure.alarms import Alarm
from rules.procedure.events import Command, Event, GridNews, TimePassed
from rules.procedure.outcomes import Transition
from rules.steps import CaseStart, Step, StepResult
from schemas.findings import Refusal
from temporal.names import LOOK_AT_CASE, RECORD_STEP
from temporal.step_names import LOOK, name_of
from temporal.time_limits import time_limits
from workflows.words import step_summary

_ONCE = RetryPolicy(maximum_attempts=1)
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
    return await _done(RECORD_STEP, step, at_once=name_of(step), summary=step_summary(step))


async def look(start: CaseStart) -> StepResult:
    """Read the case as its row stands, and the business time."""
    return await _done(LOOK_AT_CASE, start, at_once=LOOK, summary="案件と業務日時を読む")


async def _done(activity: str, subject: Step | CaseStart, *, at_once: str, summary: str) -> StepResult:
    """Have it done within this workflow task, or where that fails for the moment, until it is done.

    :param at_once: what the timeline of the Temporal UI calls it where it is done within the task.
    :raises FailureError: where it fails for good.
    """
    limits = time_limits()
    try:
        result: StepResult = await workflow.execute_local_activity(
            at_once,
            subject,
            result_type=StepResult,
            schedule_to_close_timeout=min(limits.at_once, limits.step),
            retry_policy=_ONCE,
            summary=summary,
        )
    except FailureError as error:
        if _is_for_good(error):
            raise
        result = await workflow.execute_activity(
            activity,
            subject,
            result_type=StepResult,
            start_to_close_timeout=limits.step,
            retry_policy=_UNTIL_IT_IS_WRITTEN,
            summary=summary,
        )
    return result


def _is_for_good(error: FailureError) -> bool:
    """Tell whether to try again would change nothing. A step within the task raises what it failed with itself."""
    return is_cancelled_exception(error) or (isinstance(error, ApplicationError) and error.non_retryable)
