"""What may be left when a year is over."""

from rules.calendar import end_of
from rules.procedure.events import NewsKind
from schemas.codes import CasePhase
from tests.support.core.switching_case import END, START, Switch
from tools.simulation.year import is_for_the_hub_operator


def one_side_done() -> Switch:
    case = Switch().accepted().filed(START, END).received(START, END)
    case.told(NewsKind.MATCHED, START).told(NewsKind.COMPLETED, START)
    return case


def test_a_case_whose_other_side_may_still_be_done_is_waited_for() -> None:
    case = one_side_done()
    assert not is_for_the_hub_operator(case.state)

    case.until(end_of(case.state.effective_date))
    assert case.phase() is CasePhase.ONE_SIDE_DONE
    assert not is_for_the_hub_operator(case.state)


def test_a_case_whose_other_side_was_cancelled_stands_until_the_hub_operator_ends_it() -> None:
    case = one_side_done().told(NewsKind.CANCELLED, END)

    assert case.phase() is CasePhase.ONE_SIDE_DONE
    assert is_for_the_hub_operator(case.state)


def test_a_case_whose_deadlines_stand_still_is_ended_by_the_hub_operator() -> None:
    assert is_for_the_hub_operator(Switch().suspended().state)


def test_no_other_case_may_stand_for_ever() -> None:
    assert not is_for_the_hub_operator(Switch().state)
    assert not is_for_the_hub_operator(Switch().accepted().state)
