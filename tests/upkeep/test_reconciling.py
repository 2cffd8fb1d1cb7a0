"""Comparing all records: they agree after what can happen, and what does not agree is named with its number."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from models.cases.queries import areas_in_flight
from rules.calendar import JST
from rules.procedure.outcomes import HistoryKind
from runtime.settings.processes import UpkeepSettings
from schemas.codes import ApplicationKind, ApplicationState, Area, CasePhase
from sweeper.watch import Watch
from tests.support import decisions, lone_applications
from tests.support.cast import SECOND_POINT
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.grid import Grid
from tests.support.grid_requests import start_request
from tests.support.hub import Hub
from tests.support.matched_pair import PLACE, matched_pair
from tests.support.processes import ROOT, wait_until
from upkeep.__main__ import main
from upkeep.console import DIFFERS
from usecases.actors import Maintainer
from usecases.records.differences import Comparison, Difference, Records
from usecases.records.reconciling import ReconcilingRequest, reconcile


@pytest.fixture
def compared(hub: Hub, grid: Grid) -> Any:
    """Compare everything, looking twice at once."""
    return lambda **more: compare(hub, grid, **more).differences


def compare(hub: Hub, grid: Grid, *, wait: Callable[[float], None] = lambda seconds: None, **more: Any) -> Comparison:
    systems = replace(hub.systems, grid=grid.client)
    return reconcile(ReconcilingRequest(**more), actor=Maintainer(), hub=systems, wait=wait)


def spoil(hub: Hub, statement: str, **values: Any) -> None:
    with hub.database.transaction() as session:
        session.execute(text(statement), values)


def matched(hub: Hub, grid: Grid) -> str:
    """Bring a case to where it is matched everywhere."""
    case = matched_pair(hub, grid)
    Watch(database=hub.database, gateway=hub.gateway, grid=grid.client).listen(*PLACE)
    hub.wait_for(case, CasePhase.MATCHED)
    return case


def test_where_nothing_is_wrong_all_agree(hub: Hub, grid: Grid, compared: Any) -> None:
    matched(hub, grid)
    hub.open(point_number=SECOND_POINT)
    rejected = hub.open(point_number="0310000000000000000003")
    hub.give(rejected, decisions.reject)
    hub.wait_closed(rejected)

    assert compared() == compared(ended_too=True) == []


def test_a_row_that_its_history_does_not_make_is_named_with_its_columns(hub: Hub, compared: Any) -> None:
    case = hub.open()
    spoil(hub, "UPDATE cases SET area = '06', due_rule = 'cut_off' WHERE case_number = :n", n=case)

    assert compared() == [Difference(case, Records.HISTORY, "異なる列 cases.area, cases.due_rule")]


@pytest.mark.parametrize("spoilt", ["state = '{}'", "kind = 'unheard of'"])
def test_a_case_whose_history_cannot_be_read_is_named_and_the_others_are_compared(
    hub: Hub, compared: Any, spoilt: str
) -> None:
    broken, other = hub.open(), hub.open(point_number=SECOND_POINT)
    hub.sql(f"UPDATE case_history SET {spoilt} WHERE case_number = :n", n=broken)
    spoil(hub, "UPDATE cases SET area = '06' WHERE case_number = :n", n=other)

    assert [(difference.number, difference.words.split("（")[0]) for difference in compared()] == [
        (broken, "案件履歴から組み立てられません"),
        (other, "異なる列 cases.area"),
    ]


def test_the_read_model_of_others_is_rebuilt_where_one_history_cannot_be_read(
    hub: Hub, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, other = hub.open(), hub.open(point_number=SECOND_POINT)
    hub.sql("UPDATE case_history SET state = '{}' WHERE case_number = :n", n=broken)
    spoil(hub, "UPDATE cases SET area = '06' WHERE case_number = :n", n=other)

    configured = UpkeepSettings.model_construct(
        database_url=SecretStr(database_url), data_keys=SecretStr(KEYS_OF_TESTS)
    )
    assert main(["rebuild", broken, other], configured=configured) == DIFFERS

    assert f"{broken}  案件履歴を読めません（ValidationError）。" in capsys.readouterr().out
    assert hub.row(other)["area"] == "03"


def test_an_open_case_without_a_workflow_is_named(hub: Hub, compared: Any) -> None:
    case = hub.open()
    hub.terminate(case)

    wait_until(lambda: compared(), what="the difference")
    assert compared() == [Difference(case, Records.TEMPORAL, "案件は終わっていないのに、動いているワークフローがない")]


def test_a_phase_that_temporal_shows_otherwise_is_named(hub: Hub, compared: Any) -> None:
    case = hub.open()
    spoil(hub, "UPDATE cases SET phase = 'matched' WHERE case_number = :n", n=case)

    assert compared() == [
        Difference(case, Records.HISTORY, "異なる列 cases.phase"),
        Difference(case, Records.TEMPORAL, "記録は「マッチング成立」、Temporalは「判断待ち」"),
    ]


def test_an_application_that_only_the_grid_operator_has_is_named(hub: Hub, grid: Grid, compared: Any) -> None:
    matched(hub, grid)
    stranger = start_request(effective_date=grid.day())
    grid.send(ApplicationKind.START, stranger)

    (difference,) = compared()

    assert difference.number == stranger.application_number
    assert difference.words.startswith("記録にない申請。")


def test_applications_that_only_the_hub_has_are_named(hub: Hub, grid: Grid, compared: Any) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)  # to a grid operator other than the stub that is compared
    with hub.database.transaction() as session:
        assert areas_in_flight(session) == [PLACE]

    state = hub.state(case)

    assert compared() == [
        Difference(number, Records.GRID, "記録は「受付」、東京の一般送配電事業者にはない")
        for number in sorted([state.start.number or "", state.end.number or ""])
    ]


def test_what_moves_meanwhile_is_no_difference(hub: Hub, grid: Grid) -> None:
    case = matched_pair(hub, grid)
    watch = Watch(database=hub.database, gateway=hub.gateway, grid=grid.client)

    def news_arrives(seconds: float) -> None:
        watch.listen(*PLACE)
        hub.wait_for(case, CasePhase.MATCHED)

    assert compare(hub, grid, wait=news_arrives).differences == []


def test_from_the_command_line_it_says_so_and_a_row_is_rebuilt(hub: Hub, grid: Grid) -> None:
    case = hub.open()
    spoil(hub, "UPDATE cases SET area = '06' WHERE case_number = :n", n=case)
    environment = {**grid.server.environment, "TEMPORAL_ADDRESS": hub.server.address}

    def upkeep(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "upkeep", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout

    assert upkeep("reconcile", "--again-after", "0") == (
        1,
        f"{case}  読み取り用の記録と案件履歴: 異なる列 cases.area\n違い 1 件\n",
    )
    assert upkeep("rebuild", case, "SW03L20260812999999993") == (
        1,
        "SW03L20260812999999993  案件履歴がありません。番号を確かめてください。\n書き直した案件 1 件\n",
    )
    assert upkeep("reconcile", "--again-after", "0") == (0, "違い 0 件\n")


def test_where_an_area_is_away_the_rest_is_compared_and_it_says_which_was_not(hub: Hub, grid: Grid) -> None:
    matched(hub, grid)
    spoiled = hub.open(point_number=SECOND_POINT)
    spoil(hub, "UPDATE cases SET area = '06' WHERE case_number = :n", n=spoiled)
    grid.tell(Area.TOKYO, down=True)

    differences = compare(hub, grid)

    assert differences.differences == [Difference(spoiled, Records.HISTORY, "異なる列 cases.area")]
    (uncompared,) = differences.uncompared
    assert (uncompared.between, uncompared.what.split("（")[0]) == (Records.GRID, "03 東京 低圧託送")


def test_where_temporal_is_away_it_says_that_it_could_not_compare(hub: Hub, grid: Grid) -> None:
    environment = {**grid.server.environment, "TEMPORAL_ADDRESS": "127.0.0.1:1"}
    command = [sys.executable, "-m", "upkeep", "reconcile"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90)

    assert done.returncode == 3, done.stdout + done.stderr
    first, last = done.stdout.splitlines()
    assert first.startswith("比べられません  記録とTemporal: すべて")
    assert last == "違い 0 件、比べられなかったもの 1 件"


def test_what_the_hub_ended_and_cancelled_itself_is_no_difference(hub: Hub, grid: Grid, compared: Any) -> None:
    matched(hub, grid)
    number = lone_applications.open_start(hub.database, point_number="0310000000000000000007")
    hub.hand_over(number)
    hub.wait_for_line(number, HistoryKind.RECEIVED)
    grid.start(number=number)
    grid.withdraw(ApplicationKind.START, number)
    cut_off = hub.lone(number).cut_off
    assert cut_off is not None
    hub.move_in_step(number, cut_off)
    hub.wait_closed(number)

    assert hub.lone(number).application.state is ApplicationState.UNMATCHED
    assert grid.status(ApplicationKind.START, number).application_state is ApplicationState.CANCELLED
    assert [difference for difference in compared() if difference.number == number] == []


def test_an_area_in_maintenance_is_not_compared_and_says_until_when(hub: Hub, grid: Grid) -> None:
    matched(hub, grid)
    until = (grid.now() + timedelta(hours=1)).replace(microsecond=0)
    grid.tell(Area.TOKYO, maintenance_until=until.isoformat())

    (uncompared,) = compare(hub, grid).uncompared

    assert uncompared.what == f"03 東京 低圧託送（メンテナンス中、{until.astimezone(JST):%Y-%m-%d %H:%M}まで）"
