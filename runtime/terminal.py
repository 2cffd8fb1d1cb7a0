"""What commands say to the person at a terminal, and what they ask before they do what cannot be undone.

What was done decides the status: where nobody reads any more (a pipe that ended, a full disk), it is done all the same.
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO


def say(line: str) -> None:
    _is_written(line + "\n", sys.stdout)


def say_wrong(line: str) -> None:
    """Tell people what went wrong, beside what a command writes."""
    _is_written(line + "\n", sys.stderr)


def let_go(stream: TextIO) -> bool:
    """Flush what is left, and tell whether somebody took it; where nobody does, nothing reaches the stream any more."""
    try:
        stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True


def at_terminal(command: Callable[[], int]) -> int:
    """Carry out a command line, and give its status, also where it ends early, as after its help."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal that knows no Japanese
    try:
        return command()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0


def is_agreed(consequences: Iterable[str], *, yes: bool) -> bool:
    """Say what will follow, and ask whether it shall, where ``yes`` was not given with the command.

    Nobody can be asked where there is no terminal: then it shall not, and the person hears what to do.
    """
    for line in consequences:
        say(line)
    if yes:
        return True
    if not sys.stdin.isatty():
        say("行いませんでした: 端末ではないので確かめられません。上のとおり行うには --yes を付けてください。")
        return False
    if not (_is_written("行いますか？ [y/N] ", sys.stdout) and let_go(sys.stdout)):
        say_wrong("行いませんでした: 何が起きるかを表示できません。")
        return False
    if sys.stdin.readline().strip().lower() in ("y", "yes", "はい"):
        return True
    say("行いませんでした。")
    return False


def _is_written(text: str, stream: TextIO) -> bool:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        stream.write(text.encode("ascii", "backslashreplace").decode())
    except OSError:
        return let_go(stream)
    return True
