"""Who keeps the parts running: starts anew what ended by itself, as a supervisor does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.stack.supervisor import Stack, UnableToStart
from tests.support.polling import until

_LOOK_EVERY = 0.2


@contextmanager
def kept_running(stack: Stack) -> Iterator[None]:
    """Start parts again that ended unasked, during the block and until all are well after it."""
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(_LOOK_EVERY):
            try:
                stack.revive()
            except UnableToStart:
                continue  # what is left of the last one is still in its way

    keeper = threading.Thread(target=keep, name="keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
        until(lambda: _all_are_well(stack), within=90)


def _all_are_well(stack: Stack) -> bool:
    stack.revive()
    return all(state.ready for state in stack.states())
