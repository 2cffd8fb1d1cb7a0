"""What can happen to a pair once it is matched, each on the real server. Histories of these runs are replayed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from rules.calendar import end_of, start_of
from rules.procedure.events import CommandKind, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, MeterWork, Segment
from tests.support import decisions
from tests.support.hub import Hub

KeepHistory = Callable[[str, str], None]
START, END = ApplicationKind.START, ApplicationKind.END


def received_pair(hub: Hub, **changes: object) -> str:
    case = hub.open(**changes)
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    return case


def matched(hub: Hub, **changes: object) -> str:
    case = received_pair(hub, **changes)
    hub.tell(case, NewsKind.MATCHED, START, occurred_at=hub.now())
    hub.wait_for(case, CasePhase.MATCHED)
    return case


def complete(hub: Hub, case: str) -> None:
    hub.tell(case, NewsKind.COMPLETED, START)
    hub.tell(case, NewsKind.COMPLETED, END)
    hub.wait_for(case, CasePhase.COMPLETED)
    hub.wait_closed(case)


def one_side_done(hub: Hub) -> str:
    case = matched(hub)
    hub.move_clock_to(start_of(hub.state(case).effective_date))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    hub.tell(case, NewsKind.COMPLETED, START)
    hub.wait_for_line(case, HistoryKind.ONE_SIDE_COMPLETED)
    hub.move_clock_to(end_of(hub.state(case).effective_date))
    hub.wait_for(case, CasePhase.ONE_SIDE_DONE)
    return case


def test_the_grid_operator_cancels_the_pair(hub: Hub, keep_history: KeepHistory) -> None:
    case = matched(hub)

    hub.tell(case, NewsKind.CANCELLED, END)

    hub.wait_for(case, CasePhase.GRID_CANCELLED)
    hub.wait_closed(case)
    keep_history(case, "cancelled_by_the_grid")


def test_the_grid_operator_moves_the_date(hub: Hub, keep_history: KeepHistory) -> None:
    case = matched(hub)
    later = hub.state(case).effective_date + timedelta(days=7)

    hub.tell(case, NewsKind.MATCHED, START, effective_date=later)
    hub.wait_for_line(case, HistoryKind.EFFECTIVE_DATE_MOVED)
    hub.move_clock_to(start_of(later))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    complete(hub, case)

    assert hub.state(case).effective_date == later
    keep_history(case, "date_moved_after_matching")


def test_work_on_the_meter_may_end_before_the_day(hub: Hub, keep_history: KeepHistory) -> None:
    case = matched(hub, meter_work=MeterWork.NEEDED)

    complete(hub, case)

    assert hub.now() < start_of(hub.state(case).effective_date)
    assert HistoryKind.INQUIRING not in hub.lines(case)
    keep_history(case, "completed_before_its_day")


def test_work_on_the_meter_may_end_after_the_day(hub: Hub, keep_history: KeepHistory) -> None:
    case = matched(hub, meter_work=MeterWork.NEEDED)
    hub.move_clock_to(end_of(hub.state(case).effective_date) + timedelta(days=5))
    hub.wait_for_line(case, HistoryKind.INQUIRED)
    assert hub.state(case).phase is CasePhase.MATCHED

    complete(hub, case)

    keep_history(case, "completed_after_its_day")


def test_that_a_meter_needs_no_work_may_be_said_after_reception(hub: Hub, keep_history: KeepHistory) -> None:
    case = received_pair(hub)
    before = hub.state(case)
    assert before.meter_work is MeterWork.NEEDED, "undeclared means work"

    hub.tell(case, NewsKind.RECEIVED, START, meter_work=MeterWork.NOT_NEEDED)
    hub.wait_for_line(case, HistoryKind.METER_WORK_CHANGED)
    assert hub.state(case).cut_off > before.cut_off
    hub.tell(case, NewsKind.MATCHED, START)
    hub.wait_for(case, CasePhase.MATCHED)
    complete(hub, case)

    keep_history(case, "meter_work_found_unnecessary")


@pytest.mark.parametrize("segment", [Segment.HIGH_VOLTAGE, Segment.LOW_VOLTAGE_FIT], ids=lambda segment: segment.value)
def test_the_other_segments_run_alike(hub: Hub, keep_history: KeepHistory, segment: Segment) -> None:
    case = received_pair(hub, segment=segment)
    assert hub.state(case).segment is segment

    hub.tell(case, NewsKind.MATCHED, START)
    hub.wait_for(case, CasePhase.MATCHED)
    complete(hub, case)

    keep_history(case, f"completed_in_{segment.value}")


def test_one_side_done_is_closed_by_the_hub_operator(hub: Hub, keep_history: KeepHistory) -> None:
    case = one_side_done(hub)

    refused = hub.intervene(case, CommandKind.CLOSE)
    assert refused.refusal is not None, "the other side is still matched"
    number = hub.state(case).end.number
    hub.intervene(case, CommandKind.RECORD, application_number=number, news=NewsKind.CANCELLED)
    answer = hub.intervene(case, CommandKind.CLOSE)

    assert answer.phase is CasePhase.CLOSED
    hub.wait_closed(case)
    keep_history(case, "one_side_done_and_closed")


def test_one_side_done_is_completed_by_a_word_recorded_by_hand(hub: Hub, keep_history: KeepHistory) -> None:
    case = one_side_done(hub)
    number = hub.state(case).end.number

    answer = hub.intervene(case, CommandKind.RECORD, application_number=number, news=NewsKind.COMPLETED)

    assert answer.phase is CasePhase.COMPLETED
    assert hub.state(case).end.state is ApplicationState.COMPLETED
    hub.wait_closed(case)
    keep_history(case, "one_side_done_and_completed")
