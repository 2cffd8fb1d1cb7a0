"""A retailer that reads 不備 corrects it at once: its case knows what the grid operator said before it does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType

from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationState, Area
from schemas.interfaces.processing_status import (
    ProcessingStatusListRequest,
    ProcessingStatusRequest,
    ProcessingStatusResponse,
)
from temporal.gateway import TemporalGateway
from temporal.grid_news import NewsTeller
from tests.support import case_applications, decisions
from tests.support.callers import NEW_RETAILER, called
from tests.support.grid import STEP, Grid
from tests.support.grid_requests import start_request
from tests.support.hub import Hub
from usecases.hub import Hub as Parts
from usecases.processing_status_list import list_statuses
from usecases.registry import ANSWERING

Ask = Callable[[Parts, str], ApplicationState]


@pytest.fixture
def telling_parts(live_parts: Parts, hub: Hub) -> Parts:
    """Make parts that reach the grid stub and Temporal, as a process of the hub has them. No watch runs."""
    teller = NewsTeller(database=hub.database, gateway=hub.gateway)
    return replace(live_parts, hand_over=hub.hand_over, tell_news=teller.tell_in_passing)


@pytest.fixture
def defective(hub: Hub, grid: Grid) -> str:
    """Bring a case to where the grid operator has found its start application wrong, and the hub does not know it."""
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    state = hub.state(case)
    grid.move_clock(STEP)
    grid.tell(Area.TOKYO, defects_left=1)
    same: dict[str, Any] = {"point_number": state.point_number, "effective_date": state.effective_date}
    grid.send(state.start.kind, start_request(number=state.start.number, case_number=case, **same))
    assert hub.state(case).start.state is ApplicationState.RECEIVED
    return case


def ask_for_one(parts: Parts, number: str) -> ApplicationState:
    ask = called(ANSWERING["getStartApplicationStatus"])
    answer: ProcessingStatusResponse = ask(
        ProcessingStatusRequest(message_id="R-1", application_number=number), NEW_RETAILER, parts
    )
    return answer.status.application_state


def ask_for_all(parts: Parts, number: str) -> ApplicationState:
    request = ProcessingStatusListRequest(message_id="R-1", area=Area.TOKYO, changed_since=None, cursor=None)
    answer = list_statuses(request, actor=NEW_RETAILER.actor, segment=NEW_RETAILER.segment, hub=parts)
    return next(status.application_state for status in answer.statuses if status.application_number == number)


@pytest.mark.parametrize("ask", [ask_for_one, ask_for_all])
def test_a_correction_right_after_the_answer_is_taken(hub: Hub, telling_parts: Parts, defective: str, ask: Ask) -> None:
    assert ask(telling_parts, hub.state(defective).start.number or "") is ApplicationState.DEFECTIVE

    answer = hub.give(defective, case_applications.amend_start)

    assert answer.refusal is None
    lines = hub.lines(defective)
    heard = lines.index(HistoryKind.DEFECTIVE)
    assert lines[heard : heard + 2] == [HistoryKind.DEFECTIVE, HistoryKind.CORRECTED]  # a receipt may follow already


def test_a_case_that_does_not_react_is_not_told_with_every_question(
    hub: Hub, telling_parts: Parts, defective: str
) -> None:
    number = hub.state(defective).start.number
    hub.stop_worker(defective)
    before = hub.count(defective, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)

    for _ in range(3):
        ask_for_one(telling_parts, number or "")

    assert hub.count(defective, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED) == before + 1
    hub.worker.start()


def test_a_question_is_answered_where_nobody_can_be_told(
    hub: Hub, telling_parts: Parts, defective: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    away = TemporalGateway()
    parts = replace(telling_parts, tell_news=NewsTeller(database=hub.database, gateway=away).tell_in_passing)

    assert ask_for_one(parts, hub.state(defective).start.number or "") is ApplicationState.DEFECTIVE
    away.close()
