"""``make status``: says in words what runs and what does not, and its exit status says the same."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from deploy.stack.environment import base_environment
from deploy.stack.parts import Part
from deploy.stack.ports import Ports
from deploy.stack.probes import answers, over_tls
from deploy.stack.processes import Process
from deploy.stack.room import want_of_room
from deploy.stack.states import PartState
from deploy.stack.supervisor import ROOT, Stack
from deploy.stack.words import state_table, summary
from tests.support.processes import wait_until
from tests.support.processor_time import family


def _state(label: str, *, pid: int | None = 1, ready: bool = True, remark: str = "") -> PartState:
    part = Part(Process(label, Path("run"), Path("log")), label, (), lambda since: ready)
    return PartState(part, pid, ready, remark)


WELL, AWAY = _state("Web画面"), _state("スイーパー", pid=None, ready=False)
UNWELL = _state("メール送信", ready=False, remark="データベース: 応答がありません")


def test_everything_runs() -> None:
    assert summary([WELL]) == "すべての部品が動いています。"


def test_what_runs_but_misses_something_is_named_beside_it() -> None:
    missing = replace(WELL, remark="Temporal: 応答がありません")

    assert summary([missing]) == "すべての部品が動いていますが、足りないものがあります。"
    assert "稼働中" in state_table([missing]) and "Temporal: 応答がありません" in state_table([missing])


def test_what_does_not_run_and_what_cannot_work_are_told_apart() -> None:
    assert summary([WELL, AWAY, UNWELL]) == "動いていない部品: スイーパー。働けない部品: メール送信。"
    table = state_table([WELL, AWAY, UNWELL]).splitlines()
    assert [line.split()[2] for line in table] == ["稼働中", "停止", "不調"]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    ports, folder = Ports.free(), tmp_path_factory.mktemp("stack")
    with Stack(folder, ports=ports, hub=("mail_sink", "mail", "soap"), durable=False) as running:
        yield running


def _status(stack: Stack) -> tuple[int, str]:
    """Ask as ``make status`` does in another shell, which knows the folder and not the ports.

    It knows nothing of parts left out, which it must report as not running.
    """
    environment = base_environment() | {"HUB_FOLDER": str(stack.folder), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-m", "deploy.stack", "status"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_the_command_names_what_does_not_run_and_fails(stack: Stack) -> None:
    status, output = _status(stack)

    assert status == 3
    assert "動いていない部品: ワーカー、送配電スタブ、スイーパー、Web画面。" in output
    lines = {line.split()[1]: line.split()[2] for line in output.splitlines()[:-1]}
    assert (lines["メール送信"], lines["メール受信箱"], lines["PostgreSQL"]) == ("稼働中", "稼働中", "稼働中")


def test_a_part_that_runs_without_its_database_is_unwell(stack: Stack) -> None:
    stack.stop("postgres")
    try:
        (mail,) = (state for state in stack.states() if state.part.name == "mail")
    finally:
        stack.start("postgres")

    assert (mail.pid is not None, mail.ready) == (True, False)
    assert "データベース" in mail.remark


def test_a_disk_without_room_is_told_of_the_part_that_needs_it(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    # More room is asked for than any disk has; a disk that is full in fact is in tests/models/test_health.py.
    monkeypatch.setattr("deploy.stack.states.want_of_room", partial(want_of_room, least=2**62))

    unwell = {state.part.label: state.remark for state in stack.states() if not state.ready}

    assert unwell.keys() == {"PostgreSQL", "Temporal"}
    assert all(remark.startswith("ディスクの空きが ") for remark in unwell.values())
    assert "働けない部品: PostgreSQL、Temporal。" in summary(stack.states())


def test_which_process_of_a_face_hangs_is_told_while_the_other_answers_callers(stack: Stack) -> None:
    with hung_process(stack, "soap"):
        states = {state.part.name: state for state in stack.states()}
        caller = over_tls(stack.environment)
        wait_until(lambda: answers(stack.ports.soap, "/soap/low_voltage?wsdl", tls=caller), what="an answer")

    soap = states["soap"]
    assert (soap.ready, states["front"].ready) == (True, True)
    assert re.fullmatch("2 プロセスのうち 1 つが応答（応答なし: [12] 番目）.*", soap.remark)
    assert "足りないものがあります" in summary(list(states.values()))


@contextmanager
def hung_process(stack: Stack, name: str) -> Iterator[None]:
    """Stop one of a face's processes for a block, and who would end it for that."""
    parent = stack.parts[name].process.pid
    assert parent is not None, "the stack is up"
    hung, *_ = (process for process in family(parent) if process != parent)
    for process in (parent, hung):
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in (hung, parent):
            os.kill(process, signal.SIGCONT)
