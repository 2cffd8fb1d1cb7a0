"""Holding signals back while something must not be left half done."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""By which a person or the system asks a process to end."""


@contextmanager
def held_back() -> Iterator[None]:
    """Let signals that ask for an end come only after the block."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is interrupted by them
        return
    received: list[int] = []
    before = {number: signal.signal(number, lambda number, frame: received.append(number)) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for signal_number in received:
        signal.raise_signal(signal_number)
