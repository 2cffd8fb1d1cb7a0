"""When what has failed is tried again, as PostgreSQL reckons it, and how much is kept of why."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Interval, SQLColumnExpression, func

LONGEST_ERROR = 200
"""Letters of what went wrong."""
_MOST_DOUBLINGS = 20
"""What is longer than so many any limit has cut."""


def pause_after(failures: SQLColumnExpression[int], *, longest: timedelta) -> ColumnElement[timedelta]:
    """Give the pause after one more failure in a row: a second after the first, and each time twice as long.

    :param failures: how many there were before.
    """
    seconds = func.least(func.power(2, func.least(failures, _MOST_DOUBLINGS)), longest.total_seconds())
    return func.make_interval(0, 0, 0, 0, 0, 0, seconds, type_=Interval)
