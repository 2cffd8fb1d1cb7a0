"""Where the processes of one server see each other's slots: a small file that all of them map.

Each process writes its own rows alone, one for each of its threads, and reads those of all. There is no lock between
processes: a thread writes down what it wants and then looks, so that of two that want the last slot at least one sees
the other and steps back. A process that ends, however, takes its rows with it: they count only while it lives.
"""

import fcntl
import mmap
import os
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from weakref import finalize

from runtime.slots.shares import Hindrance, Slot

_HEAD = struct.Struct("=8sI")
"""Version of the file, and how many of its rows have ever been in use."""
_VERSION = b"slots 01"
_ROW = struct.Struct("=IQ16p16p")
"""As :class:`Slot` has it."""
_TEXT = struct.Struct("=16p")
_BUSY = struct.Struct("=16p16p")
_BUSY_OFFSET = _ROW.size - _BUSY.size
_FREE = _BUSY.pack(b"", b"")
MOST_ROWS = 1024
_SIZE = _HEAD.size + MOST_ROWS * _ROW.size

_LOOK_AGAIN = 1.0
"""Seconds for which a process that was alive is believed to be so."""

Row = int

JudgeOfCaller = Callable[[int, int], Hindrance | None]
"""Says whether so many slots of one caller, the new one with them, are too many of so many in all."""
Judge = Callable[[Slot, list[Slot]], Hindrance | None]
"""Says whether a slot is one too many among all, itself with them."""


class NoSlot(Exception):
    """A slot would be one too many just now; of two that look at once, both may be told so."""

    def __init__(self, hindrance: Hindrance | None) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance
        """Whose share is used up; None where every thread of the process is taken."""


class BoardFull(Exception):
    """The processes have more threads together than the board has rows."""


class SlotBoard:
    """One process's view of the board. Made before a fork, it serves each child as a process of its own."""

    def __init__(self, *, threads: int, file: Path | None = None) -> None:
        """Open it, and make it where it is not there yet.

        :param threads: of each process; so many rows it has.
        :param file: the server's own; None where its processes are forked from one that has the board already.
        :raises OSError: where the file cannot be opened.
        """
        self._threads = threads
        self._file = os.memfd_create("slots") if file is None else os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        finalize(self, os.close, self._file)
        self._make_whole()
        self._memory = mmap.mmap(self._file, _SIZE)
        self._lock = threading.Lock()
        self._process = self._started = 0
        self._free: deque[Row] = deque()
        self._dead: set[tuple[int, int]] = set()
        self._looked = 0.0

    def take(self, caller: bytes, *, judge: JudgeOfCaller) -> Row:
        """Take a slot for a caller.

        :raises NoSlot: where none is free, or ``judge`` has something against it.
        """
        self._join()
        try:
            row = self._free.popleft()
        except IndexError:
            raise NoSlot(None) from None
        _BUSY.pack_into(self._memory, row + _BUSY_OFFSET, caller, b"")
        with self._lock:  # also what makes other processors see the row before this one looks at theirs
            hindrance = judge(*self._held_by(caller))
            if hindrance is None:
                return row
            self.give_back(row)  # before another of this process looks: one of two gets the last slot
        raise NoSlot(hindrance)

    def relay(self, row: Row, caller: bytes, target: bytes, *, judge: Judge) -> None:
        """Note that a slot waits for a target from now on.

        :raises NoSlot: where ``judge`` has something against it; the slot stays taken.
        """
        _BUSY.pack_into(self._memory, row + _BUSY_OFFSET, caller, target)
        with self._lock:
            hindrance = judge(Slot(self._process, self._started, caller, target), self.slots())
            if hindrance is None:
                return
            self.return_from(row, caller)
        raise NoSlot(hindrance)

    def return_from(self, row: Row, caller: bytes) -> None:
        """Note that a slot works for its caller alone again."""
        _BUSY.pack_into(self._memory, row + _BUSY_OFFSET, caller, b"")

    def give_back(self, row: Row) -> None:
        """Free a slot."""
        self._memory[row + _BUSY_OFFSET : row + _ROW.size] = _FREE
        self._free.append(row)

    def slots(self) -> list[Slot]:
        """List those of all living processes, free ones too."""
        slots = list(map(Slot._make, _ROW.iter_unpack(self._rows())))
        return [slot for slot in slots if slot[:2] not in self._dead] if self._dead else slots

    def own(self) -> list[Slot]:
        """List those of this process."""
        self._join()
        return [slot for slot in self.slots() if slot.process == self._process]

    def _held_by(self, caller: bytes) -> tuple[int, int]:
        """Count a caller's slots, and all; without reading each row, as every request asks this."""
        rows = self._rows()
        if not self._dead:
            return rows.count(_TEXT.pack(caller)), len(rows) // _ROW.size
        slots = self.slots()
        return [slot.caller for slot in slots].count(caller), len(slots)

    def _rows(self) -> bytes:
        """Copy the rows that have ever been in use; look who has died, now and then."""
        _, used = _HEAD.unpack_from(self._memory)
        rows = self._memory[_HEAD.size : _HEAD.size + used * _ROW.size]
        now = time.monotonic()
        if now - self._looked > _LOOK_AGAIN:
            processes = {(process, started) for process, started, _, _ in _ROW.iter_unpack(rows)}
            self._dead = {each for each in processes if not _is_running(*each)}
            self._looked = now
        return rows

    def _join(self) -> None:
        """Take rows, once in the life of a process."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._take_rows(os.getpid())

    def _take_rows(self, process: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)  # the kernel gives it back, however the process ends
        try:
            self._make_whole()
            version, used = _HEAD.unpack_from(self._memory)
            if version != _VERSION:
                self._memory[:] = bytes(_SIZE)
                used = 0
            offsets = [_HEAD.size + number * _ROW.size for number in range(MOST_ROWS)]
            rows = [offset for offset in offsets if self._is_nobodys(offset)][: self._threads]
            if len(rows) < self._threads:
                raise BoardFull
            self._started = _start_of(process)
            for row in rows:
                _ROW.pack_into(self._memory, row, process, self._started, b"", b"")
            _HEAD.pack_into(self._memory, 0, _VERSION, max(used, offsets.index(rows[-1]) + 1))
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)
        self._free = deque(rows)
        self._process = process

    def _make_whole(self) -> None:
        """Give the file its size. Who cut it off has ended all that looked at it, so their successors see to it too."""
        if os.fstat(self._file).st_size < _SIZE:
            os.ftruncate(self._file, _SIZE)

    def _is_nobodys(self, offset: int) -> bool:
        process, started, _, _ = _ROW.unpack_from(self._memory, offset)
        return not _is_running(process, started)


def _is_running(process: int, started: int) -> bool:
    """Tell whether a process still runs; another that was given its number does not count."""
    return process != 0 and _start_of(process) == started


def _start_of(process: int) -> int:
    """Give when a process was started, in the kernel's own ticks; -1 where there is none."""
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()
        if fields[0] not in (b"Z", b"X"):
            return int(fields[19])
    return -1
