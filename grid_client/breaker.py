"""A circuit breaker: after so many failures in a row nobody waits for a slow or absent grid operator for a while.

A state and what becomes of it, with time passed in; :mod:`grid_client.guarded` keeps one for each area.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class BreakerRules:
    """When it opens, and for how long."""

    failures: int
    """So many in a row open it, of calls without an answer and of answers that came too slowly."""
    pause: float
    """Seconds until one call may try again."""
    slow: float
    """Seconds above which an answer counts as a failure: who waits for it holds a slot all the while."""


@dataclass(frozen=True)
class Breaker:
    """Where it stands: closed, open until a moment, or open with one call trying."""

    failures: int = 0
    open_until: float | None = None
    """Moment in seconds from which a call may try; None while it is closed."""


def let_through(breaker: Breaker, *, now: float, rules: BreakerRules) -> tuple[bool, Breaker]:
    """Say whether a call may be made, and what becomes of the breaker.

    Once the pause is over one call tries, and the others go on hearing no until it has come back or the next
    pause is over too.

    :param now: seconds of a clock that never goes back.
    """
    if breaker.open_until is None:
        return True, breaker
    if now < breaker.open_until:
        return False, breaker
    return True, replace(breaker, open_until=now + rules.pause)


def answered(breaker: Breaker, *, took: float, now: float, rules: BreakerRules) -> Breaker:
    """Close the breaker: the grid operator answered, whatever it said; unless it took too long.

    :param took: seconds.
    """
    return failed(breaker, now=now, rules=rules) if took > rules.slow else Breaker()


def failed(breaker: Breaker, *, now: float, rules: BreakerRules) -> Breaker:
    """Count a call that brought no answer, or none in time, and open the breaker where that is one too many."""
    failures = breaker.failures + 1
    return Breaker(failures, now + rules.pause if failures >= rules.failures else None)
