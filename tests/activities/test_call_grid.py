"""Filing and correcting by the activity ``call-grid``: the real stub, the real database, a case of its own."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError

from activities.call_grid import GridActivities
from grid_client.client import GridClient
from models.cases.grid_findings import grid_findings_of
from rules.procedure.calls import CallKind
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Area, Flag, MeterWork
from temporal.names import CALL_GRID
from tests.support.case_steps import case_state
from tests.support.cast import OTHER
from tests.support.filed_case import FiledCase
from tests.support.grid import Grid

START, END = ApplicationKind.START, ApplicationKind.END
COUNTED = ("applications", "repeats", "duplicates")


def counted(grid: Grid) -> tuple[int, ...]:
    return tuple(grid.counters(Area.TOKYO)[name] for name in COUNTED)


def test_the_activity_is_known_by_the_contracts_name() -> None:
    assert GridActivities.call_grid.__temporal_activity_definition.name == CALL_GRID  # type: ignore[attr-defined]


def test_a_registration_is_sent_with_the_retailers_content_and_brings_the_reception(filed: FiledCase) -> None:
    (news,) = filed.make(filed.start)

    assert (news.kind, news.application) == (NewsKind.RECEIVED, START)
    assert news.application_number == filed.start.application_number
    assert news.cause == f"{filed.start.key}-received"
    assert abs(news.at - filed.grid.now()) < timedelta(seconds=30)


def test_the_second_of_a_pair_brings_the_match_at_the_grid_operators_time(filed: FiledCase) -> None:
    filed.make(filed.start)

    (news,) = filed.make(filed.end)

    status = filed.grid.status(END, news.application_number)
    assert (news.kind, news.occurred_at) == (NewsKind.MATCHED, status.matched_at)


def test_what_the_grid_operator_says_of_the_date_goes_along_where_it_differs(filed: FiledCase) -> None:
    filed.grid.tell(Area.TOKYO, postponed_days=2, meter_work="needed")

    (news,) = filed.make(filed.start)

    with filed.grid.database.transaction() as session:
        requested = case_state(session, filed.case_number).effective_date
    assert (news.effective_date, news.meter_work) == (requested + timedelta(days=2), MeterWork.NEEDED)


def test_defects_become_names_of_rules_and_the_words_stay_in_the_database(filed: FiledCase) -> None:
    filed.grid.tell(Area.TOKYO, defects_left=1)

    (news,) = filed.make(filed.start)

    with filed.grid.database.transaction() as session:
        (words,) = grid_findings_of(session, application_number=news.application_number)
    assert (news.kind, news.defects) == (NewsKind.DEFECTIVE, ("as-ordered",))
    assert words.message == "指示により不備としました。"
    assert words.message not in repr(news)


def test_a_form_fault_of_the_grid_operator_is_a_defect_that_the_retailer_can_mend(filed: FiledCase) -> None:
    number = filed.start.application_number
    call = replace(filed.start, application_number=number[:-1] + "X", key="a-number-against-the-form")

    (news,) = filed.make(call)

    assert (news.kind, news.defects) == (NewsKind.DEFECTIVE, ("pattern",))


def test_a_correction_of_what_was_never_taken_note_of_is_registered(filed: FiledCase) -> None:
    call = filed.of_kind(filed.start, CallKind.AMEND, revision=2)

    assert filed.kinds(call) == [NewsKind.RECEIVED]
    assert counted(filed.grid) == (1, 0, 0)


def test_what_comes_too_late_is_told_so(filed: FiledCase) -> None:
    filed.grid.move_clock(timedelta(days=39))

    assert filed.kinds(filed.start) == [NewsKind.TOO_LATE]


def test_an_acceptance_whose_answer_was_lost_is_found_by_its_status_and_not_sent_again(filed: FiledCase) -> None:
    filed.grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(ApplicationError):
        filed.make(filed.start)

    again = filed.kinds(filed.start, attempt=2)

    assert again == [NewsKind.RECEIVED]
    assert counted(filed.grid) == (1, 0, 0)
    assert filed.grid.counters(Area.TOKYO)["calls"] == {"10610-register": 1, "10620": 1}


def test_a_defect_whose_answer_was_lost_is_found_by_its_status(filed: FiledCase) -> None:
    filed.grid.tell(Area.TOKYO, cuts_left=1, defects_left=1)
    with pytest.raises(ApplicationError):
        filed.make(filed.start)

    assert filed.kinds(filed.start, attempt=2) == [NewsKind.DEFECTIVE]


def test_lateness_whose_answer_was_lost_is_found_by_its_status(filed: FiledCase) -> None:
    filed.grid.move_clock(timedelta(days=39))
    filed.grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(ApplicationError):
        filed.make(filed.start)

    assert filed.kinds(filed.start, attempt=2) == [NewsKind.TOO_LATE]


def test_what_never_arrived_is_sent_again_after_asking(filed: FiledCase) -> None:
    filed.grid.tell(Area.TOKYO, down=True)
    with pytest.raises(ApplicationError):
        filed.make(filed.start)
    filed.grid.tell(Area.TOKYO, down=False)

    again = filed.kinds(filed.start, attempt=2)

    assert again == [NewsKind.RECEIVED]
    assert filed.grid.counters(Area.TOKYO)["calls"] == {"10620": 1, "10610-register": 1}


def test_a_first_try_that_is_made_again_by_another_worker_is_a_repeat(filed: FiledCase) -> None:
    first, again = filed.make(filed.start), filed.make(filed.start)

    assert [news.kind for news in again] == [news.kind for news in first]
    assert counted(filed.grid) == (1, 1, 0)


def test_a_correction_whose_answer_was_lost_is_sent_again_and_taken_once(filed: FiledCase) -> None:
    filed.make(filed.start)
    call = filed.of_kind(filed.start, CallKind.AMEND, revision=2)
    filed.grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(ApplicationError):
        filed.make(call)

    again = filed.kinds(call, attempt=2)

    assert again == [NewsKind.RECEIVED]
    assert counted(filed.grid) == (1, 1, 0)


def test_a_correction_is_sent_even_where_the_status_says_received(filed: FiledCase) -> None:
    filed.make(filed.start)

    filed.kinds(filed.of_kind(filed.start, CallKind.AMEND, revision=2), attempt=2)

    assert filed.grid.counters(Area.TOKYO)["calls"] == {"10610-register": 1, "10610-amend": 1}


def test_an_application_whose_purpose_another_one_serves_is_a_defect(filed: FiledCase) -> None:
    with filed.grid.database.transaction() as session:
        point = case_state(session, filed.case_number).point_number
    filed.grid.start(point_number=point, retailer=OTHER)

    (news,) = filed.make(filed.start)

    assert (news.kind, news.defects) == (NewsKind.DEFECTIVE, ("duplicate",))


def test_duplicate_counts_as_received_where_the_grid_operator_holds_this_very_number(filed: FiledCase) -> None:
    filed.make(filed.start)

    class Forgetful(GridClient):
        """Speaks to a grid operator that calls the repeat of a number a duplicate."""

        def call(self, **arguments: Any) -> object:
            answer: Any = super().call(**arguments)
            if arguments["interface_number"] != "10610":
                return answer
            return replace(answer, duplicate=Flag.YES, application_state="defective", findings=())

    (news,) = filed.make(filed.start, client=Forgetful(filed.grid.server.settings()))

    assert news.kind is NewsKind.RECEIVED
