"""How an application on its own can go, each on the real server. Histories of these runs are replayed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rules.calendar import start_of
from rules.procedure.calls import CallKind
from rules.procedure.events import GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationState, CasePhase, EndCause
from temporal import names
from tests.support import lone_applications
from tests.support.cast import NEW, OTHER
from tests.support.hub import Hub
from tests.support.processes import wait_until

KeepHistory = Callable[[str, str], None]


def start(hub: Hub, *, retailer: str = NEW) -> str:
    """Register a start application on its own, and start its workflow."""
    number = lone_applications.open_start(hub.database, retailer=retailer)
    hub.hand_over(number)
    return number


def tell(hub: Hub, number: str, kind: NewsKind, *, occurred_at: datetime | None = None) -> None:
    news = GridNews(kind, hub.lone(number).kind, number, f"watch-{number}-{kind.value}", hub.now(), occurred_at)
    hub.gateway.signal_news(number, [news])


def wait_for(hub: Hub, number: str, state: ApplicationState) -> None:
    wait_until(lambda: hub.lone(number).application.state is state, what=f"{state.label}: {hub.lone(number)}")


def test_it_runs_to_its_completion(hub: Hub, keep_history: KeepHistory) -> None:
    number = start(hub)
    hub.wait_for_line(number, HistoryKind.RECEIVED)

    tell(hub, number, NewsKind.MATCHED, occurred_at=hub.now())
    wait_for(hub, number, ApplicationState.MATCHED)
    effective = hub.lone(number).effective_date
    assert effective is not None
    hub.move_clock_to(start_of(effective))
    hub.wait_for_line(number, HistoryKind.INQUIRED)
    tell(hub, number, NewsKind.COMPLETED)

    wait_for(hub, number, ApplicationState.COMPLETED)
    hub.wait_closed(number)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.INQUIRE]
    keep_history(number, "lone_completed")


def test_a_defect_is_corrected_and_sent_again(hub: Hub, keep_history: KeepHistory) -> None:
    hub.grid.finds_defects = ("address-known",)
    number = start(hub)
    hub.wait_for_line(number, HistoryKind.DEFECTIVE)
    hub.grid.finds_defects = ()

    answer = hub.give(number, lone_applications.correct)

    assert (answer.application_number, answer.application_state) == (number, ApplicationState.SENDING)
    hub.wait_for_line(number, HistoryKind.RECEIVED)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.AMEND]
    keep_history(number, "lone_corrected")


def test_a_cancellation_on_its_way_waits_for_its_fate(hub: Hub, keep_history: KeepHistory) -> None:
    hub.grid.at_work.clear()
    number = start(hub)
    wait_until(lambda: hub.grid.tries, what="the call to the grid operator")

    answer = hub.give(number, lone_applications.cancel)
    assert answer.application_state is ApplicationState.CANCELLING
    hub.grid.at_work.set()

    wait_for(hub, number, ApplicationState.CANCELLED)
    hub.wait_closed(number)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.CANCEL]
    assert hub.give(number, lone_applications.correct).refusal is not None, (
        "what has ended refuses without its workflow"
    )
    keep_history(number, "lone_cancelled_on_its_way")


@pytest.mark.timeout(60)
def test_a_grid_operator_that_is_away_for_a_day_is_waited_for(hub: Hub, keep_history: KeepHistory) -> None:
    hub.grid.down = True
    number = start(hub)
    wait_until(lambda: hub.grid.tries, what="a first try")

    hub.move_clock_to(hub.now() + timedelta(days=1))
    wait_until(lambda: hub.grid.tries >= 2, what="a further try")
    hub.grid.down = False

    hub.wait_for_line(number, HistoryKind.RECEIVED)
    assert len(hub.grid.calls) == 1
    keep_history(number, "lone_grid_down_for_a_day")


def test_a_start_meets_the_end_of_another_retailer(hub: Hub, keep_history: KeepHistory) -> None:
    started, ended = start(hub), lone_applications.open_end(hub.database)
    hub.hand_over(ended)
    for number in (started, ended):
        hub.wait_for_line(number, HistoryKind.RECEIVED)

    for number in (started, ended):
        tell(hub, number, NewsKind.MATCHED, occurred_at=hub.now())
        tell(hub, number, NewsKind.COMPLETED)

    for number in (started, ended):
        wait_for(hub, number, ApplicationState.COMPLETED)
        hub.wait_closed(number)
        assert hub.lines(number)[-2:] == [HistoryKind.MATCHED, HistoryKind.COMPLETED]
    keep_history(ended, "lone_met_by_another")


def test_one_that_nobody_meets_is_taken_back_at_its_cut_off(hub: Hub, keep_history: KeepHistory) -> None:
    number = start(hub)
    hub.wait_for_line(number, HistoryKind.RECEIVED)
    cut_off = hub.lone(number).cut_off
    assert cut_off is not None

    hub.move_in_step(number, cut_off - timedelta(hours=1))
    hub.wait_for_line(number, HistoryKind.INQUIRED)
    hub.move_in_step(number, cut_off)

    wait_for(hub, number, ApplicationState.UNMATCHED)
    assert hub.lone(number).end_cause is EndCause.CUT_OFF
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.INQUIRE, CallKind.CANCEL]
    hub.wait_closed(number)
    keep_history(number, "lone_unmatched")


def test_operations_read_it_without_the_code(hub: Hub) -> None:
    number = start(hub)
    hub.wait_for_line(number, HistoryKind.RECEIVED)

    details, shown = hub.current_details(number), hub.description(number).typed_search_attributes

    assert hub.summary(number) == f"東京 低圧託送 単独申請（スイッチング開始申請） {number}"
    for words in (
        "**単独申請**: スイッチング開始申請 受付（版1）",
        "**待っているもの**: 東京のマッチング",
        f"- **開始申請** {number}: 受付\n",
        f"**申請者**: {NEW}（新小売）",
    ):
        assert words in details
    assert shown[names.PROCEDURE_KIND] == "start"
    assert shown[names.NEW_RETAILER] == NEW
    assert shown.get(names.CURRENT_RETAILER) is None
    assert shown[names.CASE_PHASE] == CasePhase.AWAITING_APPLICATIONS.value
    assert shown[names.NEXT_DEADLINE] == hub.lone(number).cut_off


def test_without_a_counterpart_it_gives_way_to_a_referral(hub: Hub, keep_history: KeepHistory) -> None:
    number = start(hub, retailer=OTHER)
    hub.wait_for_line(number, HistoryKind.RECEIVED)
    hub.move_clock_to(hub.now() + timedelta(days=21))

    case = hub.open()
    hub.hand_over(number)

    wait_for(hub, number, ApplicationState.UNMATCHED)
    hub.wait_closed(number)
    assert hub.lone(number).end_cause is EndCause.GAVE_WAY
    assert hub.grid.calls[-1].kind is CallKind.CANCEL
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION
    keep_history(number, "lone_gave_way")


def test_where_it_was_matched_already_the_referral_stands_back(hub: Hub, keep_history: KeepHistory) -> None:
    number = start(hub, retailer=OTHER)
    hub.wait_for_line(number, HistoryKind.RECEIVED)
    hub.move_clock_to(hub.now() + timedelta(days=21))
    hub.grid.matched = True

    case = hub.open()
    hub.hand_over(number)

    wait_for(hub, number, ApplicationState.MATCHED)
    hub.hand_over(case)
    state = hub.wait_for(case, CasePhase.UNMATCHED)
    hub.wait_closed(case)
    assert state.end_cause is EndCause.POINT_TAKEN
    assert hub.lines(number)[-2:] == [HistoryKind.GAVE_WAY, HistoryKind.CANCEL_IMPOSSIBLE]
    keep_history(case, "stood_back")
