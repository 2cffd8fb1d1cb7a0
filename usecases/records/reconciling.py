"""Whether all records say the same: the read model, the 案件履歴, Temporal and the grid operators."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from models.cases.queries import all_cases, open_cases
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.hub import Systems
from usecases.records.differences import Comparison, Difference, Uncompared
from usecases.records.with_grid import differences_with_grid
from usecases.records.with_history import differences_with_history
from usecases.records.with_temporal import differences_with_temporal


@dataclass(frozen=True, kw_only=True)
class ReconcilingRequest:
    """How thoroughly records are compared."""

    ended_too: bool = False
    """Compare the history of cases that have ended as well, which takes its time."""
    again_after: timedelta = timedelta(seconds=10)
    """How long after the first look the second is taken (real time)."""


def reconcile(
    request: ReconcilingRequest, *, actor: Operator, hub: Systems, wait: Callable[[float], None] = time.sleep
) -> Comparison:
    """List what differs now and differed a while before: what moves meanwhile differs once only.

    What could not be compared, at one of the two looks, is told beside it.
    """
    demand(UseCase.RECONCILE, capacity=actor.capacity, segment=None)
    differing, uncompared = _look(hub, ended_too=request.ended_too)
    if differing:
        wait(request.again_after.total_seconds())
        differing_again, uncompared_again = _look(hub, ended_too=request.ended_too)
        differing, uncompared = differing & differing_again, uncompared | uncompared_again
    return Comparison(sorted(differing), sorted(uncompared))


def _look(hub: Systems, *, ended_too: bool) -> tuple[set[Difference], set[Uncompared]]:
    with hub.database.transaction() as session:
        numbers = all_cases(session) if ended_too else open_cases(session)
    differences = [
        *differences_with_history(hub.database, case_numbers=numbers),
        *differences_with_temporal(hub.database),
        *differences_with_grid(hub.database, hub.grid),
    ]
    differing = {difference for difference in differences if isinstance(difference, Difference)}
    return differing, {uncompared for uncompared in differences if isinstance(uncompared, Uncompared)}
