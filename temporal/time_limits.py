"""How long one try of a case's activities may take, as the worker's settings say.

They are no part of what a workflow decides: a replay does not compare them, so they may change while cases run.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class TimeLimits:
    """After so long a try counts as lost, with its worker or on its way, and is made again."""

    step: timedelta = timedelta(seconds=10)
    """For a database step."""
    at_once: timedelta = timedelta(seconds=2)
    """For a database step within its workflow task, waiting for its turn included; then it goes on as an activity. What
    is told the case meanwhile waits."""
    call: timedelta = timedelta(seconds=60)
    """For a call to a grid operator: asking for the status first and then calling, each with its own limits."""


_chosen = TimeLimits()


def use_time_limits(limits: TimeLimits) -> None:
    """Set the limits of this process; its workflows take them from the next activity on."""
    global _chosen
    _chosen = limits


def time_limits() -> TimeLimits:
    """Give the limits of this process."""
    return _chosen
