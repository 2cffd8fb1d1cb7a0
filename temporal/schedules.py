"""What the hub does by the calendar: a Temporal Schedule for each, of which a run is one activity.

A run may come late, twice or not at all, so what it does looks at what is to be done and not at when it was called.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from temporal import names


@dataclass(frozen=True)
class ScheduledWork:
    """One thing that is done by the calendar."""

    name: str
    """Of the schedule, and of the activity that does it and says in Japanese what came of it."""
    title: str
    """What operations people read in the Temporal UI."""
    spec: ScheduleSpec


def daily_at(hour: int, minute: int = 0) -> ScheduleSpec:
    """Give every day at a time of Japan."""
    day = ScheduleCalendarSpec(hour=[ScheduleRange(hour)], minute=[ScheduleRange(minute)])
    return ScheduleSpec(calendars=[day], time_zone_name="Asia/Tokyo")


WARN_OF_CERTIFICATES = ScheduledWork("warn-of-certificates", "クライアント証明書の期限の予告", daily_at(9))
DISABLE_UNUSED_USERS = ScheduledWork("disable-unused-users", "利用のない利用者の無効化", daily_at(4))
MASK_ENDED_CASES = ScheduledWork("mask-ended-cases", "終わって久しい案件の個人データの消去", daily_at(3))

SCHEDULED = (WARN_OF_CERTIFICATES, DISABLE_UNUSED_USERS, MASK_ENDED_CASES)
"""All of it. What is new here needs its activity in ``worker.scheduled_activities``."""

_MADE_UP_FOR = timedelta(days=1)
"""How late a run may begin that the server could not begin in time."""


async def ensure_schedules(client: Client, scheduled: Iterable[ScheduledWork] = SCHEDULED) -> None:
    """Have the server run what is to be done by the calendar; what operations people have paused stays so."""
    for work in scheduled:
        schedule = _schedule(work)
        try:
            await client.create_schedule(work.name, schedule)
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(work.name).update(partial(_brought_up_to_date, schedule))


def _schedule(work: ScheduledWork) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            names.SCHEDULED_WORK,
            work.name,
            id=work.name,
            task_queue=names.SCHEDULED_QUEUE,
            static_summary=work.title,
        ),
        spec=work.spec,
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=_MADE_UP_FOR),
        state=ScheduleState(note=work.title),
    )


def _brought_up_to_date(schedule: Schedule, found: ScheduleUpdateInput) -> ScheduleUpdate:
    schedule.state = found.description.schedule.state
    return ScheduleUpdate(schedule)
