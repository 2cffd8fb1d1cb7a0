"""Connections that are held: many of them, by one thread, at the cost of next to nothing."""

import selectors
import ssl
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from socket import socket

from tools.siege.target import Assault, Prepared, Target

_ROUND = 0.05
"""Seconds between two looks at all connections."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How each of a crowd behaves."""

    opened: Callable[[Target], socket]
    says: Callable[[Target], bytes] = lambda target: b""
    """What it says at once."""
    drips: Callable[[Target], bytes] = lambda target: b""
    """What it says afterwards, a piece at a time, over and over."""
    piece: int = 1
    every: float = 1.0
    """Seconds between two pieces."""
    reads: bool = True
    """False where it never takes an answer, nor hears that it is to go."""


@dataclass
class _Held:
    line: socket
    next_at: float
    said: int = 0


@dataclass
class _Crowd:
    manner: Manner
    target: Target
    seen: Counter[str] = field(default_factory=Counter)
    held: dict[int, _Held] = field(default_factory=dict)
    waiting: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def open(self) -> None:
        try:
            line = self.manner.opened(self.target)
            said = self.manner.says(self.target)
            if said:
                line.sendall(said)
            line.setblocking(False)
        except OSError:
            self.seen["not let in"] += 1
            return
        self.seen["opened"] += 1
        self.held[line.fileno()] = _Held(line, time.monotonic() + self.manner.every)
        if self.manner.reads:
            self.waiting.register(line, selectors.EVENT_READ)

    def read(self, *, within: float) -> None:
        for key, _ in self.waiting.select(within):
            line = self.held[key.fd].line
            try:
                piece = line.recv(65_536)
            except (ssl.SSLWantReadError, BlockingIOError):
                continue
            except OSError:
                piece = b""
            if not piece:
                self.drop(key.fd)

    def drip(self) -> None:
        drips, now = self.manner.drips(self.target), time.monotonic()
        due = [number for number, one in self.held.items() if drips and one.next_at <= now]
        for number in due:
            one = self.held[number]
            at = one.said % len(drips)
            try:
                one.line.send(drips[at : at + self.manner.piece])
            except (ssl.SSLWantWriteError, BlockingIOError):
                continue
            except OSError:
                self.drop(number)
                continue
            one.said += self.manner.piece
            one.next_at += self.manner.every

    def drop(self, number: int) -> None:
        self.seen["sent away"] += 1
        one = self.held.pop(number)
        if self.manner.reads:
            self.waiting.unregister(one.line)
        one.line.close()


def hold(manner: Manner, *, count: int, a_second: float) -> Assault:
    """Open so many connections, so many a second, and keep them; who is sent away comes again."""

    def assault(target: Target) -> Prepared:
        return partial(_hold, manner, target, count, a_second)

    return assault


def _hold(manner: Manner, target: Target, count: int, a_second: float, seconds: float) -> Counter[str]:
    crowd = _Crowd(manner, target)
    began, tries = time.monotonic(), 0
    while (passed := time.monotonic() - began) < seconds:
        if len(crowd.held) >= count:
            tries = int(passed * a_second)  # what was not needed is not made up for
        while len(crowd.held) < count and tries < min(time.monotonic() - began, seconds) * a_second:
            crowd.open()  # may be kept waiting, and then makes up for what it missed
            tries += 1
            if time.monotonic() - began > seconds:
                break
        crowd.drip()
        crowd.read(within=_ROUND)
        time.sleep(_ROUND / 5)
    crowd.seen["held at the end"] = len(crowd.held)
    return crowd.seen
