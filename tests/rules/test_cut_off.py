"""申請期限: what is missing then stays missing; what was stored in time is waited for."""

from datetime import date

import pytest

from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, EndCause
from tests.support.core.switching_case import END, START, Switch, other_than
from tests.support.moments import day

BOTH = pytest.mark.parametrize("kind", [START, END])


def cut_off(case: Switch) -> Switch:
    return case.until(case.state.cut_off)


def test_with_nothing_filed_the_case_ends_and_says_what_was_missing() -> None:
    case = cut_off(Switch().accepted())
    assert (case.phase(), case.state.end_cause) == (CasePhase.UNMATCHED, EndCause.CUT_OFF)
    assert case.state.missing == (START, END)
    assert case.lines[-1].details["missing"] == "start end"


@BOTH
def test_with_one_received_it_is_cancelled_and_the_case_ends(kind: ApplicationKind) -> None:
    case = cut_off(Switch().accepted().filed(kind).received(kind))
    assert case.phase() is CasePhase.CANCELLING
    assert case.state.missing == (other_than(kind),)

    case.must(case.answer(NewsKind.CANCELLED, kind))
    assert case.phase() is CasePhase.UNMATCHED
    assert case.calls() == []


@BOTH
def test_what_is_still_being_sent_is_waited_for(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(other_than(kind)).received(other_than(kind)).filed(kind)
    cut_off(case)
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert case.state.cut_off_passed
    assert f"register {kind.value}" in case.calls()


@BOTH
def test_once_it_is_received_the_case_waits_for_the_grid_operator(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(other_than(kind)).received(other_than(kind)).filed(kind)
    cut_off(case).received(kind)
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert case.matched().phase() is CasePhase.MATCHED


@BOTH
def test_once_it_is_defective_the_case_ends_and_the_other_one_is_cancelled(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(other_than(kind)).received(other_than(kind)).filed(kind)
    cut_off(case).defective(kind)
    assert case.phase() is CasePhase.CANCELLING
    assert case.state.missing == (kind,)
    assert f"cancel {other_than(kind).value}" in case.calls()

    case.must(case.answer(NewsKind.CANCELLED, other_than(kind)))
    assert case.phase() is CasePhase.UNMATCHED
    assert case.state.application(kind).state is ApplicationState.DEFECTIVE


@BOTH
def test_a_correction_that_turns_out_defective_then_is_missing_though_an_earlier_content_may_stand(
    kind: ApplicationKind,
) -> None:
    case = Switch().accepted().filed(START, END).received(START, END).corrected(kind)
    cut_off(case).defective(kind)
    assert case.state.missing == (kind,)
    assert sorted(case.calls()) == ["cancel end", "cancel start", "inquire"]


@BOTH
def test_a_pair_that_matched_before_one_could_be_cancelled_is_matched(kind: ApplicationKind) -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(kind).cancelled(other_than(kind)))
    assert case.phase() is CasePhase.CANCELLING
    case.told(NewsKind.MATCHED, kind)
    assert case.phase() is CasePhase.MATCHED
    assert (case.state.end_cause, case.state.missing) == (None, ())


@BOTH
def test_what_the_grid_operator_finds_too_late_ends_the_case_with_that_reason(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(START, END).received(other_than(kind))
    case.must(case.answer(NewsKind.TOO_LATE, kind))
    assert (case.phase(), case.state.end_cause) == (CasePhase.CANCELLING, EndCause.TOO_LATE_AT_GRID)
    assert case.calls() == [f"cancel {other_than(kind).value}"]

    case.must(case.answer(NewsKind.CANCELLED, other_than(kind)))
    assert (case.phase(), case.state.end_cause) == (CasePhase.UNMATCHED, EndCause.TOO_LATE_AT_GRID)


@BOTH
def test_a_pair_the_grid_operator_does_not_match_ends_the_case(kind: ApplicationKind) -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(START, END))
    case.told(NewsKind.UNMATCHED, kind)
    case.told(NewsKind.UNMATCHED, other_than(kind))
    assert (case.phase(), case.state.end_cause) == (CasePhase.UNMATCHED, EndCause.UNMATCHED_AT_GRID)


def test_the_case_asks_for_itself_once_before_its_cut_off() -> None:
    case = Switch().accepted().filed(START, END).received(START)
    before = case.state.cut_off.replace(hour=23, day=case.state.cut_off.day - 1)
    case.until(before)
    assert "inquire" in case.calls()

    case.must(case.status(NewsKind.INQUIRED, START, inquiry=case.state.inquiry))
    assert "inquire" not in case.calls()


def test_a_case_that_waits_for_matching_asks_again_when_its_day_comes() -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(START, END))
    case.must(case.status(NewsKind.INQUIRED, START, inquiry=case.state.inquiry))
    assert case.calls() == []
    case.until(case.state.cut_off.replace(day=7))
    assert case.state.effective_date == date(2026, 8, 7)
    assert case.calls() == ["inquire"]


def test_a_pair_that_is_not_matched_by_the_end_of_its_day_is_taken_back_and_ends() -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(START, END)).until(day("2026-08-07", "23:59"))
    case.must(case.status(NewsKind.INQUIRED, START, inquiry=case.state.inquiry))
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS

    case.until(day("2026-08-07", "24:00"))
    assert (case.phase(), case.state.end_cause) == (CasePhase.CANCELLING, EndCause.CUT_OFF)
    assert case.calls() == ["cancel start", "cancel end"]

    case.told(NewsKind.CANCELLED, START).told(NewsKind.CANCELLED, END)
    assert case.phase() is CasePhase.UNMATCHED


def test_a_pair_that_is_matched_by_the_end_of_its_day_goes_on() -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(START, END)).until(day("2026-08-07", "23:59"))
    case.matched().until(day("2026-08-07", "24:00"))
    assert case.phase() is CasePhase.MATCHED


def test_what_is_still_being_sent_at_the_end_of_its_day_is_cancelled_once_its_fate_is_known() -> None:
    case = cut_off(Switch().accepted().filed(START, END).received(END)).until(day("2026-08-07", "24:00"))
    assert case.phase() is CasePhase.CANCELLING
    assert case.calls() == ["cancel end", "inquire"]  # sent beside it, the start would be matched with the end
    case.told(NewsKind.CANCELLED, END)
    assert case.calls() == ["register start", "inquire"]
