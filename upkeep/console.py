"""What all commands share: how they speak, and the statuses they end with."""

import sys

AGREED, DIFFERS, NOT_DONE = 0, 1, 3
"""Exit statuses: done and all agree; something differs; it could not be done. 2 is argparse's, for a command line that
cannot be read."""


def say(line: str) -> None:
    """This function will tell people something."""
    sys.stdout.write(line + "\n")
