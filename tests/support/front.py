"""The real front before servers of the tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.front.places import Front
from deploy.stack import front as front_part
from deploy.stack.probes import answers
from tests.support.left_running import mark
from tests.support.processes import stop, wait_until


@contextmanager
def running_front(front: Front) -> Iterator[tuple[Path, int]]:
    """Run the front for a block, which begins when it is ready, and give its log and its pid."""
    front_part.prepare(front)
    log = front.folder / "front.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            front_part.command(front.folder),
            env={"PATH": os.environ["PATH"], **mark()},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or answers(front.figures_port, "/healthz", tls=None), what="the front"
        )
        assert process.poll() is None, f"the front ended: {log.read_text()[-4000:]}"
        yield log, process.pid
    finally:
        stop(process)
