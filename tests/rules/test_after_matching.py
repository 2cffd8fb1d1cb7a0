"""What a grid operator can do after matching: complete, move the date, cancel, or do one side only."""

from datetime import date, timedelta

import pytest

from rules.procedure.events import NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind, NothingNew
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, MeterWork
from tests.support.core.lone_application import Lone
from tests.support.core.switching_case import END, START, Switch, other_than
from tests.support.moments import day

BOTH = pytest.mark.parametrize("kind", [START, END])
THE_DAY = day("2026-08-07", "12:00")


def matched(**fields: object) -> Switch:
    case = Switch().accepted().filed(START, END).received(START, END)
    return case.told(NewsKind.MATCHED, START, **fields)


def test_the_time_of_matching_is_the_grid_operators() -> None:
    earlier = day("2026-07-01", "11:11")
    assert matched(occurred_at=earlier).state.matched_at == earlier


def test_matching_is_told_of_each_application_and_counts_once() -> None:
    case = matched()
    assert case.ignores(case.status(NewsKind.MATCHED, START))
    assert case.ignores(case.status(NewsKind.MATCHED, END))


@BOTH
def test_it_is_accepted_while_an_application_is_still_being_sent(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(START, END).received(other_than(kind))
    case.told(NewsKind.MATCHED, other_than(kind))
    assert case.phase() is CasePhase.MATCHED
    assert case.calls() == []


@BOTH
def test_it_takes_two(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).received(kind)
    assert case.ignores(case.status(NewsKind.MATCHED, kind))


@BOTH
def test_what_is_completed_without_another_one_is_one_side_done(kind: ApplicationKind) -> None:
    case = Switch().accepted().filed(kind).received(kind).withdrawn()
    case.told(NewsKind.COMPLETED, kind)
    assert (case.phase(), case.state.one_side_alarmed) == (CasePhase.ONE_SIDE_DONE, True)
    assert case.state.end_cause is None
    assert case.calls() == []

    case.told(NewsKind.CANCELLED, kind)
    assert case.phase() is CasePhase.GRID_CANCELLED
    assert case.state.application(other_than(kind)).state is ApplicationState.NOT_FILED


@BOTH
def test_a_jump_to_completion_while_still_being_sent_is_taken(kind: ApplicationKind) -> None:
    done_at = day("2026-08-07", "00:30")
    case = Switch().accepted().filed(START, END)
    case.told(NewsKind.COMPLETED, kind, occurred_at=done_at)
    assert case.phase() is CasePhase.MATCHED
    assert case.state.application(kind).state is ApplicationState.COMPLETED
    assert case.state.matched_at == done_at, "at the latest then"

    case.told(NewsKind.COMPLETED, other_than(kind), occurred_at=done_at)
    assert (case.phase(), case.state.completed_at) == (CasePhase.COMPLETED, done_at)


@BOTH
def test_both_sides_done_complete_the_case(kind: ApplicationKind) -> None:
    case = matched().until(THE_DAY).told(NewsKind.COMPLETED, kind)
    assert case.phase() is CasePhase.MATCHED
    case.told(NewsKind.COMPLETED, other_than(kind))
    assert case.phase() is CasePhase.COMPLETED


@BOTH
def test_completion_may_be_heard_of_before_the_day_comes(kind: ApplicationKind) -> None:
    case = matched().told(NewsKind.COMPLETED, kind).told(NewsKind.COMPLETED, other_than(kind))
    assert case.phase() is CasePhase.COMPLETED


@BOTH
def test_one_side_alone_is_an_alarm_when_the_day_is_over(kind: ApplicationKind) -> None:
    case = matched().until(THE_DAY).told(NewsKind.COMPLETED, kind)
    end_of_day = day("2026-08-07", "24:00")
    assert case.ignores(TimePassed(end_of_day - timedelta(microseconds=1)))

    case.must(TimePassed(end_of_day))
    assert (case.phase(), case.state.one_side_alarmed) == (CasePhase.ONE_SIDE_DONE, True)

    case.told(NewsKind.COMPLETED, other_than(kind))
    assert case.phase() is CasePhase.COMPLETED


@BOTH
def test_both_sides_completions_heard_one_after_the_other_when_the_day_is_over_are_no_alarm(
    kind: ApplicationKind,
) -> None:
    case = matched().until(day("2026-08-10", "09:00")).told(NewsKind.COMPLETED, kind)
    assert case.ignores(TimePassed(case.now))

    case.told(NewsKind.COMPLETED, other_than(kind))
    assert (case.phase(), case.state.one_side_alarmed) == (CasePhase.COMPLETED, False)


@BOTH
def test_one_side_heard_of_when_the_day_is_over_is_an_alarm_an_hour_later(kind: ApplicationKind) -> None:
    case = matched().until(day("2026-08-10", "09:00")).told(NewsKind.COMPLETED, kind)
    in_an_hour = day("2026-08-10", "10:00")
    assert case.ignores(TimePassed(in_an_hour - timedelta(microseconds=1)))

    case.must(TimePassed(in_an_hour))
    assert (case.phase(), case.state.one_side_alarmed) == (CasePhase.ONE_SIDE_DONE, True)


@BOTH
def test_the_pair_is_cancelled_as_one(kind: ApplicationKind) -> None:
    case = matched().told(NewsKind.CANCELLED, kind)
    assert case.phase() is CasePhase.GRID_CANCELLED
    assert case.states == (ApplicationState.CANCELLED, ApplicationState.CANCELLED)
    assert case.told_last == "grid_cancelled"


@BOTH
def test_one_side_cancelled_with_the_other_done_does_not_end_the_case(kind: ApplicationKind) -> None:
    case = matched().until(THE_DAY).told(NewsKind.COMPLETED, kind).told(NewsKind.CANCELLED, other_than(kind))
    assert (case.phase(), case.state.one_side_alarmed) == (CasePhase.ONE_SIDE_DONE, True)
    assert case.told(NewsKind.CANCELLED, kind).phase() is CasePhase.GRID_CANCELLED


def test_a_moved_date_is_taken_once_and_asked_about_when_it_comes() -> None:
    case = matched().until(THE_DAY)
    assert case.state.inquiry == 1

    news = case.status(NewsKind.MATCHED, START, effective_date=date(2026, 8, 20))
    case.must(news)
    assert (case.state.effective_date, case.told_last) == (date(2026, 8, 20), "effective_date_moved")
    assert case.ignores(news)
    assert case.ignores(case.status(NewsKind.MATCHED, END, effective_date=date(2026, 8, 20)))

    case.until(day("2026-08-20", "00:00"))
    assert case.state.inquiry == 2


@BOTH
@pytest.mark.parametrize("news", [NewsKind.RECEIVED, NewsKind.DEFECTIVE, NewsKind.TOO_LATE, NewsKind.UNMATCHED])
def test_what_is_older_than_matching_changes_nothing(news: NewsKind, kind: ApplicationKind) -> None:
    case = matched()
    assert case.ignores(case.status(news, kind))


def test_meter_work_that_turns_out_otherwise_after_matching_is_heard_from_the_start_application() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).matched()
    assert case.ignores(case.status(NewsKind.MATCHED, END, meter_work=MeterWork.NEEDED))

    case.told(NewsKind.MATCHED, START, meter_work=MeterWork.NEEDED)

    assert (case.state.meter_work, case.lines[-1].kind) == (MeterWork.NEEDED, HistoryKind.METER_WORK_CHANGED)
    assert case.ignores(case.status(NewsKind.MATCHED, START, meter_work=MeterWork.NEEDED))


def test_meter_work_of_a_matched_application_on_its_own_is_heard_where_its_kind_declares_it() -> None:
    start = Lone(START).received().told(NewsKind.MATCHED)
    start.told(NewsKind.MATCHED, meter_work=MeterWork.NEEDED)
    assert (start.state.meter_work, start.lines[-1].kind) == (MeterWork.NEEDED, HistoryKind.METER_WORK_CHANGED)

    end = Lone(END).received().told(NewsKind.MATCHED)
    assert isinstance(end.happens(end.status(NewsKind.MATCHED, meter_work=MeterWork.NEEDED)), NothingNew)
