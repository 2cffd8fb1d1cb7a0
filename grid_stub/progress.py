"""The working steps of applications (処理): how long they take, and where they stand at a moment.

Nothing runs in the background: a state follows from what was written and from the business clock.
"""

from datetime import date, datetime, timedelta

from rules.calendar import start_of
from schemas.codes import ApplicationState, Code, MeterWork

IN_WORK = (ApplicationState.RECEIVED, ApplicationState.MATCHED)
"""What may be complete once its time has come: a pair that matched, and what needs no other application."""


class WorkingStep(Code):
    """What a grid operator does between マッチング成立 and 完了."""

    PREPARATION = "preparation", "切替準備"
    METER_WORK = "meter_work", "計器工事"
    SWITCHING = "switching", "供給者切替"


def working_steps(meter_work: MeterWork) -> tuple[WorkingStep, ...]:
    """List the steps a matched pair goes through."""
    if meter_work is MeterWork.NEEDED:
        return tuple(WorkingStep)
    return WorkingStep.PREPARATION, WorkingStep.SWITCHING


def completion(*, matched_at: datetime, effective_date: date, meter_work: MeterWork, step: timedelta) -> datetime:
    """Give the moment both applications are complete.

    Each working step takes ``step``; the last one, 供給者切替, does not begin before 0:00 of the effective date.
    """
    prepared = matched_at + step * (len(working_steps(meter_work)) - 1)
    return max(prepared, start_of(effective_date)) + step


def completion_alone(*, received_at: datetime, effective_date: date | None, step: timedelta) -> datetime:
    """Give the moment an application that needs no other one is complete.

    It takes one working step, which does not begin before 0:00 of the effective date, where there is one.
    """
    begins = received_at if effective_date is None else max(received_at, start_of(effective_date))
    return begins + step


def state_at(*, written: ApplicationState, completes_at: datetime | None, now: datetime) -> ApplicationState:
    """Give the state of an application at a moment."""
    if is_complete(written=written, completes_at=completes_at, now=now):
        return ApplicationState.COMPLETED
    return written


def is_complete(*, written: ApplicationState, completes_at: datetime | None, now: datetime) -> bool:
    """Tell whether the working steps of an application are over."""
    return written in IN_WORK and completes_at is not None and completes_at <= now
