"""Taking a slot for a request, and waiting a moment for one where there is none."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import NamedTuple, Protocol, TypeVar

from runtime.slots import figures
from runtime.slots.board import NoSlot, Row, SlotBoard
from runtime.slots.shares import Hindrance, Shares, Slot, hindrance_to_begin, hindrance_to_relay

_LOOK_EVERY = 0.02
"""Seconds between two looks of who waits, at most."""

T = TypeVar("T")


class Slots(Protocol):
    """What a request takes its slot from."""

    def begun(self, caller: str) -> AbstractContextManager[None]:
        """Hold a slot for a caller over a block.

        :raises NoSlot: where none comes free in a short time.
        """
        ...

    def relayed(self, *, caller: str, target: str) -> AbstractContextManager[None]:
        """Count the request's slot as waiting for a target over a block; take one first where it has none.

        :raises NoSlot: where none comes free in a short time.
        """
        ...


class PlentyOfSlots:
    """The slots of a process that does one thing at a time."""

    def begun(self, caller: str) -> AbstractContextManager[None]:
        """Let everybody begin."""
        return nullcontext()

    def relayed(self, *, caller: str, target: str) -> AbstractContextManager[None]:
        """Let everybody wait for everything."""
        return nullcontext()


class _Held(NamedTuple):
    row: Row
    caller: bytes


_held: ContextVar[_Held | None] = ContextVar("held_slot", default=None)
"""The slot of the request that this thread works on."""


class SharedSlots:
    """The slots of one server, in as many processes as it runs."""

    def __init__(self, board: SlotBoard, *, shares: Shares, patience: float, most_waiting: int) -> None:
        """Describe them.

        :param patience: seconds for which a request waits for a slot.
        :param most_waiting: threads of a process that may wait so at a time; whoever comes then hears no at once.
        """
        self._board = board
        self._shares = shares
        self._patience = patience
        self._most_waiting = most_waiting
        self._waiting = 0
        self._lock = threading.Lock()
        figures.show(board)

    @contextmanager
    def begun(self, caller: str) -> Iterator[None]:
        """Hold a slot for a caller over a block."""
        code = caller.encode()
        row = self._patiently(lambda: self._board.take(code, judge=self._to_begin))
        before = _held.set(_Held(row, code))
        try:
            yield
        finally:
            _held.reset(before)
            self._board.give_back(row)

    @contextmanager
    def relayed(self, *, caller: str, target: str) -> Iterator[None]:
        """Count the request's slot as waiting for a target over a block."""
        held = _held.get()
        if held is None:
            with self.begun(caller), self.relayed(caller=caller, target=target):
                yield
            return
        row, code, line = held.row, held.caller, target.encode()
        self._patiently(lambda: self._board.relay(row, code, line, judge=self._to_relay))
        try:
            yield
        finally:
            self._board.return_from(row, code)

    def _to_begin(self, held: int, whole: int) -> Hindrance | None:
        return hindrance_to_begin(held, whole, self._shares)

    def _to_relay(self, slot: Slot, slots: list[Slot]) -> Hindrance | None:
        return hindrance_to_relay(slot, slots, self._shares)

    @property
    def waiting(self) -> int:
        """How many threads of this process wait for a slot."""
        return self._waiting

    def _patiently(self, take: Callable[[], T]) -> T:
        try:
            return take()
        except NoSlot as none:
            hindrance = none.hindrance
        with self._place_to_wait() as may_wait:
            end = time.monotonic() + (self._patience if may_wait else 0)
            while time.monotonic() < end:
                time.sleep(_LOOK_EVERY * random.uniform(0.5, 1.0))  # noqa: S311  # or two step back together
                with suppress(NoSlot):
                    return take()
        figures.REFUSED.labels(hindrance or "threads").inc()
        raise NoSlot(hindrance)

    @contextmanager
    def _place_to_wait(self) -> Iterator[bool]:
        with self._lock:
            may_wait = self._waiting < self._most_waiting
            self._waiting += may_wait
        try:
            yield may_wait
        finally:
            with self._lock:
                self._waiting -= may_wait
