"""Refused messages leave nothing behind, whatever they are full of: the short form of what ``tools.siege`` measures."""

import subprocess
import sys

import pytest

from tools.siege.memory_flat import MOST_GROWTH


@pytest.mark.parametrize("way", [[], ["--through-spyne"]], ids=["as served", "through spyne"])
def test_refused_messages_of_every_kind_leave_memory_as_it_was(way: list[str]) -> None:
    # Where libxml2 read them, the same messages left 150 MiB: it never gives a name back.
    numbers = ["--messages", "32", "--warm-up", "16", "--size", str(256 * 1024)]
    measured = subprocess.run(
        [sys.executable, "-m", "tools.siege.memory_flat", "--together", *numbers, *way],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert measured.returncode == 0, f"more than {MOST_GROWTH} MiB: {measured.stdout}{measured.stderr}"
