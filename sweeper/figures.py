"""Figures of the sweeper: what waits to be delivered to the cases' workflows, and what Temporal says is wrong."""

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import asdict

from models.bulk.standing import OpenFile
from models.cases.queries import ForOperator
from models.handovers import Backlog
from models.records.sealing import Waiting
from rules.bulk.progress import FileState
from runtime.monitoring import Counter, Gauge

OPEN = Gauge("hub_deliveries_open", "Cases with something stored that has not reached their workflow.")
OLDEST = Gauge("hub_deliveries_oldest_seconds", "How long the oldest of it has waited.")
STUCK = Gauge("hub_deliveries_stuck", "Cases whose delivery failed several times in a row.")
DELIVERIES = Counter("hub_deliveries", "Deliveries of the sweeper by outcome.", ["outcome"])
POLLS = Counter("hub_watch_polls", "Status polls of areas by outcome.", ["area", "outcome"])
IN_TROUBLE = Gauge("hub_cases_in_trouble", "Cases whose workflow fails again and again at the same place.")
FOR_OPERATOR = Gauge("hub_cases_for_operator", "Cases that wait for the hub operator, by what for.", ["reason"])
WITHOUT_WORKER = Gauge("hub_queue_without_worker", "1 where no worker asks a queue for work.", ["queue"])

FILES = Gauge("hub_bulk_files", "Bulk files that have not ended, by their state.", ["state"])
FILE_ROWS_LEFT = Gauge("hub_bulk_rows_left", "Rows of confirmed bulk files that have no answer yet.")
FILES_STILL = Gauge("hub_bulk_still_seconds", "For how long the running bulk file that stands still longest has.")

WITHOUT_WORKFLOW = Gauge("hub_cases_without_workflow", "Open cases without a workflow that could not be given one.")
WITHOUT_CASE = Gauge("hub_workflows_without_case", "Workflows that run although their case has ended or is not there.")
UNSEALED = Gauge("hub_records_unsealed", "Records of reads and changes that are not sealed yet.")
UNSEALED_OLDEST = Gauge("hub_records_unsealed_oldest_seconds", "How long the oldest of them has waited.")
UNTOLD = Counter("hub_watch_untold", "Cases that could not be told news at once; they are told later.")


def show_for_operator(counts: ForOperator) -> None:
    """Show what waits for the hub operator."""
    for reason, count in asdict(counts).items():
        FOR_OPERATOR.labels(reason).set(count)


def show_files(files: Iterable[OpenFile], *, still_for: float) -> None:
    """Show how bulk files stand.

    :param still_for: seconds.
    """
    in_state, left = Tally[FileState](), 0
    for file in files:
        in_state[file.state] += 1
        left += file.left if file.confirmed else 0
    for state in FileState:
        if not state.ended:
            FILES.labels(state.value).set(in_state[state])
    FILE_ROWS_LEFT.set(left)
    FILES_STILL.set(still_for)


def show(backlog: Backlog) -> None:
    OPEN.set(backlog.open)
    OLDEST.set(backlog.oldest.total_seconds())
    STUCK.set(backlog.stuck)


def show_unsealed(waiting: Waiting) -> None:
    """Show what is on record and not sealed."""
    UNSEALED.set(waiting.rows)
    UNSEALED_OLDEST.set(waiting.age.total_seconds())
