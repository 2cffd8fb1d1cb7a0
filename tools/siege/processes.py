"""The processes of a part: which they are, what memory they hold, and whether one has gone."""

from pathlib import Path

_KIB = 1024


def family(pid: int) -> tuple[int, ...]:
    """Give the ids of a process and of all below it."""
    try:
        children = [
            child for found in Path(f"/proc/{pid}/task").glob("*/children") for child in found.read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return (pid,)
    return (pid, *sorted(below for child in children for below in family(int(child))))


def resident(pids: tuple[int, ...]) -> float:
    """Sum up the MiB that processes hold."""
    return sum(map(_resident, pids))


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / _KIB
