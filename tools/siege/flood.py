"""Requests at a rate: what is sent is made beforehand, and a caller that waits for its answer sends nothing."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from socket import socket
from typing import TypeVar

from tools.siege.lines import answer_on
from tools.siege.target import Assault, Prepared, Target

T = TypeVar("T")
Opened = Callable[[Target], socket]
Said = Callable[[Target], Sequence[bytes]]


def flood(opened: Opened, said: Said, *, a_second: float, callers: int = 4, kept: bool = True) -> Assault:
    """Send requests in turn, so many a second in all, from so many callers.

    :param kept: False where each request has a connection of its own.
    """

    def assault(target: Target) -> Prepared:
        requests = said(target)

        def call(line: socket | None, number: int) -> tuple[str, socket | None]:
            try:
                line = line or opened(target)
                line.sendall(requests[number % len(requests)])
                answer = answer_on(line)
            except OSError as problem:
                answer = type(problem).__name__
            if line is not None and not (kept and answer[:1].isdecimal()):
                line.close()
                line = None
            return answer, line

        return partial(_in_a_row, call, a_second, callers)

    return assault


def churn(act: Callable[[Target], str], *, a_second: float, callers: int = 2) -> Assault:
    """Do something short over and over, so many times a second in all; ``act`` names what came of it."""

    def assault(target: Target) -> Prepared:
        def call(line: None, number: int) -> tuple[str, None]:
            try:
                return act(target), None
            except OSError as problem:
                return type(problem).__name__, None

        return partial(_in_a_row, call, a_second, callers)

    return assault


def _in_a_row(
    call: Callable[[T | None, int], tuple[str, T | None]], a_second: float, callers: int, seconds: float
) -> Counter[str]:
    """Have so many callers at work side by side, each with what it keeps from call to call; add up what they saw."""
    began = time.monotonic()

    def caller(place: int) -> Counter[str]:
        seen: Counter[str] = Counter()
        kept: T | None = None
        due, number = began + place / a_second, place
        while due < began + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            answer, kept = call(kept, number)
            seen[answer] += 1
            due, number = max(due + callers / a_second, time.monotonic()), number + callers
        return seen

    with ThreadPoolExecutor(callers) as threads:
        return sum(threads.map(caller, range(callers)), Counter())
