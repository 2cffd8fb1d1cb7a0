"""What a workflow does on a path, as a few lines that people compare: its commands to Temporal, in their order.

``tests/histories/commands.txt`` holds them, path by path. Numbers and dates of a run stay out, and so do
timers: whether one is set before the next command is there differs from run to run; the replay of stored histories
holds them all the same.
"""

import difflib
import re
from itertools import groupby
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from tests.support.steps_in_histories import is_step, went_on

FINGERPRINTS = Path(__file__).parents[1] / "histories" / "commands.txt"

HOW_TO_MEND = """
The workflow no longer does on this path what cases under way were started with. They would be replayed by the new
code and stop with a nondeterminism error. Either take the change back, or
  1. put it under a patch, so that cases under way go on as they began:
         if workflow.patched("what-is-new"): ... (the new way)   else: ... (the way it was)
  2. leave the stored histories as they are; record the new way beside them, and its commands:
         make test ARGS="tests/workflows --record-histories"
     (a path that has changed is written as <path>.2.json, .3.json …; what is there is never written over)
  3. read the change of tests/histories/commands.txt, and commit all of it together.
A change within rules/ that makes no other steps needs none of this. See docs/changing-workflows.md.
"""

_COMMANDS = {
    EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: "activity",
    EventType.EVENT_TYPE_MARKER_RECORDED: "patch",
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "search attributes",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "end",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "continued as new",
}
_OF_THIS_RUN = re.compile(r"(AP|SW)\d{2}[LKF]\d+ ?|\d{4}-\d{2}-\d{2} \d{2}:\d{2} ?|(?<=履歴 )\d+")


def fingerprint(history: WorkflowHistory) -> list[str]:
    """List the commands of a run: what kind, and its summary without numbers and dates.

    A step that is tried again counts once, also where it goes on as an activity, and of the looks at the row only the
    first: a clock that a test moves in the middle of a step makes others.
    """
    done = (event for event in history.events if event.event_type in _COMMANDS)
    commands = [f"{_kind(event)} {_summary(event)}".rstrip() for event in done]
    first, *others = commands
    return [line for line, _ in groupby([first, *(line for line in others if line != first)])]


def stored_fingerprints() -> dict[str, list[str]]:
    """Read the committed commands by their path."""
    paths: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in FINGERPRINTS.read_text().splitlines() if FINGERPRINTS.exists() else ():
        if line.startswith("  "):
            lines.append(line.strip())
        elif line:
            lines = paths.setdefault(line, [])
    return paths


def store_fingerprint(path: str, commands: list[str]) -> None:
    """Write the commands of one path, and leave the others."""
    paths = stored_fingerprints() | {path: commands}
    blocks = (name + "\n" + "".join(f"  {line}\n" for line in paths[name]) for name in sorted(paths))
    FINGERPRINTS.write_text("\n".join(blocks))


def difference(path: str, commands: list[str]) -> str:
    """Say what a run did otherwise than its path's committed commands, and how to mend it."""
    stored = stored_fingerprints().get(path, [])
    if commands == stored:
        return ""
    lines = difflib.unified_diff(stored, commands, f"{path}, committed", f"{path}, now", lineterm="")
    return "\n".join([*lines, HOW_TO_MEND])


def _kind(event: HistoryEvent) -> str:
    return "step" if is_step(event) or went_on(event) else _COMMANDS[event.event_type]


def _summary(event: HistoryEvent) -> str:
    payload = event.user_metadata.summary
    if not payload.data:
        return ""
    (text,) = pydantic_data_converter.payload_converter.from_payloads([payload])
    return _OF_THIS_RUN.sub("", text)
