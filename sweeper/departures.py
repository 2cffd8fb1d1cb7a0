"""Retailers that take part no longer (事業者一覧): the deadlines of their cases stand still, and people hear of it.

No deadline waits for this: one that rings first is held back where it is written (``models.cases.departures``). Looking
sees to it that the screens say so, and that the hub operator is alarmed, from the day after the last one on.
"""

import threading
from functools import partial

from models.cases.departures import cases_left, suspend_left
from models.database import Database, DatabaseAway
from runtime.logs import logger

EVERY = 15.0
"""Seconds between two looks."""

_log = logger(__name__)


def watch_leaving(stop: threading.Event, *, database: Database, every: float = EVERY) -> None:
    """Look until ``stop`` is set."""
    while not stop.wait(every):
        try:
            stand_still(database)
        except Exception as error:
            _log.error("database-away", exc_info=error)


def stand_still(database: Database) -> list[str]:
    """Have the deadlines of all cases stand still whose retailer takes part no longer; give their numbers.

    What is stored reaches their workflows as anything else that is stored (the sweeper).
    """
    with database.transaction() as session:
        case_numbers = cases_left(session)
    suspended = []
    for case_number in case_numbers:
        try:
            stands_still = database.run(partial(suspend_left, case_number=case_number))
        except DatabaseAway:
            raise
        except Exception as error:  # of this case alone; the others are to stand still
            _log.error("retailer-left-unclear", case_number=case_number, exc_info=error)
        else:
            suspended += [case_number] if stands_still else []
    if suspended:
        _log.error("retailer-left", count=len(suspended), cases=suspended[:20])
    return suspended
