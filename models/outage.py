"""Whether an exception says that the database is away, for those who know no SQLAlchemy."""

import psycopg2
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from models.database import READ_ONLY, sqlstate_of

_AWAY = (
    OperationalError,
    NoConnectionFree,
    InvalidatePoolError,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,  # past sessions, what a connection says that is lost already
)


def database_is_away(problem: BaseException) -> bool:
    """Tell whether the same may succeed once the database is back: it was not reached, gave up, or takes no writes.

    What was begun was not committed, or was committed as a whole. One that takes no writes has become a standby, or is
    told so.
    """
    if isinstance(problem, _AWAY) or sqlstate_of(problem) == READ_ONLY:
        return True
    return isinstance(problem, DBAPIError) and problem.connection_invalidated
