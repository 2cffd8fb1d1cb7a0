"""What a process and its children cost, as Linux counts it; no clock, so a busy machine does not matter."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> tuple[int, ...]:
    """Give the ids of a process and of all below it."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    below = [family(int(child)) for found in children for child in found.read_text().split()]
    return (pid, *sorted(pid_below for ids in below for pid_below in ids))


def processor_seconds(pids: Iterable[int]) -> float:
    """Sum up the processor time that processes have used until now, with all their threads."""
    return sum(_ticks(pid) for pid in pids) / _TICKS


def _ticks(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = after_name[11:13]
    return int(user) + int(system)
