"""A tool that is asked to end stops what it has started."""

import signal
import subprocess
import sys
from pathlib import Path

from deploy.stack.supervisor import ROOT
from tests.support.polling import until

_TOOL = """
import sys, time
from contextlib import contextmanager
from pathlib import Path
from tools.console import begin, say

@contextmanager
def running(mark):
    mark.touch()
    try:
        yield
    finally:
        mark.unlink()

begin("tried")
with running(Path(sys.argv[1])):
    time.sleep(60)
"""


def test_it_stops_what_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "running"
    tool = subprocess.Popen([sys.executable, "-c", _TOOL, str(mark)], cwd=ROOT, stderr=subprocess.DEVNULL)
    until(mark.exists)

    tool.send_signal(signal.SIGTERM)

    assert tool.wait(20) != 0
    assert not mark.exists()
