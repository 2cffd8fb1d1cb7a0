"""All tests but those with a target of their own, several rooms side by side.

``python -m tests.run_rooms 4`` runs up to four processes. Each takes rooms that need the same servers, and starts those
once; it collects and compiles no other room's tests. Of what passed its last line is shown, of the rest everything.

By hand, as rooms share servers that pytest-xdist would start for each of its workers, and it wants the same order of
collection in all of them. Measured on five rooms and two processes: 104 s by rooms, 95 s by xdist (files dealt out).
"""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.support import left_running

ROOT = Path(__file__).parents[1]
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("e2e",),
    ("soap_api", "usecases"),
    ("workflows", "activities"),
    ("web", "mail"),
    (),  # all others
    ("deploy",),
    ("sweeper", "temporal", "upkeep"),
    ("models", "grid_stub", "grid_client"),
)
"""Rooms that one process takes, those that take longest first, and before the rest the one that waits most: what comes
last keeps the processors busy to the end."""
OWN_TARGETS = ("bench", "browser", "clients", "faults", "survival")
"""Rooms that are heavier, each with a target of its own in the Makefile."""

_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|xfailed|xpassed|errors?)\b")


@dataclass(frozen=True)
class Outcome:
    """What came of some rooms."""

    rooms: tuple[str, ...]
    status: int
    output: str

    @property
    def last_line(self) -> str:
        """The one in which pytest sums up."""
        lines = self.output.strip().splitlines()
        return lines[-1].strip("= ") if lines else "no output"


def groups() -> tuple[tuple[str, ...], ...]:
    """List all rooms with tests, as the processes take them."""
    named = {room for together in TOGETHER for room in together} | set(OWN_TARGETS)
    others = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").glob("*/**/test_*.py")} - named
    return tuple(rooms or tuple(sorted(others)) for rooms in TOGETHER)


def run(rooms: tuple[str, ...]) -> Outcome:
    """Run the tests of some rooms in a process of their own."""
    command = [sys.executable, "-m", "pytest", "-q", *(f"tests/{room}" for room in rooms)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(rooms, done.returncode, done.stdout)


def run_all(processes: int) -> Iterator[Outcome]:
    """Run everything, and give what came of it as it ends."""
    with ThreadPoolExecutor(processes) as threads:
        for ended in as_completed([threads.submit(run, rooms) for rooms in groups()]):
            yield ended.result()


def main(processes: int) -> int:
    """Run everything, say what came of it, and give the exit status."""
    left_running.watch()
    began, failed, counts = time.monotonic(), False, Counter[str]()
    for outcome in run_all(processes):
        failed = failed or outcome.status != 0
        counts.update({kind: int(count) for count, kind in _COUNTS.findall(outcome.last_line)})
        _say(f"{', '.join(outcome.rooms)}: {outcome.last_line}" if outcome.status == 0 else outcome.output)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    _say(f"{'FAILED' if failed else 'ok'}: {told} in {time.monotonic() - began:.0f}s")
    return 1 if failed else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
