"""Processor time of processes, as Linux counts it."""

import os
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def processor_seconds(pid: int) -> float:
    """Tell the processor seconds that a process and all it started have used so far."""
    times, parents = _running()
    family = {pid}
    while children := {child for child, parent in parents.items() if parent in family} - family:
        family |= children
    return sum(times.get(process, 0.0) for process in family)


def _running() -> tuple[dict[int, float], dict[int, int]]:
    times: dict[int, float] = {}
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            parents[int(entry.name)] = int(after_name[1])
            # own time and that of children that were waited for, in user mode and in the kernel
            times[int(entry.name)] = sum(map(int, after_name[11:15])) * _TICK
    return times, parents
