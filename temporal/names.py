"""Names that are part of running cases: changing one breaks workflows that are under way."""

from temporalio.common import SearchAttributeKey

from schemas.codes import Area

SWITCHING_CASE = "SwitchingCase"
"""Workflow type; the workflow id is the case number."""

TAKE_COMMAND = "take_command"
"""Update; its id is the message key, its argument a Command. Returns when the answer is stored."""
HEAR_GRID_NEWS = "hear_grid_news"
"""Signal; its argument a list of GridNews."""
CLOCK_MOVED = "clock_moved"
"""Signal without argument: the business clock was moved."""

LOOK_AT_CASE = "look-at-case"
RECORD_STEP = "record-step"
CALL_GRID = "call-grid"

NOT_THIS_CASE = "NotThisCase"
"""Type of the failure of an activity that finds no row of the case: none under its number, or another case's."""
ORIGIN = "origin"
"""Memo of a case's workflow: the origin of the case it was started for."""

BULK_FILE = "BulkFile"
"""Workflow type of the bulk files; the workflow id is the number of the file."""
LOOK_AGAIN = "look_again"
"""Signal without argument: the file's row was changed."""
CHECK_BULK_FILE = "check-bulk-file"
LOOK_AT_BULK_FILE = "look-at-bulk-file"
SEND_BULK_ROWS = "send-bulk-rows"
BULK_QUEUE = "bulk-files"
"""Task queue of the files' workflows, of their checks, and of what they ask of their rows."""
BULK_ROWS_QUEUE = "bulk-rows"
"""Task queue of the rows. It has few slots, so that files leave room for single requests."""

SCHEDULED_WORK = "ScheduledWork"
"""Workflow type of what is done by the calendar; its argument is the name of the activity that does it."""
SCHEDULED_QUEUE = "scheduled-work"
"""Task queue of those workflows and of their activities."""

CASE_QUEUE = "cases"
"""Task queue of the workflows and of their database steps."""


def grid_queue(area: Area) -> str:
    """Name the task queue of an area: each has slots of its own, so none takes another's."""
    return f"grid-{area.value}"


POINT_NUMBER = SearchAttributeKey.for_keyword("PointNumber")
SEGMENT = SearchAttributeKey.for_keyword("Segment")
AREA = SearchAttributeKey.for_keyword("Area")
NEW_RETAILER = SearchAttributeKey.for_keyword("NewRetailer")
CURRENT_RETAILER = SearchAttributeKey.for_keyword("CurrentRetailer")
PROCEDURE_KIND = SearchAttributeKey.for_keyword("ProcedureKind")
"""What :data:`rules.core.Procedure` says in ``search_kind``."""
CASE_PHASE = SearchAttributeKey.for_keyword("CasePhase")
EFFECTIVE_DATE = SearchAttributeKey.for_datetime("EffectiveDate")
"""The beginning of the 異動日 in Japan; it stays where there is no deadline any more."""
NEXT_DEADLINE = SearchAttributeKey.for_datetime("NextDeadline")

SEARCH_ATTRIBUTES: dict[str, str] = {
    "PointNumber": "Keyword",
    "Segment": "Keyword",
    "Area": "Keyword",
    "NewRetailer": "Keyword",
    "CurrentRetailer": "Keyword",
    "ProcedureKind": "Keyword",
    "CasePhase": "Keyword",
    "EffectiveDate": "Datetime",
    "NextDeadline": "Datetime",
}
"""What the Temporal server must know before the first case starts: name and type of each search attribute."""
