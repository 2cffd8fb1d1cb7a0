"""Whether all records say the same: the read model, the 案件履歴, Temporal and the grid operators."""

import time
from collections.abc import Callable
from datetime import timedelta

from grid_client.client import GridClient
from models.cases.queries import all_cases, open_cases
from models.database import Database
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.records.differences import Comparison, Difference, Uncompared
from usecases.records.with_grid import differences_with_grid
from usecases.records.with_history import differences_with_history
from usecases.records.with_temporal import differences_with_temporal


def reconcile(
    *,
    actor: Operator,
    database: Database,
    grid: GridClient,
    ended_too: bool = False,
    again_after: timedelta = timedelta(seconds=10),
    wait: Callable[[float], None] = time.sleep,
) -> Comparison:
    """List what differs now and differed a while before: what moves meanwhile differs once only.

    What could not be compared, at one of the two looks, is told beside it.

    :param ended_too: compare the history of cases that have ended as well, which takes its time.
    :param again_after: how long the while is (real time).
    """
    demand(UseCase.RECONCILE, capacity=actor.capacity, segment=None)
    differing, uncompared = _look(database, grid, ended_too=ended_too)
    if differing:
        wait(again_after.total_seconds())
        differing_again, uncompared_again = _look(database, grid, ended_too=ended_too)
        differing, uncompared = differing & differing_again, uncompared | uncompared_again
    return Comparison(sorted(differing), sorted(uncompared))


def _look(database: Database, grid: GridClient, *, ended_too: bool) -> tuple[set[Difference], set[Uncompared]]:
    with database.transaction() as session:
        numbers = all_cases(session) if ended_too else open_cases(session)
    differences = [
        *differences_with_history(database, case_numbers=numbers),
        *differences_with_temporal(database),
        *differences_with_grid(database, grid),
    ]
    differing = {difference for difference in differences if isinstance(difference, Difference)}
    return differing, {uncompared for uncompared in differences if isinstance(uncompared, Uncompared)}
