"""A maintenance window of the grid operator: calls wait for its end, with one timer, and everybody sees it."""

import json
from collections.abc import Callable
from datetime import timedelta

from temporalio.api.enums.v1 import EventType

from rules.procedure.outcomes import HistoryKind
from rules.wording import plain_moment
from schemas.codes import CasePhase
from tests.support import case_applications, decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import wait_until


def accepted_before_a_window(hub: Hub) -> str:
    """Make a case that waits for its applications, and a window of two hours that has begun."""
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.closed_until = hub.now() + timedelta(hours=2)
    return case


def wait_held(hub: Hub, case: str) -> None:
    wait_until(lambda: window_timers(hub, case), what="the timer of the window")


def window_timers(hub: Hub, case: str) -> list[str]:
    """Read what the timers say that wait for the window's end."""
    summaries = [
        json.loads(event.user_metadata.summary.data)
        for event in hub.history(case).events
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED
    ]
    return [summary for summary in summaries if "メンテナンス" in summary]


def test_an_application_waits_for_the_end_of_the_window_and_the_case_says_so(
    hub: Hub, keep_history: Callable[[str, str], None]
) -> None:
    case = accepted_before_a_window(hub)
    until = hub.grid.closed_until
    assert until is not None

    assert hub.give(case, case_applications.file_start).refusal is None

    wait_held(hub, case)
    assert window_timers(hub, case) == [f"東京の一般送配電事業者のメンテナンス終了 {plain_moment(until)}"]
    words = (
        f"**待っているもの**: 東京の一般送配電事業者のメンテナンス終了 {plain_moment(until)}\n"
        "- いつまで: その時刻まで（その後に自動で送信）\n- できること: 対処は要りません。"
    )
    assert words in hub.current_details(case)
    assert hub.grid.calls == []
    hub.move_in_step(case, until)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert len(hub.grid.calls) == 1
    assert "メンテナンス" not in hub.current_details(case)
    keep_history(case, "maintenance_window")


def test_a_maintenance_that_the_grid_operator_tells_of_is_waited_for_alike_and_named_as_its_word(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.grid.announced = True
    until = hub.grid.closed_until
    assert until is not None
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)

    words = f"東京の一般送配電事業者のメンテナンス終了（先方の告知） {plain_moment(until)}"
    assert window_timers(hub, case) == [words]
    assert f"**待っているもの**: {words}\n" in hub.current_details(case)

    hub.move_in_step(case, until)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert [call.windows for call in hub.grid.calls] == [1]


def test_where_it_is_over_sooner_than_told_the_case_goes_on_once_it_is_woken(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.grid.announced = True
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)
    hub.grid.closed_until = None

    assert hub.wake().missed == []

    hub.wait_for_line(case, HistoryKind.RECEIVED)


def test_all_that_a_case_does_within_a_window_makes_one_timer_and_one_try(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)

    hub.give(case, case_applications.file_end)
    for _ in range(3):
        assert hub.give(case, decisions.decide).refusal is not None
    hub.wait_idle(case)

    assert (len(window_timers(hub, case)), hub.grid.tries) == (1, 1)
    hub.move_in_step(case, hub.grid.closed_until)  # type: ignore[arg-type]
    hub.wait_for_line(case, HistoryKind.RECEIVED, times=2)
    assert len(window_timers(hub, case)) == 1


def work_of(hub: Hub, case: str) -> int:
    """Count how much the workflow has done: its tasks, timers and activities; moving its clock is an event, too."""
    kinds = (
        EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
        EventType.EVENT_TYPE_TIMER_STARTED,
        EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
    )
    return sum(hub.count(case, kind) for kind in kinds)


def test_the_passing_of_a_window_of_days_makes_no_work(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.grid.closed_until = hub.now() + timedelta(days=3)
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)
    hub.wait_idle(case)
    before = work_of(hub, case)

    hub.move_in_step(case, hub.now() + timedelta(days=2, hours=23))

    assert "メンテナンス" in hub.current_details(case)
    assert (work_of(hub, case) - before, hub.grid.tries) == (0, 1)


def test_moving_the_business_clock_past_the_window_ends_the_wait(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)

    hub.move_clock_to(hub.grid.closed_until)  # type: ignore[arg-type]

    hub.wait_for_line(case, HistoryKind.RECEIVED)


def test_moving_the_business_clock_within_the_window_brings_its_end_nearer(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    until = hub.grid.closed_until
    assert until is not None
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)

    hub.move_clock_to(until - timedelta(seconds=8))

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert hub.grid.tries == 2


def test_a_call_that_may_have_arrived_before_the_window_says_so_after_it(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    until, hub.grid.closed_until = hub.grid.closed_until, None
    assert until is not None
    hub.grid.down = True
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="a first try")
    hub.grid.closed_until = until
    wait_held(hub, case)
    hub.grid.down = False

    hub.move_in_step(case, until)

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert [call.tried for call in hub.grid.calls] == [True]


def test_a_case_can_be_taken_back_while_its_application_waits(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)

    assert hub.give(case, referrals.withdraw).phase is CasePhase.CANCELLING
    hub.move_in_step(case, hub.grid.closed_until)  # type: ignore[arg-type]

    hub.wait_for(case, CasePhase.WITHDRAWN)
    hub.wait_closed(case)


def test_a_worker_that_is_started_anew_within_the_window_waits_on(hub: Hub) -> None:
    case = accepted_before_a_window(hub)
    hub.give(case, case_applications.file_start)
    wait_held(hub, case)
    hub.stop_worker(case)
    hub.worker.start()

    hub.move_in_step(case, hub.grid.closed_until)  # type: ignore[arg-type]

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert len(window_timers(hub, case)) == 1
