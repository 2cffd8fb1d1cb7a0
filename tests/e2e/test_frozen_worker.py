"""A worker that stands still (SIGSTOP): its commands stay open, and nobody else waits behind those who decide."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from deploy.demo.performance import DEMO_SETTINGS
from schemas.codes import CasePhase
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import RefusedByHub
from tests.support.whole_system import set_right, whole_system
from tests.support.world import World

THREADS = 16
"""Of a SOAP process, as it comes."""
JUDGEMENTS = THREADS + 8


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Run a hub that keeps callers waiting for so long that no read ends only because they have gone.

    One retailer, which stands for many here, may have all threads of the one process.
    """
    settings = DEMO_SETTINGS | {
        "HUB_ANSWER_WITHIN": "45",
        "HUB_SWEEP_AFTER": "1",
        "HUB_RETAILER_SHARE": "1",
        "HUB_SOAP_WORKERS": "1",
    }
    parts = ("worker", "grid_stub", "soap", "sweeper")
    with whole_system(tmp_path_factory.mktemp("patient"), settings=settings, hub=parts) as world:
        yield set_right(world)


@contextmanager
def _frozen_worker(world: World) -> Iterator[None]:
    pid = world.stack.parts["worker"].process.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _decide(world: World, case_number: str) -> str:
    try:
        return str(world.current.decide(case_number, message_id=f"J-{case_number}").casePhase)
    except RefusedByHub as refused:
        return refused.code


def _still_waiting(judgements: list[Future[str]]) -> int:
    return sum(not judgement.done() for judgement in judgements)


def _stored(world: World) -> int:
    ((count,),) = rows(world.database, "SELECT count(*) FROM messages WHERE message_id LIKE 'J-%'")
    return int(count)


def _wait_until_decided(world: World, case_number: str) -> None:
    until(lambda: world.history(case_number) == ["registered", "accepted"], within=60, instead=lambda: case_number)


def test_reads_are_answered_while_judgements_wait_and_all_are_decided_once_afterwards(patient: World) -> None:
    cases = [patient.registered(patient.customer()) for _ in range(JUDGEMENTS)]
    with ThreadPoolExecutor(JUDGEMENTS) as threads:
        with _frozen_worker(patient):
            judgements = [threads.submit(_decide, patient, case) for case in cases]
            until(lambda: _stored(patient) >= THREADS, instead=lambda: _stored(patient))
            until(lambda: _still_waiting(judgements) == 1, instead=lambda: _still_waiting(judgements))

            for case in cases:
                assert patient.new.result(case).casePhase == CasePhase.AWAITING_DECISION
            assert _still_waiting(judgements) == 1, "every read was answered before the one that waits for the worker"

        answers = [judgement.result(60) for judgement in judgements]

    assert sorted(set(answers)) == sorted({"HUB-R002", CasePhase.AWAITING_APPLICATIONS.value})
    assert answers.count("HUB-R002") == JUDGEMENTS - 1
    for case in cases:
        _wait_until_decided(patient, case)
    patient.accepted(patient.customer())
