"""Detached processes with a pid file and a log each. A pid alone is never believed: it must have its start time too."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from deploy.stack.signals import held_back

_children: dict[int, subprocess.Popen[bytes]] = {}
"""Those this process started itself: they must be waited for, or they stay as zombies."""


class _Known(TypedDict):
    pid: int
    born: str | None
    fingerprint: str


@dataclass(frozen=True)
class Process:
    """One detached process, found again by whoever looks at its pid file."""

    name: str
    run_folder: Path
    log_folder: Path

    @property
    def pid_file(self) -> Path:
        """Where pid, start time and fingerprint are kept."""
        return self.run_folder / f"{self.name}.pid"

    @property
    def log_file(self) -> Path:
        return self.log_folder / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        """Its pid, if it runs."""
        process = self._known()
        return process["pid"] if process and process["born"] and birth(process["pid"]) == process["born"] else None

    @property
    def fingerprint(self) -> str:
        """What it was started with."""
        process = self._known()
        return process["fingerprint"] if process else ""

    @property
    def left_behind(self) -> bool:
        """True where a pid file tells of a process that ended by itself."""
        return self.pid_file.exists() and self.pid is None

    def started_before(self, *, seconds: float) -> bool:
        """Tell whether it was started so long ago; its pid file is written at the start."""
        return time.time() - self.pid_file.stat().st_mtime > seconds

    def start(
        self, command: tuple[str, ...], *, environment: Mapping[str, str], folder: Path, fingerprint: str = ""
    ) -> None:
        """Start the command in a session of its own, so that it outlives its starter."""
        self.run_folder.mkdir(parents=True, exist_ok=True)
        self.log_folder.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log, held_back():  # or an orphan stays that nobody knows of
            child = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            _children[child.pid] = child
            self._remember({"pid": child.pid, "born": birth(child.pid), "fingerprint": fingerprint})

    def signal(self, number: int) -> None:
        """Send a signal to the process, and to nothing else."""
        pid = self.pid
        if pid is not None:
            os.kill(pid, number)

    def kill(self) -> None:
        """End the process and its own children as a crash would."""
        pid = self.pid
        if pid is not None:
            os.killpg(pid, signal.SIGKILL)
            self.wait(10)

    def wait(self, seconds: float) -> bool:
        """Wait for the process to end, and tell whether it did."""
        end = time.monotonic() + seconds
        while self.pid is not None:
            if time.monotonic() > end:
                return False
            time.sleep(0.02)
        return True

    def forget(self) -> None:
        """Remove the pid file of a process that has ended."""
        self.pid_file.unlink(missing_ok=True)

    def last_lines(self, count: int = 20) -> str:
        """Give the end of its log."""
        if not self.log_file.exists():
            return ""
        with self.log_file.open("rb") as log:
            log.seek(max(0, self.log_file.stat().st_size - 100_000))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])

    def _known(self) -> _Known | None:
        try:
            return cast(_Known, json.loads(self.pid_file.read_text()))
        except (FileNotFoundError, ValueError):
            return None

    def _remember(self, record: _Known) -> None:
        new = self.pid_file.with_suffix(".new")
        new.write_text(json.dumps(record))
        new.replace(self.pid_file)


def birth(pid: int) -> str | None:
    """Tell when a running process was started, as text that no other process of that pid has."""
    child = _children.get(pid)
    if child is not None and child.poll() is not None:
        del _children[pid]
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, started = after_name[0], after_name[19]
    return None if state in "ZX" else f"{boot} {started}"
