"""Waking the open cases: after the business clock was moved, or after a store was restored.

Each open case looks at its row and at the business time anew; one without a workflow gets one.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from structlog.contextvars import bound_contextvars

from models.cases.queries import open_cases
from models.clock import business_now, move_clock
from models.database import Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from runtime.logs import logger
from runtime.traces import span
from temporal.gateway import CaseNotRunning, TemporalAway
from temporal.runs import start_run
from usecases.actors import Operator
from usecases.hub import Systems
from usecases.recorders import record_change

SIDE_BY_SIDE = 16
"""How many cases are woken at the same time."""
FURTHEST_MOVE = timedelta(days=3660)
"""So that days that are reckoned from the moved clock stay in reach."""

_log = logger(__name__)


@dataclass(frozen=True)
class Woken:
    """Which open cases looked at their rows anew."""

    reached: list[str]
    missed: list[str]


@dataclass(frozen=True, kw_only=True)
class ClockMoveRequest:
    """How far the business clock is to move."""

    by: timedelta


@dataclass(frozen=True)
class ClockMove:
    """What moving the business clock will do."""

    now: datetime
    then: datetime
    open_cases: int
    """All of their deadlines in between will come."""


def wake_cases(*, actor: Operator, hub: Systems) -> Woken:
    """Wake all open cases."""
    demand(UseCase.WAKE, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        cases = open_cases(session)
    with ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="wake") as threads:
        reached = dict(zip(cases, threads.map(lambda number: _wake(hub, number), cases), strict=True))
    return Woken(
        reached=[number for number, was_reached in reached.items() if was_reached],
        missed=[number for number, was_reached in reached.items() if not was_reached],
    )


def preview_clock_move(request: ClockMoveRequest, *, actor: Operator, hub: Systems) -> ClockMove:
    """Tell what moving the business clock will do."""
    demand(UseCase.MOVE_CLOCK, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        now, cases = business_now(session), open_cases(session)
    return ClockMove(now, now + request.by, len(cases))


def move_clock_and_wake(request: ClockMoveRequest, *, actor: Operator, hub: Systems) -> Woken:
    """Move the business clock (test environments only), and wake all open cases.

    :raises ClockOnlyGrows: when the clock would not move on.
    """
    demand(UseCase.MOVE_CLOCK, capacity=actor.capacity, segment=None)

    def move(session: Session) -> datetime:
        now = move_clock(session, by=request.by)
        record_change(session, UseCase.MOVE_CLOCK, actor=actor, subject="", what=str(request.by))
        return now

    now = hub.database.run(move)
    _log.info("clock-moved", business_time=now.isoformat())
    return wake_cases(actor=actor, hub=hub)


def _wake(hub: Systems, case_number: str) -> bool:
    with bound_contextvars(case_number=case_number), span("wake"):
        try:
            try:
                hub.gateway.look_again(case_number)
            except CaseNotRunning:
                start_run(database=hub.database, gateway=hub.gateway, case_number=case_number)
        except TemporalAway:
            return False
        except Exception as error:  # of this case alone; the others are to be woken
            _log.error("waking-broken", exc_info=error)
            return False
        return True
