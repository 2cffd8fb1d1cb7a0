"""Ends what a test run leaves running when it is killed: servers in sessions of their own would stay for ever.

A process beside the run waits for its end, however it comes, and then kills whatever carries the run's mark. All that a
run starts inherits the mark by its environment. Where runs are nested, the outermost one has the mark and the watcher.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

ROOT = Path(__file__).resolve().parents[2]
_MARK = "SWITCHING_HUB_TEST_RUN"
_watchers: list[Popen[bytes]] = []
"""Held, because a watcher takes the end of its input for the end of the run."""


def watch() -> None:
    """Have everything killed that is started from now on and still runs after this process."""
    if _MARK in os.environ:
        return
    os.environ[_MARK] = f"{os.getpid()}-{os.urandom(8).hex()}"
    command = [sys.executable, "-m", "tests.support.left_running"]
    _watchers.append(Popen(command, cwd=ROOT, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True))


def mark() -> dict[str, str]:
    """Give the run's mark, for processes that do not inherit its environment."""
    return {name: value for name, value in os.environ.items() if name == _MARK}


def _end_all_marked() -> None:
    marked = f"{_MARK}={os.environ[_MARK]}".encode()
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            with suppress(OSError):  # it ended meanwhile, or is somebody else's
                if marked in (process / "environ").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)


if __name__ == "__main__":
    sys.stdin.buffer.read()
    _end_all_marked()
