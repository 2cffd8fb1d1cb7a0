"""The searches of docs/operations.md are ones that the server understands, and find what they say, and nothing else."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from deploy.stack.supervisor import ROOT
from rules.calendar import start_of
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, CasePhase, Segment
from temporal.names import CASE_QUEUE
from tests.support import decisions, lone_applications
from tests.support.cast import OTHER
from tests.support.hub import Hub
from tests.support.processes import wait_until
from tests.support.temporal import TestedWorker
from tests.sweeper.test_alarms import Broken

SEARCHES = dict(
    re.findall(
        r"^\| (.+?) \| `([^`|]*[=<][^`|]*|[^`|]*STARTS_WITH[^`|]*)` \|$",
        (ROOT / "docs" / "operations.md").read_text(),
        re.MULTILINE,
    )
)
_MOMENT = re.compile(r"'\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+09:00'")
ELSEWHERE = "0310000000000000000777"


def cases_found(hub: Hub, search: str) -> set[str]:
    async def ask(client: Client) -> set[str]:
        return {workflow.id async for workflow in client.list_workflows(search)}

    return hub.loop.ask(ask)


def at(search: str, moment: datetime) -> str:
    """Give a documented search, with the moment of its example put right."""
    changed, times = _MOMENT.subn(f"'{moment.isoformat()}'", search)
    assert times == 1
    return changed


def wait_found(hub: Hub, case: str, search: str) -> None:
    wait_until(lambda: case in cases_found(hub, search), what=f"{case} by {search}")


def awaiting_decision(hub: Hub) -> str:
    return hub.open()


def in_high_voltage(hub: Hub) -> str:
    return hub.open(segment=Segment.HIGH_VOLTAGE)


def start_alone(hub: Hub) -> str:
    number = lone_applications.open_start(hub.database, point_number=ELSEWHERE)
    hub.hand_over(number)
    return number


def re_energisation(hub: Hub) -> str:
    number = lone_applications.open_of_kind(hub.database, ApplicationKind.RE_ENERGISATION, segment=Segment.LOW_VOLTAGE)
    hub.hand_over(number)
    return number


def matched(hub: Hub) -> str:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START, occurred_at=hub.now())
    hub.wait_for(case, CasePhase.MATCHED)
    return case


def overdue(hub: Hub) -> str:
    """Make one whose day is over, and of which the grid operator has told no completion."""
    case = matched(hub)
    hub.move_in_step(case, start_of(hub.state(case).effective_date + timedelta(days=1)))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    return case


def one_side_done(hub: Hub) -> str:
    case = matched(hub)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.START, occurred_at=hub.now())
    hub.wait_for_line(case, HistoryKind.ONE_SIDE_COMPLETED)
    hub.move_in_step(case, start_of(hub.state(case).effective_date + timedelta(days=1)) + timedelta(hours=1))
    hub.wait_for(case, CasePhase.ONE_SIDE_DONE)
    return case


Make = Callable[[Hub], str]
ONE_SUCH: dict[str, tuple[Make, Make]] = {
    "ある小売電気事業者の案件": (awaiting_decision, lambda hub: hub.open(point_number=ELSEWHERE, retailer=OTHER)),
    "あるエリアの案件": (awaiting_decision, lambda hub: hub.open(point_number="06" + ELSEWHERE[2:])),
    "ある地点の案件": (awaiting_decision, lambda hub: hub.open(point_number=ELSEWHERE)),
    "判断を待つ案件": (awaiting_decision, start_alone),
    "高圧500kW未満の案件": (in_high_voltage, start_alone),
    "片側完了の案件": (one_side_done, lambda hub: hub.open(point_number=ELSEWHERE)),
    "スイッチング案件": (awaiting_decision, start_alone),
    "単独申請": (start_alone, awaiting_decision),
    "単独申請の一種（値は申請の種類のコード）": (re_energisation, lambda hub: hub.open(point_number=ELSEWHERE)),
}
"""By what the guide calls the search: how one such case comes about, and one that is none."""
OF_A_MOMENT = ("異動日を過ぎても終わらない案件（その日より前）", "期限を過ぎても進まない案件")
BROKEN = "進まない案件"


def test_every_search_of_the_guide_is_tried() -> None:
    assert set(SEARCHES) == {*ONE_SUCH, *OF_A_MOMENT, BROKEN}


@pytest.mark.parametrize("name", SEARCHES)
def test_the_server_understands_it(hub: Hub, name: str) -> None:
    cases_found(hub, SEARCHES[name])


@pytest.mark.parametrize("name", ONE_SUCH)
def test_it_finds_one_such_case_and_not_another(hub: Hub, name: str) -> None:
    such, other = ONE_SUCH[name]
    case = such(hub)
    wait_found(hub, case, SEARCHES[name])
    another = other(hub)
    wait_found(hub, another, f"WorkflowId = '{another}'")

    assert another not in cases_found(hub, SEARCHES[name])


def test_a_case_that_is_overdue_is_found_by_its_day_though_no_deadline_is_left(hub: Hub) -> None:
    case = overdue(hub)
    day, search = hub.state(case).effective_date, SEARCHES[OF_A_MOMENT[0]]

    wait_found(hub, case, at(search, start_of(day + timedelta(days=1))))
    assert case not in cases_found(hub, at(search, start_of(day)))
    assert case not in cases_found(hub, at(SEARCHES[OF_A_MOMENT[1]], hub.now())), "it waits for nobody in time"


def test_a_case_whose_day_the_grid_operator_moved_is_found_by_the_new_one(hub: Hub) -> None:
    case = matched(hub)
    day, search = hub.state(case).effective_date, SEARCHES[OF_A_MOMENT[0]]
    new_day = day + timedelta(days=7)

    hub.tell(case, NewsKind.MATCHED, ApplicationKind.END, occurred_at=hub.now(), effective_date=new_day)

    wait_until(lambda: hub.state(case).effective_date == new_day, what="the day to be moved")
    wait_found(hub, case, at(search, start_of(new_day + timedelta(days=1))))
    wait_until(lambda: case not in cases_found(hub, at(search, start_of(new_day))), what="the old day to be gone")


def test_a_case_that_does_not_move_on_though_its_deadline_has_passed_is_found(hub: Hub) -> None:
    case = hub.open()
    due, search = hub.state(case).decision_due, SEARCHES[OF_A_MOMENT[1]]
    hub.stop_worker(case)
    try:
        wait_found(hub, case, at(search, due + timedelta(seconds=1)))
        assert case not in cases_found(hub, at(search, due))
    finally:
        hub.worker.start()


def test_a_case_that_cannot_go_on_is_found(hub: Hub) -> None:
    def make(client: Client) -> list[Worker]:
        runner = UnsandboxedWorkflowRunner()
        return [Worker(client, task_queue=CASE_QUEUE, workflows=[Broken], workflow_runner=runner)]

    hub.worker.stop()
    broken = TestedWorker(hub.loop, make)
    broken.start()
    try:
        case = hub.open()
        wait_until(
            lambda: case in cases_found(hub, SEARCHES[BROKEN]), what="the case among those in trouble", within=60
        )
    finally:
        broken.stop()
        hub.worker.start()
    wait_until(lambda: case not in cases_found(hub, SEARCHES[BROKEN]), what="the end of its trouble", within=60)


def test_a_case_that_left_a_state_is_found_by_it_no_longer(hub: Hub) -> None:
    case = hub.open()
    wait_found(hub, case, SEARCHES["判断を待つ案件"])

    hub.give(case, decisions.reject)

    wait_until(lambda: case not in cases_found(hub, SEARCHES["判断を待つ案件"]), what="the case out of the list")
