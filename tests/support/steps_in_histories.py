"""The database steps of a case as its history has them: done within a workflow task (a marker), or as an activity."""

import json

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from temporal.names import LOOK_AT_CASE, RECORD_STEP

_LOCAL_ACTIVITY = "core_local_activity"
"""Name of the marker that Temporal's library writes of one."""


def is_step(event: HistoryEvent) -> bool:
    """Tell whether an event is a database step that was done, or tried, within a workflow task."""
    return (
        event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED
        and event.marker_recorded_event_attributes.marker_name == _LOCAL_ACTIVITY
    )


def went_on(event: HistoryEvent) -> bool:
    """Tell whether an event is a database step that goes on as an activity, where it was not done within its task."""
    return event.activity_task_scheduled_event_attributes.activity_type.name in (LOOK_AT_CASE, RECORD_STEP)


def was_done(event: HistoryEvent) -> bool:
    """Tell whether an event is such a step, and it came to its end."""
    return is_step(event) and not event.marker_recorded_event_attributes.HasField("failure")


def steps_done(history: WorkflowHistory) -> int:
    """Count the steps that were done within workflow tasks."""
    return sum(was_done(event) for event in history.events)


def rename(event: HistoryEvent, activity: str) -> None:
    """Have a step in a history be another activity's."""
    (about,) = event.marker_recorded_event_attributes.details["data"].payloads
    about.data = json.dumps(json.loads(about.data) | {"activity_type": activity}).encode()


def activity_of(event: HistoryEvent) -> str:
    """Name the activity of a step in a history."""
    (about,) = event.marker_recorded_event_attributes.details["data"].payloads
    return str(json.loads(about.data)["activity_type"])
