"""What the grid operator says of date and meter work: its date holds, and no word of it sets a deadline in the past."""

from datetime import date

import pytest

from rules.procedure.events import NewsKind
from schemas.codes import ApplicationState, CasePhase, MeterWork
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day

LATER = date(2026, 8, 20)


def test_work_that_turns_out_not_to_be_needed_leaves_more_time() -> None:
    case = Switch(meter_work=MeterWork.NEEDED).accepted().filed(START)
    assert case.state.cut_off == day("2026-07-26", "24:00")
    case.received(START, meter_work=MeterWork.NOT_NEEDED)
    assert case.state.meter_work is MeterWork.NOT_NEEDED
    assert case.state.cut_off == day("2026-08-04", "24:00")


def test_work_that_turns_out_to_be_needed_leaves_less() -> None:
    case = Switch().accepted().filed(START).received(START, meter_work=MeterWork.NEEDED)
    assert case.state.cut_off == day("2026-07-26", "24:00")


def test_a_moved_date_moves_the_cut_off_and_the_other_application_must_name_it() -> None:
    case = Switch().accepted().filed(START).received(START, effective_date=LATER)
    assert case.state.effective_date == LATER
    assert case.state.wished_date == date(2026, 8, 7)
    assert case.state.cut_off == day("2026-08-17", "24:00")

    assert case.refuses(case.filing(END, effective_date=date(2026, 8, 7))) == (
        "HUB-B001",
        [("effectiveDate", "date-of-the-case")],
    )
    case.filed(END)


def test_a_date_for_which_no_time_would_be_left_keeps_the_cut_off_that_was() -> None:
    case = Switch().accepted().until(day("2026-07-28", "12:00")).filed(START)

    case.received(START, meter_work=MeterWork.NEEDED)

    assert case.state.meter_work is MeterWork.NEEDED
    assert case.state.cut_off == day("2026-08-04", "24:00")
    assert case.until(case.now).phase() is CasePhase.AWAITING_APPLICATIONS
    case.filed(END)


def test_a_later_date_heard_after_the_cut_off_opens_the_time_for_corrections_again() -> None:
    case = Switch().accepted().filed(START, END).received(END)
    case.until(case.state.cut_off).received(START, effective_date=LATER)
    assert not case.state.cut_off_passed

    case.told(NewsKind.DEFECTIVE, END)
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    case.corrected(END)


def test_the_grid_operator_may_think_again_before_matching() -> None:
    case = Switch().accepted().filed(START).received(START)
    case.told(NewsKind.RECEIVED, START, effective_date=LATER, meter_work=MeterWork.NOT_NEEDED)
    assert (case.state.effective_date, case.told_last) == (LATER, "effective_date_moved")
    case.told(NewsKind.RECEIVED, START, effective_date=LATER, meter_work=MeterWork.NEEDED)
    assert (case.state.meter_work, case.told_last) == (MeterWork.NEEDED, "meter_work_changed")


def test_two_applications_with_two_dates_do_not_swing_the_case_to_and_fro() -> None:
    case = Switch().accepted().filed(START, END).received(START, effective_date=LATER).received(END)
    for _ in range(3):
        assert case.ignores(case.status(NewsKind.RECEIVED, END, effective_date=date(2026, 8, 7)))
        assert case.ignores(case.status(NewsKind.RECEIVED, START, effective_date=LATER))
    assert case.state.effective_date == LATER


def test_the_date_of_an_end_application_that_came_first_holds_for_the_start_application() -> None:
    case = Switch().accepted().filed(END).received(END, effective_date=LATER)

    assert case.state.effective_date == LATER
    assert case.refuses(case.filing(START, effective_date=date(2026, 8, 7))) == (
        "HUB-B001",
        [("effectiveDate", "date-of-the-case")],
    )
    case.filed(START)


@pytest.mark.parametrize("start_received", [False, True])
def test_the_date_of_an_end_application_moves_no_case_whose_start_application_is_filed(start_received: bool) -> None:
    case = Switch().accepted().filed(START, END)
    if start_received:
        case.received(START)
    cut_off = case.state.cut_off

    case.received(END, effective_date=LATER)

    assert (case.state.effective_date, case.state.cut_off) == (date(2026, 8, 7), cut_off)
    assert case.state.end.state is ApplicationState.RECEIVED
    case.corrected(END)


def test_the_same_word_again_is_nothing_new() -> None:
    case = Switch().accepted().filed(START)
    news = case.status(NewsKind.RECEIVED, START, effective_date=LATER, meter_work=MeterWork.NEEDED)
    case.must(news)
    assert case.ignores(news)
