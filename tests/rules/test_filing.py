"""申請登録: what an application must say, and until when."""

from datetime import date, timedelta

import pytest

from schemas.codes import ApplicationKind, ApplicationState, CasePhase, MeterWork
from schemas.findings import Refusal
from tests.support.cast import SECOND_POINT
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day

MOMENT = timedelta(microseconds=1)
BOTH = pytest.mark.parametrize("kind", [START, END])


@BOTH
def test_it_is_stored_and_sent(kind: ApplicationKind) -> None:
    case = Switch().accepted()
    filing = case.filing(kind, application_number="AP-1")
    case.must(filing)

    call = case.call(kind)
    assert call.application_number == "AP-1"
    assert call.content_key == filing.message_key
    assert case.state.application(kind).state is ApplicationState.SENDING
    assert case.calls() == [f"register {kind.value}"]


@BOTH
def test_it_names_the_cases_point_and_date(kind: ApplicationKind) -> None:
    case = Switch().accepted()
    filing = case.filing(kind, point_number=SECOND_POINT, effective_date=date(2026, 8, 8))
    assert case.refuses(filing) == (
        "HUB-B001",
        [("pointNumber", "point-of-the-case"), ("effectiveDate", "date-of-the-case")],
    )


@BOTH
def test_in_time_is_what_was_stored_by_the_cut_off(kind: ApplicationKind) -> None:
    case = Switch().accepted()
    late = case.filing(kind, at=case.state.cut_off)
    assert case.refuses(late) == ("HUB-S004", [("caseNumber", "application-cut-off")])
    case.must(case.filing(kind, at=case.state.cut_off - MOMENT))


@BOTH
def test_a_second_one_is_refused_while_the_first_stands(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind)
    assert case.refuses(case.filing(kind)) == ("HUB-S002", [("caseNumber", "file-once")])


@BOTH
def test_a_second_one_is_refused_while_the_first_is_being_cancelled_with_the_advice_to_wait(
    kind: ApplicationKind,
) -> None:
    case = Switch().accepted().filed(kind).received(kind).cancelled(kind)
    outcome = case.happens(case.filing(kind))
    assert isinstance(outcome, Refusal)
    assert "取消の結果が出てから" in outcome.findings[0].action


def test_before_the_decision_nothing_is_filed() -> None:
    case = Switch()
    assert case.refuses(case.filing(START)) == ("HUB-S002", [("caseNumber", "file-start-phase")])
    assert case.refuses(case.filing(END)) == ("HUB-S002", [("caseNumber", "file-end-phase")])


def test_meter_work_that_a_start_application_does_not_declare_means_work() -> None:
    case = Switch(meter_work=MeterWork.NOT_NEEDED).accepted()
    case.must(case.filing(START, meter_work=None))
    assert case.state.meter_work is MeterWork.NEEDED
    assert case.state.cut_off == day("2026-07-26", "24:00")


def test_meter_work_that_turns_out_not_to_be_needed_leaves_more_time() -> None:
    case = Switch(meter_work=MeterWork.NEEDED).accepted()
    case.must(case.filing(START, meter_work=MeterWork.NOT_NEEDED))
    assert case.state.cut_off == day("2026-08-04", "24:00")


def test_an_end_application_does_not_say_whether_meter_work_is_needed() -> None:
    case = Switch(meter_work=MeterWork.NOT_NEEDED).accepted()
    case.must(case.filing(END, meter_work=None))
    assert case.state.meter_work is MeterWork.NOT_NEEDED


def test_meter_work_for_which_no_time_is_left_is_refused() -> None:
    case = Switch(meter_work=MeterWork.NOT_NEEDED).accepted()
    filing = case.filing(START, meter_work=MeterWork.NEEDED, at=day("2026-07-28", "00:00"))
    assert case.refuses(filing) == ("HUB-B001", [("meterWork", "standard-period")])
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS


def test_everything_wrong_is_told_at_once() -> None:
    case = Switch().accepted()
    filing = case.filing(
        START, effective_date=date(2026, 8, 8), meter_work=MeterWork.NEEDED, at=day("2026-07-30", "00:00")
    )
    assert case.refuses(filing) == (
        "HUB-B001",
        [("effectiveDate", "date-of-the-case"), ("meterWork", "standard-period")],
    )
