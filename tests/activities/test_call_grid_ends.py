"""Taking back and inquiring by the activity ``call-grid``: the real stub, the real database, a case of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from temporalio.exceptions import ApplicationError

from activities.grid_talk import ApplicationUnknown
from rules.procedure.calls import ApplicationCall, CallKind, SendingKind, TroubleKind
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Area
from tests.support.case_applications import cancel_start
from tests.support.case_steps import hear, obey_all
from tests.support.cast import NEW, OTHER
from tests.support.filed_case import FiledCase
from tests.support.grid import STEP

START, END = ApplicationKind.START, ApplicationKind.END
COUNTED = ("applications", "repeats", "duplicates")


def test_taking_back_brings_the_cancellation(filed: FiledCase) -> None:
    filed.make(filed.start)

    (news,) = filed.make(filed.of_kind(filed.start, CallKind.CANCEL))

    assert (news.kind, news.application) == (NewsKind.CANCELLED, START)
    assert filed.grid.counters(Area.TOKYO)["standing"] == 0


def test_taking_back_again_after_a_lost_answer_brings_the_cancellation_too(filed: FiledCase) -> None:
    filed.make(filed.end)
    call = filed.of_kind(filed.end, CallKind.CANCEL)
    filed.grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(ApplicationError):
        filed.make(call)

    assert filed.kinds(call, attempt=2) == [NewsKind.CANCELLED]


def is_told_once_and_stays_open(filed: FiledCase, call: ApplicationCall) -> None:
    """Make sure that a call tells its case that the grid operator does not know the application, and is made again."""
    result = filed.result(call)
    assert result.news == () and result.trouble is not None
    assert (result.trouble.kind, result.trouble.reason) == (TroubleKind.UNCLEAR, "application-unknown")
    with pytest.raises(ApplicationError) as still_open:
        filed.make(replace(call, told=(result.trouble.kind,)))
    assert (still_open.value.type, still_open.value.non_retryable) == (ApplicationUnknown.__name__, False)
    assert call.application_number in str(still_open.value)


def test_what_the_grid_operator_had_received_and_does_not_know_any_more_is_not_over(filed: FiledCase) -> None:
    is_told_once_and_stays_open(filed, filed.of_kind(filed.start, CallKind.CANCEL))


class TestOneSideTakenBackWhileTheOtherStands:
    """To learn its fate it would be sent, and be matched with the other at once."""

    @pytest.fixture
    def taken_back(self, filed: FiledCase) -> ApplicationCall:
        filed.make(filed.end)
        with filed.grid.database.transaction() as session:
            hear(session, filed.case_number, NewsKind.RECEIVED, END)
            cancel_start(session, filed.case_number)
            obey_all(session, filed.case_number)
        return filed.start

    def test_what_was_never_sent_is_not_sent(self, filed: FiledCase, taken_back: ApplicationCall) -> None:
        assert filed.kinds(taken_back) == [NewsKind.CANCELLED]
        assert filed.grid.counters(Area.TOKYO)["applications"] == 1

    def test_what_did_arrive_is_learnt_from_its_status(self, filed: FiledCase, taken_back: ApplicationCall) -> None:
        filed.grid.tell(Area.TOKYO, cuts_left=1)
        with pytest.raises(ApplicationError):
            filed.make(filed.tried(taken_back))
        assert filed.kinds(taken_back) == [NewsKind.MATCHED]


class TestUnderAnotherCode:
    """Where the grid operator is spoken to under a code that it does not know the application under."""

    @pytest.fixture
    def cancelling(self, filed: FiledCase) -> ApplicationCall:
        filed.make(filed.start)
        return replace(filed.of_kind(filed.start, CallKind.CANCEL), filed_under=OTHER)

    def test_no_such_application_is_not_a_cancellation(self, filed: FiledCase, cancelling: ApplicationCall) -> None:
        is_told_once_and_stays_open(filed, cancelling)

        assert filed.grid.counters(Area.TOKYO)["standing"] == 1

    def test_the_status_shows_that_it_is_over(self, filed: FiledCase, cancelling: ApplicationCall) -> None:
        filed.make(filed.of_kind(filed.start, CallKind.CANCEL))

        assert filed.kinds(cancelling) == [NewsKind.CANCELLED]

    def test_the_status_shows_that_matching_came_first(self, filed: FiledCase, cancelling: ApplicationCall) -> None:
        filed.make(filed.end)

        assert filed.kinds(cancelling) == [NewsKind.MATCHED]

    def test_a_correction_is_no_defect_that_nobody_can_correct(
        self, filed: FiledCase, cancelling: ApplicationCall
    ) -> None:
        amending = replace(filed.of_kind(filed.start, CallKind.AMEND, revision=2), filed_under=OTHER)

        is_told_once_and_stays_open(filed, amending)


@pytest.mark.parametrize("kind", [CallKind.AMEND, CallKind.CANCEL])
def test_after_a_succession_the_grid_operator_is_spoken_to_under_the_code_of_the_filing(
    filed: FiledCase, kind: SendingKind
) -> None:
    filed.make(filed.start)
    filed.succeed(leaving=NEW)

    news = filed.make(filed.of_kind(filed.start, kind, revision=1 if kind is CallKind.CANCEL else 2))

    assert [piece.kind for piece in news] == [NewsKind.CANCELLED if kind is CallKind.CANCEL else NewsKind.RECEIVED]
    assert filed.grid.counters(Area.TOKYO)["standing"] == (0 if kind is CallKind.CANCEL else 1)


def test_an_inquiry_about_what_was_received_and_is_unknown_now_is_answered_and_people_are_told(
    filed: FiledCase,
) -> None:
    with filed.grid.database.transaction() as session:
        hear(session, filed.case_number, NewsKind.RECEIVED, START)
    before = unknown_at_grid()

    assert filed.kinds(filed.inquiry()) == [NewsKind.INQUIRED]

    assert unknown_at_grid() == before + 1


def unknown_at_grid() -> float:
    return REGISTRY.get_sample_value("hub_grid_application_unknown_total", {"area": Area.TOKYO.value}) or 0.0


def test_taking_back_after_matching_brings_the_match_and_when_it_was(filed: FiledCase) -> None:
    filed.make(filed.start)
    (matched,) = filed.make(filed.end)
    filed.grid.move_clock(timedelta(minutes=5))

    (news,) = filed.make(filed.of_kind(filed.start, CallKind.CANCEL))

    assert (news.kind, news.occurred_at) == (NewsKind.MATCHED, matched.occurred_at)


def test_taking_back_what_is_too_late_already_brings_its_end(filed: FiledCase) -> None:
    filed.grid.move_clock(timedelta(days=39))
    filed.make(filed.start)

    assert filed.kinds(filed.of_kind(filed.start, CallKind.CANCEL)) == [NewsKind.CANCELLED]


def test_an_inquiry_brings_both_applications_states_and_that_it_was_answered(filed: FiledCase) -> None:
    filed.make(filed.start)
    filed.make(filed.end)

    news = filed.make(filed.inquiry())

    assert [(piece.kind, piece.application) for piece in news] == [
        (NewsKind.MATCHED, START),
        (NewsKind.MATCHED, END),
        (NewsKind.INQUIRED, START),
    ]
    assert news[-1].inquiry == 1
    assert len({piece.cause for piece in news}) == 3


def test_an_inquiry_about_what_never_arrived_is_answered_all_the_same(filed: FiledCase) -> None:
    assert filed.kinds(filed.inquiry()) == [NewsKind.INQUIRED]


def test_completion_tells_of_the_match_as_well(filed: FiledCase) -> None:
    filed.make(filed.start)
    (matched,) = filed.make(filed.end)
    filed.grid.move_clock(timedelta(days=40) + STEP)

    news = filed.make(filed.inquiry())

    assert [piece.kind for piece in news[:2]] == [NewsKind.MATCHED, NewsKind.COMPLETED]
    assert news[0].occurred_at == matched.occurred_at
