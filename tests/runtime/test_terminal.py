"""What a command says is one thing, what it did another: its status tells of what was done, whoever reads."""

import os
import subprocess
import sys
from typing import Any

import pytest

from tests.support.processes import ROOT

COMMAND = """
from temporal.connection import leave
from runtime.terminal import at_terminal, say
def command():
    for _ in range(10_000):
        say("終わりました")
    return 5
leave(at_terminal(command))
"""
HELP = (sys.executable, "-m", "upkeep", "--help")
STATUS = (sys.executable, "-m", "deploy.stack", "status")
SAYING = (sys.executable, "-c", COMMAND)


def ends(command: tuple[str, ...], *, reader: str, **environment: str) -> Any:
    """Carry out a command whose output nobody takes."""
    if reader == "full":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        taken, out = os.pipe()
        os.close(taken)
    try:
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60
        )
    finally:
        os.close(out)


@pytest.mark.parametrize("reader", ["full", "gone"])
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_command_that_nobody_listens_to_ends_with_what_it_did(reader: str, unbuffered: str) -> None:
    for command, status in ((SAYING, 5), (HELP, 0)):
        done = ends(command, reader=reader, PYTHONUNBUFFERED=unbuffered)

        assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.parametrize("reader", ["full", "gone"])
def test_the_local_stack_tells_its_state_by_its_status_though_nobody_reads_it(reader: str, tmp_path: Any) -> None:
    done = ends(STATUS, reader=reader, HUB_FOLDER=str(tmp_path), PYTHONUNBUFFERED="1")

    assert (done.returncode, done.stderr) == (3, "")


def test_where_the_terminal_knows_no_japanese_it_is_written_otherwise() -> None:
    for command, status in ((SAYING, 5), (HELP, 0)):
        done = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60
        )

        assert (done.returncode, done.stderr) == (status, b"")
        assert b"\\u" in done.stdout
