"""How a case can go, from its registration on, each on the real server. Histories of these runs are replayed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from rules.calendar import end_of, start_of
from rules.procedure.calls import CallKind
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, EndCause
from tests.support import case_applications, decisions, referrals
from tests.support.hub import Hub
from tests.support.processes import wait_until

KeepHistory = Callable[[str, str], None]


def test_an_accepted_case_waits_for_applications(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()

    answer = hub.give(case, decisions.decide)

    assert answer.refusal is None
    assert answer.phase is hub.state(case).phase is CasePhase.AWAITING_APPLICATIONS
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]
    keep_history(case, "accepted")


def test_a_rejected_case_ends(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()

    answer = hub.give(case, decisions.reject)

    assert answer.phase is CasePhase.REJECTED
    hub.wait_closed(case)
    keep_history(case, "rejected")


def test_a_case_nobody_decides_is_reminded_of_and_expires(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    state = hub.state(case)

    hub.move_in_step(case, state.remind_at)
    hub.wait_for_line(case, HistoryKind.REMINDED)
    assert hub.state(case).phase is CasePhase.AWAITING_DECISION
    hub.move_in_step(case, state.decision_due)

    hub.wait_for(case, CasePhase.DECISION_EXPIRED)
    hub.wait_closed(case)
    assert hub.lines(case) == [HistoryKind.REGISTERED, HistoryKind.REMINDED, HistoryKind.DECISION_EXPIRED]
    keep_history(case, "expired")


def test_a_withdrawn_case_ends(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()

    answer = hub.give(case, referrals.withdraw)

    assert answer.phase is CasePhase.WITHDRAWN
    hub.wait_closed(case)
    assert hub.grid.tries == 0
    keep_history(case, "withdrawn")


def test_an_amended_referral_is_decided_in_its_new_version(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    later = hub.state(case).wished_date + timedelta(days=14)

    answer = hub.give(case, lambda session, number: referrals.amend(session, number, wished_date=later))
    assert (answer.version, answer.wished_date) == (2, later)
    old = hub.give(case, lambda session, number: decisions.decide(session, number, version=1))
    assert old.refusal is not None
    hub.give(case, lambda session, number: decisions.decide(session, number, version=2))

    assert hub.state(case).phase is CasePhase.AWAITING_APPLICATIONS
    keep_history(case, "amended")


def test_one_application_is_cancelled_and_another_filed(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    first = hub.state(case).start.number

    hub.give(case, case_applications.cancel_start)
    hub.wait_for_line(case, HistoryKind.APPLICATION_CANCELLED)
    assert hub.state(case).phase is CasePhase.AWAITING_APPLICATIONS
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED, times=2)

    assert hub.state(case).start.number != first
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.CANCEL, CallKind.REGISTER]
    keep_history(case, "one_cancelled_and_filed_again")


def test_withdrawing_an_application_the_grid_holds_takes_it_back_there_first(
    hub: Hub, keep_history: KeepHistory
) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.RECEIVED)

    answer = hub.give(case, referrals.withdraw)

    assert answer.phase is CasePhase.CANCELLING
    hub.wait_for(case, CasePhase.WITHDRAWN)
    hub.wait_closed(case)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.CANCEL]
    keep_history(case, "withdrawn_at_the_grid")


def test_a_withdrawal_while_the_application_is_on_its_way_waits_for_its_fate(
    hub: Hub, keep_history: KeepHistory
) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.at_work.clear()
    hub.give(case, case_applications.file_start)
    wait_until(lambda: hub.grid.tries, what="the call to the grid operator")

    answer = hub.give(case, referrals.withdraw)
    assert answer.phase is hub.state(case).phase is CasePhase.CANCELLING
    hub.grid.at_work.set()

    hub.wait_for(case, CasePhase.WITHDRAWN)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.CANCEL]
    hub.wait_closed(case)
    keep_history(case, "withdrawn_on_its_way")


def test_a_withdrawal_that_comes_after_matching_is_told_so(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.grid.matched = True

    hub.give(case, referrals.withdraw)

    state = hub.wait_for(case, CasePhase.MATCHED)
    assert state.end_cause is None
    assert HistoryKind.CANCEL_IMPOSSIBLE in hub.lines(case)
    keep_history(case, "cancel_impossible")


def test_a_case_without_both_applications_at_its_cut_off_is_unmatched(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.give(case, case_applications.file_end)
    hub.wait_for_line(case, HistoryKind.RECEIVED)

    hub.move_in_step(case, hub.state(case).cut_off - timedelta(hours=1))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    hub.move_in_step(case, hub.state(case).cut_off)

    state = hub.wait_for(case, CasePhase.UNMATCHED)
    assert (state.end_cause, state.missing) == (EndCause.CUT_OFF, (ApplicationKind.START,))
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.INQUIRE, CallKind.CANCEL]
    hub.wait_closed(case)
    keep_history(case, "unmatched")


def test_a_pair_that_nobody_matches_by_the_end_of_its_day_is_taken_back(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    hub.move_in_step(case, hub.state(case).cut_off)
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    hub.move_in_step(case, start_of(hub.state(case).effective_date))
    hub.wait_for_line(case, HistoryKind.INQUIRED, times=2)
    assert hub.state(case).phase is CasePhase.AWAITING_APPLICATIONS

    hub.move_in_step(case, end_of(hub.state(case).effective_date))

    state = hub.wait_for(case, CasePhase.UNMATCHED)
    assert (state.end_cause, state.missing) == (EndCause.CUT_OFF, ())
    assert [call.kind for call in hub.grid.calls].count(CallKind.CANCEL) == 2
    hub.wait_closed(case)
    keep_history(case, "not_matched_on_its_day")


def test_a_defective_application_is_corrected_and_sent_again(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.finds_defects = ("address-known",)
    hub.give(case, case_applications.file_start)
    hub.wait_for_line(case, HistoryKind.DEFECTIVE)
    assert hub.state(case).start.defects == ("address-known",)

    hub.grid.finds_defects = ()
    answer = hub.give(case, case_applications.amend_start)

    assert answer.application_state is ApplicationState.SENDING
    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert [call.kind for call in hub.grid.calls] == [CallKind.REGISTER, CallKind.AMEND]
    keep_history(case, "corrected")


@pytest.mark.timeout(60)
def test_a_grid_operator_that_is_away_for_a_day_is_waited_for(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.grid.down = True
    answer = hub.give(case, case_applications.file_start)
    assert answer.application_state is ApplicationState.SENDING, "the retailer is answered, not kept waiting"
    wait_until(lambda: hub.grid.tries, what="a first try")

    hub.move_clock_to(hub.now() + timedelta(days=1))
    wait_until(lambda: hub.grid.tries >= 2, what="a further try")
    hub.grid.down = False

    hub.wait_for_line(case, HistoryKind.RECEIVED)
    assert len(hub.grid.calls) == 1
    keep_history(case, "grid_down_for_a_day")


def test_a_switch_runs_to_its_completion(hub: Hub, keep_history: KeepHistory) -> None:
    case = hub.open()
    hub.give(case, decisions.decide)
    hub.apply_both(case)

    hub.tell(case, NewsKind.MATCHED, ApplicationKind.START, occurred_at=hub.now())
    state = hub.wait_for(case, CasePhase.MATCHED)
    hub.move_clock_to(start_of(state.effective_date))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.START)
    hub.tell(case, NewsKind.COMPLETED, ApplicationKind.END)

    hub.wait_for(case, CasePhase.COMPLETED)
    hub.wait_closed(case)
    keep_history(case, "completed")
    assert len(hub.history(case).events) < 160, "what a case costs has grown"
