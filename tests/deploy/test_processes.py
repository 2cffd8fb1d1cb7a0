"""Detached processes: a pid file is believed only with the start time of its process."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.stack.processes import Process, birth

_SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture
def process(tmp_path: Path) -> Process:
    return Process("sleeper", run_folder=tmp_path / "run", log_folder=tmp_path / "log")


def _start(process: Process, command: tuple[str, ...] = _SLEEP) -> int:
    process.start(command, environment=os.environ, folder=Path.cwd(), fingerprint="one way")
    assert process.pid is not None
    return process.pid


def test_a_started_process_is_found_by_its_pid_file(process: Process) -> None:
    pid = _start(process)

    process_again = Process("sleeper", run_folder=process.run_folder, log_folder=process.log_folder)

    assert (process_again.pid, process_again.fingerprint) == (pid, "one way")
    process.kill()


def test_it_is_in_a_session_of_its_own(process: Process) -> None:
    pid = _start(process)

    assert os.getsid(pid) == pid != os.getsid(0)
    process.kill()


def test_a_stale_pid_is_neither_believed_nor_killed(process: Process) -> None:
    process.run_folder.mkdir()
    process.pid_file.write_text(json.dumps({"pid": os.getpid(), "born": "another time", "fingerprint": ""}))

    process.signal(signal.SIGKILL)
    process.kill()

    assert process.pid is None
    assert process.left_behind


@pytest.mark.parametrize("text", ["", "{", '{"pid": '])
def test_a_half_written_pid_file_is_not_believed(process: Process, text: str) -> None:
    process.run_folder.mkdir()
    process.pid_file.write_text(text)

    assert process.pid is None


def test_a_process_that_ended_is_not_running_although_nobody_waited_for_it(process: Process) -> None:
    pid = _start(process)

    os.kill(pid, signal.SIGKILL)

    assert process.wait(10)
    assert birth(pid) is None
    assert process.left_behind


def test_one_that_ended_and_whose_parent_does_not_look_is_not_running(process: Process, tmp_path: Path) -> None:
    child_file = tmp_path / "child"
    # Nothing is waited for between the two, else the shell would take note of the child's end.
    _start(process, ("sh", "-c", f"sleep 0.3 & echo $! > {child_file}; exec sleep 60"))
    child = _written_pid(child_file)

    _until(lambda: birth(child) is None)

    assert Path(f"/proc/{child}").exists()
    process.kill()


def test_it_ends_on_a_signal(process: Process) -> None:
    _start(process)

    process.signal(signal.SIGTERM)

    assert process.wait(10)


def test_kill_takes_its_children_too(process: Process, tmp_path: Path) -> None:
    child_file = tmp_path / "child"
    _start(process, ("sh", "-c", f"sleep 60 & echo $! > {child_file}; wait"))
    child = _written_pid(child_file)

    process.kill()

    _until(lambda: birth(child) is None)


def _written_pid(file: Path) -> int:
    _until(lambda: file.exists() and file.read_text().endswith("\n"))
    return int(file.read_text())


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_its_last_words_are_kept(process: Process) -> None:
    process.start(
        (sys.executable, "-c", "print('一行目'); print('二行目'); raise SystemExit('止まります')"),
        environment=os.environ,
        folder=Path.cwd(),
        fingerprint="one way",
    )
    process.wait(10)

    assert process.last_lines(2) == "二行目\n止まります" or process.last_lines(2) == "止まります\n二行目"


def test_a_signal_that_comes_while_it_is_started_comes_after_its_pid_is_known(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = subprocess.Popen.__init__

    def disturbed(popen: subprocess.Popen[bytes], *arguments: Any, **options: Any) -> None:
        real(popen, *arguments, **options)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess.Popen, "__init__", disturbed)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs the tests behind it
    try:
        with pytest.raises(KeyboardInterrupt):
            _start(process)
    finally:
        signal.signal(signal.SIGINT, before)

    assert process.pid is not None
    process.kill()
