"""申請取消: one application is taken back; the case stays, and another may be filed until the cut-off."""

import pytest

from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase
from tests.support.core.switching_case import END, START, Switch, other_than

BOTH = pytest.mark.parametrize("kind", [START, END])


@BOTH
def test_one_that_is_on_its_way_is_cancelled_once_its_fate_is_known(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).cancelled(kind)
    assert case.calls() == [f"register {kind.value}"]
    case.received(kind)
    assert case.calls() == [f"cancel {kind.value}"]
    case.must(case.answer(NewsKind.CANCELLED, kind))
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert case.state.application(kind).state is ApplicationState.CANCELLED


@BOTH
def test_a_defective_one_is_cancelled_at_once(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).defective(kind).cancelled(kind)
    assert case.state.application(kind).state is ApplicationState.CANCELLED
    assert case.calls() == []


@BOTH
def test_another_one_gets_another_number(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).defective(kind).cancelled(kind)
    former = case.state.application(kind).number
    case.filed(kind)
    assert case.state.application(kind).number != former
    assert case.calls() == [f"register {kind.value}"], "the grid operator has not heard of it yet"


def test_news_of_a_former_number_is_not_about_the_present_one() -> None:
    case = Switch().accepted().filed(START)
    former = case.start.number
    case.defective(START).cancelled(START).filed(START)
    assert case.ignores(case.status(NewsKind.RECEIVED, START, application_number=former))


def test_matching_that_came_first_makes_it_impossible() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).cancelled(END)
    case.must(case.answer(NewsKind.MATCHED, END))
    assert case.phase() is CasePhase.MATCHED
    assert case.told_last == "cancel_impossible"
    assert case.states == (ApplicationState.MATCHED, ApplicationState.MATCHED)


@BOTH
def test_one_that_turns_out_too_late_is_simply_gone(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).cancelled(kind)
    case.must(case.answer(NewsKind.TOO_LATE, kind))
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert case.state.application(kind).state is ApplicationState.CANCELLED


@BOTH
def test_past_the_cut_off_the_case_ends_with_it(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(START, END).received(START, END)
    case.until(case.state.cut_off).cancelled(kind)
    case.must(case.answer(NewsKind.CANCELLED, kind))
    assert case.phase() is CasePhase.CANCELLING
    case.must(case.answer(NewsKind.CANCELLED, other_than(kind)))
    assert case.phase() is CasePhase.UNMATCHED
    assert case.state.missing == (kind,)


@BOTH
def test_the_grid_operator_may_cancel_one_before_matching_too(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).received(kind).told(NewsKind.CANCELLED, kind)
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert case.filed(kind).calls() == [f"register {kind.value}"]
