"""The working steps of applications on the business clock."""

from datetime import date, datetime, timedelta

import pytest

from grid_stub.progress import completion, completion_alone, state_at
from rules.calendar import JST
from schemas.codes import ApplicationState, MeterWork

STEP = timedelta(seconds=5)
MATCHED_AT = datetime(2026, 8, 20, 10, 0, tzinfo=JST)


@pytest.mark.parametrize(("work", "steps"), [(MeterWork.NOT_NEEDED, 2), (MeterWork.NEEDED, 3)])
def test_on_the_effective_date_itself_only_the_steps_take_time(work: MeterWork, steps: int) -> None:
    done = completion(matched_at=MATCHED_AT, effective_date=date(2026, 8, 20), meter_work=work, step=STEP)

    assert done == MATCHED_AT + steps * STEP


def test_the_switch_itself_waits_for_midnight_of_the_effective_date() -> None:
    done = completion(
        matched_at=MATCHED_AT, effective_date=date(2026, 8, 23), meter_work=MeterWork.NOT_NEEDED, step=STEP
    )

    assert done == datetime(2026, 8, 23, 0, 0, 5, tzinfo=JST)


def test_steps_without_duration_complete_at_midnight() -> None:
    done = completion(
        matched_at=MATCHED_AT, effective_date=date(2026, 8, 23), meter_work=MeterWork.NEEDED, step=timedelta(0)
    )

    assert done == datetime(2026, 8, 23, tzinfo=JST)


@pytest.mark.parametrize(
    ("effective", "done"),
    [
        (None, MATCHED_AT + STEP),
        (date(2026, 7, 20), MATCHED_AT + STEP),
        (date(2026, 8, 20), MATCHED_AT + STEP),
        (date(2026, 8, 23), datetime(2026, 8, 23, 0, 0, 5, tzinfo=JST)),
    ],
)
def test_what_needs_no_other_application_takes_one_step_from_its_day_on(effective: date | None, done: datetime) -> None:
    assert completion_alone(received_at=MATCHED_AT, effective_date=effective, step=STEP) == done


@pytest.mark.parametrize(
    ("written", "after", "state"),
    [
        (ApplicationState.RECEIVED, timedelta(microseconds=-1), ApplicationState.RECEIVED),
        (ApplicationState.RECEIVED, timedelta(0), ApplicationState.COMPLETED),
        (ApplicationState.MATCHED, timedelta(microseconds=-1), ApplicationState.MATCHED),
        (ApplicationState.MATCHED, timedelta(0), ApplicationState.COMPLETED),
        (ApplicationState.CANCELLED, timedelta(days=1), ApplicationState.CANCELLED),
    ],
)
def test_an_application_is_complete_once_its_time_has_come(
    written: ApplicationState, after: timedelta, state: ApplicationState
) -> None:
    assert state_at(written=written, completes_at=MATCHED_AT, now=MATCHED_AT + after) is state
