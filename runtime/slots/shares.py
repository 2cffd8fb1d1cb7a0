"""What one caller, one target and all relaying may hold of a server's slots: the rule, without the memory.

A server has one slot for each of its threads, in as many processes as it runs. A request holds one for its caller;
while it waits for another system, that slot is relayed to this target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Slot(NamedTuple):
    """One thread of a process, and what it is busy with."""

    process: int
    started: int
    """When the process was: another may be given its number."""
    caller: bytes = b""
    """Whose request it works on; empty while it is free."""
    target: bytes = b""
    """Which other system it waits for; empty while it works by itself."""


class Hindrance(StrEnum):
    """Whose share a slot would go beyond."""

    CALLER = "caller"
    TARGET = "target"
    RELAYING = "relaying"


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Parts of the whole, each above 0 and at most 1. A share is never less than one slot."""

    caller: float
    """Of all slots that one caller may hold; and of those for relaying, and of those for one target."""
    target: float
    """Of all slots that may wait for one target."""
    relaying: float
    """Of a process's slots that may wait for targets at all: the others are always there for its own work."""


def hindrance_to_begin(held: int, whole: int, shares: Shares) -> Hindrance | None:
    """Say whether a caller holds one too many.

    :param held: its slots in all processes, the one it wants among them.
    :param whole: how many there are, free ones too.
    """
    return Hindrance.CALLER if held > _part(shares.caller, whole) else None


def hindrance_to_relay(wanted: Slot, slots: Sequence[Slot], shares: Shares) -> Hindrance | None:
    """Say whether one too many waits for a target, by whichever share is used up.

    :param slots: all of the server's, free ones too, ``wanted`` among them.
    """
    own = sum(slot.process == wanted.process for slot in slots)
    for_all, for_target = _part(shares.relaying, len(slots)), _part(shares.target, len(slots))
    relayed = [slot for slot in slots if slot.target]
    of_caller = [slot.target for slot in relayed if slot.caller == wanted.caller]
    if len(of_caller) > _part(shares.caller, for_all):
        return Hindrance.CALLER
    if of_caller.count(wanted.target) > _part(shares.caller, for_target):
        return Hindrance.CALLER
    if sum(slot.target == wanted.target for slot in relayed) > for_target:
        return Hindrance.TARGET
    if sum(slot.process == wanted.process for slot in relayed) > _part(shares.relaying, own):
        return Hindrance.RELAYING
    return None


def _part(share: float, whole: int) -> int:
    return max(1, int(share * whole))
