"""Waiting for something to become true, and no longer than that."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def until(
    look: Callable[[], Found | None],
    *,
    within: float = 20.0,
    every: float = 0.1,
    instead: Callable[[], object] = lambda: None,
) -> Found:
    """Look again and again until something is found, and give it.

    ``instead`` is what a failure shows.
    """
    end = time.monotonic() + within
    while True:
        value = look()
        if value:
            return value
        assert time.monotonic() < end, f"it did not come in time: {instead()}"
        time.sleep(every)
