"""Whether an exception says that the database is away, for those who know no SQLAlchemy."""

import psycopg2
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

_READ_ONLY = "25006"
"""A server that has become a standby, or one that is told to take no writes."""


def database_is_away(problem: BaseException) -> bool:
    """Tell whether the same may succeed once the database is back: it was not reached, gave up, or takes no writes.

    What was begun was not committed, or was committed as a whole.
    """
    if isinstance(problem, OperationalError | NoConnectionFree | InvalidatePoolError | psycopg2.OperationalError):
        return True
    if not isinstance(problem, DBAPIError):
        return False
    return problem.connection_invalidated or getattr(problem.orig, "pgcode", None) == _READ_ONLY
