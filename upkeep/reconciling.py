"""Whether all records say the same: the read model, the 案件履歴, Temporal and the grid operators."""

import time
from collections.abc import Callable
from datetime import timedelta

from grid_client.client import GridClient
from models.cases.queries import all_cases, open_cases
from models.database import Database
from upkeep.differences import Difference
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
) -> list[Difference]:
    """This function will list what differs now and differed a while before: what moves meanwhile differs once only.

    :param ended_too: compare the history of cases that have ended as well, which takes its time.
    :param again_after: how long the while is (real time).
    :raises TemporalAway: when Temporal does not answer.
    :raises GridUnreachable: when a grid operator does not answer, GridFault: when one refuses.
    """
    first = _look(database, grid, ended_too=ended_too)
    if not first:
        return []
    wait(again_after.total_seconds())
    return sorted(first & _look(database, grid, ended_too=ended_too))


def _look(database: Database, grid: GridClient, *, ended_too: bool) -> set[Difference]:
    with database.transaction() as session:
        numbers = all_cases(session) if ended_too else open_cases(session)
    return {
        *differences_with_history(database, case_numbers=numbers),
        *differences_with_temporal(database),
        *differences_with_grid(database, grid),
    }
