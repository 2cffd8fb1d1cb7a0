"""A call that goes unanswered: its case says which area, since when, which call, until when, and what can be done."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from temporalio.api.enums.v1 import EventType

from rules.procedure.calls import Trouble, TroubleKind
from rules.procedure.outcomes import HistoryKind
from rules.wording import plain_moment
from temporal.names import CALL_GRID
from tests.support import case_applications, decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import wait_until


def trouble(hub: Hub, kind: TroubleKind, reason: str) -> Trouble:
    now = hub.now()
    return Trouble(kind, since=now - timedelta(hours=2), at=now, reason=reason, tried=kind is not TroubleKind.PAUSED)


def calls_made(hub: Hub, case: str) -> list[str]:
    """Read the summaries of the activities that call the grid operator."""
    return [
        json.loads(event.user_metadata.summary.data)
        for event in hub.history(case).events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
        and event.activity_task_scheduled_event_attributes.activity_type.name == CALL_GRID
    ]


def filed_into(hub: Hub, *troubles: Trouble) -> str:
    """Make a case whose start application is on its way, and goes unanswered once it has been told so."""
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.troubles.extend(troubles)
    assert hub.give(case, case_applications.file_start).refusal is None
    wait_until(lambda: len(calls_made(hub, case)) == 1 + len(troubles), what="the call to be made again")
    wait_until(lambda: hub.last_failure(case), what="a try that fails")
    return case


def test_a_grid_operator_that_is_away_is_told_with_area_time_call_and_what_to_do(
    hub: Hub, keep_history: Callable[[str, str], None]
) -> None:
    away = trouble(hub, TroubleKind.AWAY, "connection-refused")

    case = filed_into(hub, away)

    number = hub.state(case).start.number
    words = f"{plain_moment(away.since)}から応答なし: 接続できない"
    assert (
        f"**待っているもの**: 東京エリアの一般送配電事業者の応答（開始申請 {number} の東京への送信）\n"
        f"- いつまで: 期限なし（{words}。回答があるまで最長60秒おきに繰り返し）\n"
        "- できること: 対処は要りません。つながれば自動で続きます。"
    ) in hub.details_at_work(case)
    assert calls_made(hub, case) == [
        f"開始申請 {number} を東京へ送信",
        f"開始申請 {number} を東京へ送信（{words}、回答があるまで最長60秒おきに繰り返し）",
    ]
    hub.grid.troubles.clear()
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert "応答なし" not in hub.current_details(case)
    assert [call.tried for call in hub.grid.calls] == [True], "it may have arrived"
    keep_history(case, "grid_away_and_told")


def test_a_stopped_area_is_told_with_the_command_that_lets_it_go_on(hub: Hub) -> None:
    stopped = trouble(hub, TroubleKind.PAUSED, "paused")

    case = filed_into(hub, stopped)

    details = hub.details_at_work(case)
    assert "**待っているもの**: 広域機関による東京エリアの呼び出しの再開（開始申請" in details
    assert f"期限なし（{plain_moment(stopped.since)}から一時停止中。再開まで待機）" in details
    assert "`.venv/bin/python -m upkeep areas set 03 --resumed`" in details
    hub.grid.troubles.clear()
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert [call.tried for call in hub.grid.calls] == [False]


def test_an_answer_that_does_not_tell_needs_a_person(hub: Hub) -> None:
    case = filed_into(hub, trouble(hub, TroubleKind.UNCLEAR, "unreadable-answer"))

    details, number = hub.details_at_work(case), hub.state(case).start.number
    assert f"の、結果の分かる回答（開始申請 {number} の東京への送信）" in details
    assert "**人の確認が要ります**（回答を読めない）" in details
    assert (
        f"`.venv/bin/python -m upkeep case record {case} --application {number} --news … --by … --reason …`" in details
    )


def test_what_keeps_a_call_is_told_once_for_each_kind_and_costs_no_more_however_long_it_lasts(hub: Hub) -> None:
    case = filed_into(hub, trouble(hub, TroubleKind.PAUSED, "paused"), trouble(hub, TroubleKind.AWAY, "timeout"))

    assert "応答なし: 時間内に回答がない" in hub.details_at_work(case)
    before, tries = len(hub.history(case).events), hub.grid.tries
    wait_until(lambda: hub.grid.tries >= tries + 2, what="two further tries")
    assert len(hub.history(case).events) == before
    assert len(calls_made(hub, case)) == 3


@pytest.mark.parametrize("withdrawn", [True, False], ids=["withdrawn", "answered"])
def test_once_it_is_over_the_case_no_longer_says_so(hub: Hub, withdrawn: bool) -> None:
    case = filed_into(hub, trouble(hub, TroubleKind.AWAY, "timeout"))
    number = hub.state(case).start.number
    if withdrawn:
        hub.give(case, referrals.withdraw)
        assert f"（開始申請 {number} の東京への送信）" in hub.details_at_work(case), "its own fate is asked for first"
    hub.grid.troubles.clear()

    if withdrawn:
        hub.wait_closed(case)
    else:
        hub.wait_for_line(case, HistoryKind.RECEIVED)

    assert "応答なし" not in hub.current_details(case)
