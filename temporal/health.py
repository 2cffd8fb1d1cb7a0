"""What several processes look at when they are asked how they are."""

from models.database import Database
from models.health import database_check
from runtime.monitoring import Check
from temporal.questions import ask_temporal

_WITHIN = 3.0
"""Seconds Temporal is given to answer."""


def usual_checks(database: Database) -> tuple[Check, Check]:
    """Make the checks of a process that uses the database, and Temporal if it is there.

    Without Temporal nothing that is stored is lost, so a process is not unwell for that.
    """
    return database_check(database), Check("temporal", "Temporal", _ask_temporal, needed=False)


def _ask_temporal() -> None:
    async def nothing(client: object) -> None:
        """Do nothing: connecting is the question."""

    ask_temporal(nothing, within=_WITHIN)
