"""What all commands share: how they speak, and the statuses they end with."""

from runtime.terminal import is_agreed, say

__all__ = ["AGREED", "DIFFERS", "NOT_DONE", "is_agreed", "say"]

AGREED, DIFFERS, NOT_DONE = 0, 1, 3
"""Exit statuses: done and all agree; something differs; it could not be done. 2 is argparse's, for a command line that
cannot be read."""
