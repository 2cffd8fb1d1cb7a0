"""Processes of tests: started, waited for until they listen, stopped."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running_module(
    module: str,
    *arguments: str,
    port: int | Callable[[], bool],
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m module`` for a block, which begins when it listens.

    :param port: where it listens, or what tells that it does.
    """
    is_ready = port if callable(port) else partial(listens, port)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(lambda: process.poll() is not None or is_ready(), what=f"{module} listening", within=60)
        assert process.poll() is None, f"{module} ended: {log.read_text()[-4000:]}"
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], *, within: float = 20.0) -> int:
    """Ask a process to stop and give its exit status; a deaf one is killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(within)


def listens(port: int) -> bool:
    """Tell whether something listens on a port of the loopback interface."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], object], *, what: str, within: float = 30.0) -> None:
    """Wait until a condition holds.

    :raises AssertionError: naming ``what`` when it does not in time.
    """
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, f"{what} did not come within {within:g} s"
        time.sleep(0.02)
