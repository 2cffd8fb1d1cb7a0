"""Whether all records say the same: the read model, the 案件履歴, Temporal and the grid operators."""

import time
from collections.abc import Callable
from datetime import timedelta

from grid_client.client import GridClient
from models.cases.queries import all_cases, open_cases
from models.database import Database
from upkeep.differences import Difference, Findings, Uncompared
from upkeep.with_grid import differences_with_grid
from upkeep.with_history import differences_with_history
from upkeep.with_temporal import differences_with_temporal


def reconcile(
    database: Database,
    grid: GridClient,
    *,
    ended_too: bool = False,
    again_after: timedelta = timedelta(seconds=10),
    wait: Callable[[float], None] = time.sleep,
) -> Findings:
    """List what differs now and differed a while before: what moves meanwhile differs once only.

    What could not be compared, at one of the two looks, is told beside it.

    :param ended_too: compare the history of cases that have ended as well, which takes its time.
    :param again_after: how long the while is (real time).
    """
    found, uncompared = _look(database, grid, ended_too=ended_too)
    if found:
        wait(again_after.total_seconds())
        again, uncompared_again = _look(database, grid, ended_too=ended_too)
        found, uncompared = found & again, uncompared | uncompared_again
    return Findings(sorted(found), sorted(uncompared))


def _look(database: Database, grid: GridClient, *, ended_too: bool) -> tuple[set[Difference], set[Uncompared]]:
    with database.transaction() as session:
        numbers = all_cases(session) if ended_too else open_cases(session)
    found = [
        *differences_with_history(database, case_numbers=numbers),
        *differences_with_temporal(database),
        *differences_with_grid(database, grid),
    ]
    return {one for one in found if isinstance(one, Difference)}, {one for one in found if isinstance(one, Uncompared)}
