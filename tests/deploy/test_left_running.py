"""A test run that is killed leaves nothing running, whatever session it was started in."""

import subprocess
import sys

from deploy.stack.environment import base_environment
from deploy.stack.processes import birth
from tests.support.left_running import ROOT, mark
from tests.support.processes import wait_until

_RUN = """
import subprocess, time
from tests.support.left_running import watch
watch()
print(subprocess.Popen(["sleep", "600"], start_new_session=True).pid, flush=True)
time.sleep(600)
"""


def test_what_a_killed_run_has_started_is_ended() -> None:
    outside = {name: value for name, value in base_environment().items() if name not in mark()}
    run = subprocess.Popen([sys.executable, "-c", _RUN], cwd=ROOT, env=outside, stdout=subprocess.PIPE)
    assert run.stdout is not None
    started = int(run.stdout.readline())
    assert birth(started)

    run.kill()
    run.wait()
    run.stdout.close()

    wait_until(lambda: birth(started) is None, what="the end of what it started")
