"""Delivering what was stored: nothing is lost or doubled, whatever is away or set back meanwhile."""

import subprocess
import sys
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from models.handovers import is_started
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from schemas.refusal_codes import RefusalCode
from temporal.gateway import TemporalGateway
from temporal.handover import OutcomeOpen
from tests.support import case_applications, decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import ROOT, wait_until


def test_a_registration_starts_its_workflow(hub: Hub) -> None:
    case = referrals.open_case(hub.database)

    hub.hand_over(case)

    with hub.database.transaction() as session:
        assert is_started(session, case_number=case)
    assert hub.description(case).status is WorkflowExecutionStatus.RUNNING


def test_a_case_without_its_workflow_gets_one_before_its_commands(hub: Hub) -> None:
    case = referrals.open_case(hub.database)

    assert hub.give(case, decisions.decide).phase is CasePhase.AWAITING_APPLICATIONS


def test_a_command_that_comes_in_while_the_worker_is_stopped_is_taken_afterwards(hub: Hub) -> None:
    case = hub.open()
    hub.stop_worker(case)
    stored = hub.store(case, decisions.decide)

    with pytest.raises(OutcomeOpen):
        hub.hand_over(case, timeout=0.5)

    hub.worker.start()
    hub.hand_over(case)
    assert hub.answer(stored).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_acceptances_stored_in_time_hold_though_temporal_is_away_across_the_deadline(hub: Hub) -> None:
    points = [f"03100000000000000001{number:02d}" for number in range(3)]
    open_cases = [hub.open(point_number=point) for point in points]
    for case in open_cases:
        hub.wait_idle(case)
    hub.server.stop()
    stored = [hub.store(case, decisions.decide) for case in open_cases]
    with pytest.raises(OutcomeOpen):
        hub.hand_over(open_cases[0], timeout=0.5)

    hub.move_clock(hub.state(open_cases[0]).decision_due)
    hub.server.start()
    for case in open_cases:
        hub.gateway.look_again(case)  # so the alarm comes before the messages

    for case, acceptance in zip(open_cases, stored, strict=True):
        hub.wait_for(case, CasePhase.AWAITING_APPLICATIONS)
        assert hub.answer(acceptance).refusal is None
        assert HistoryKind.DECISION_EXPIRED not in hub.lines(case)


def test_a_store_set_back_behind_the_database_catches_up(hub: Hub, tmp_path: Path) -> None:
    case = hub.open()
    hub.wait_idle(case)
    hub.server.stop()
    hub.server.copy_store(tmp_path / "before")
    hub.server.start()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    before = hub.lines(case)

    hub.worker.stop()  # it remembers runs as they were
    hub.server.stop()
    hub.server.put_store_back(tmp_path / "before")
    hub.server.start()
    hub.worker.start()
    answer = hub.give(case, referrals.withdraw)

    assert answer.refusal is None
    assert hub.lines(case)[: len(before)] == before, "nothing is written twice"
    hub.wait_for(case, CasePhase.WITHDRAWN)


def test_a_store_that_was_lost_is_made_anew_from_the_rows(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.server.stop()
    hub.server.lose_store()
    hub.server.start()

    hub.move_clock_to(hub.now())  # wakes all open cases
    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START)

    hub.wait_for(case, CasePhase.MATCHED)


def test_a_command_for_a_case_whose_workflow_has_ended_is_refused(hub: Hub) -> None:
    case = hub.open()
    hub.store(case, referrals.withdraw)
    left_behind = hub.store(case, decisions.decide)
    withdrawal, _ = hub.unanswered(case)
    hub.gateway.take_command(withdrawal, timeout=10)
    hub.wait_closed(case)

    hub.hand_over(case)

    refusal = hub.answer(left_behind).refusal
    assert refusal is not None
    assert refusal.code is RefusalCode.WRONG_STATE


def test_a_run_that_an_operator_ended_by_hand_is_followed_by_another(hub: Hub) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.terminate(case)

    answer = hub.give(case, case_applications.file_start)

    assert answer.application_state is ApplicationState.SENDING
    hub.wait_for_line(case, HistoryKind.RECEIVED)


_FORKS = """
import os, sys
from temporal.gateway import TemporalGateway
gateway = TemporalGateway()
def tell():
    try:
        gateway.signal_news(sys.argv[1], [], timeout=30.0)  # not about speed
        return 0
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        return 1
failures = tell() if sys.argv[2] == "used" else 0
child = os.fork()
if child == 0:
    os._exit(tell())
_, ended = os.waitpid(child, 0)
sys.stderr.flush()
os._exit(tell() or failures or os.waitstatus_to_exitcode(ended))
"""


@pytest.mark.parametrize(("before", "signals"), [("made", 2), ("used", 3)])
def test_a_gateway_made_or_used_before_a_fork_serves_parent_and_child(hub: Hub, before: str, signals: int) -> None:
    case = hub.open()

    command = [sys.executable, "-c", _FORKS, case, before]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert ended.returncode == 0, ended.stderr
    signalled = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
    wait_until(lambda: hub.count(case, signalled) == signals, what="all signals")


def test_a_server_that_is_not_there_leaves_the_outcome_open(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    alone = TemporalGateway()
    case = referrals.open_case(hub.database)

    with pytest.raises(OutcomeOpen):
        hub.hand_over(case, timeout=1.0, gateway=alone)

    alone.close()
    with hub.database.transaction() as session:
        assert not is_started(session, case_number=case)
