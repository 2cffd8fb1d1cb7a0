"""What the commands of the tools have in common: how they begin, and how they say something."""

import logging
import signal
import sys

from runtime.logs import set_up_logs

JUDGES_NOTHING = "短い測定の数値は目安です。目標に届かなくても失敗にはしません。 / the short form judges no figure"


def begin(name: str) -> None:
    """Set up a command: its log lines are those of errors, and asked to end it stops what it has started."""
    set_up_logs(name, level=logging.ERROR)
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def say(words: str) -> None:
    """Write a line at once, whatever the output is led into."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
