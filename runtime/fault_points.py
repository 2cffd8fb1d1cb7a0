"""Places where a test may have a process end, as a crash would: between two things that belong together.

A process looks for them only where ``HUB_FAULT_FOLDER`` is set, which no real deployment does. A file in that
folder with the name of a point arms it; whoever reaches the point takes the file away and ends, once.
"""

import os
import signal
from pathlib import Path

_FOLDER = os.environ.get("HUB_FAULT_FOLDER")


def reach(point: str) -> None:
    """End the process by SIGKILL where a test has armed the point; otherwise it does nothing."""
    if _FOLDER is None:
        return
    try:
        (Path(_FOLDER) / point).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
