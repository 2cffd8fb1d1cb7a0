"""What commands say to the person at a terminal, and what they ask before they do what cannot be undone."""

import sys
from collections.abc import Iterable


def say(line: str) -> None:
    """Tell people something."""
    sys.stdout.write(line + "\n")


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
    sys.stdout.write("行いますか？ [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes", "はい"):
        return True
    say("行いませんでした。")
    return False
