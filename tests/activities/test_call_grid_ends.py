"""Taking back and inquiring by the activity ``call-grid``: the real stub, the real database, a case of its own."""

from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from rules.procedure.calls import CallKind
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Area
from tests.support.filed import Filed
from tests.support.grid import STEP

START, END = ApplicationKind.START, ApplicationKind.END
COUNTED = ("applications", "repeats", "duplicates")


def test_taking_back_brings_the_cancellation(filed: Filed) -> None:
    filed.make(filed.start)

    (news,) = filed.make(filed.of_kind(filed.start, CallKind.CANCEL))

    assert (news.kind, news.application) == (NewsKind.CANCELLED, START)
    assert filed.grid.counters(Area.TOKYO)["standing"] == 0


def test_taking_back_again_after_a_lost_answer_brings_the_cancellation_too(filed: Filed) -> None:
    filed.make(filed.end)
    call = filed.of_kind(filed.end, CallKind.CANCEL)
    filed.grid.tell(Area.TOKYO, cuts_left=1)
    with pytest.raises(ApplicationError):
        filed.make(call)

    assert filed.kinds(call, attempt=2) == [NewsKind.CANCELLED]


def test_taking_back_what_the_grid_operator_does_not_know_is_done(filed: Filed) -> None:
    assert filed.kinds(filed.of_kind(filed.start, CallKind.CANCEL)) == [NewsKind.CANCELLED]


def test_taking_back_after_matching_brings_the_match_and_when_it_was(filed: Filed) -> None:
    filed.make(filed.start)
    (matched,) = filed.make(filed.end)
    filed.grid.move_clock(timedelta(minutes=5))

    (news,) = filed.make(filed.of_kind(filed.start, CallKind.CANCEL))

    assert (news.kind, news.occurred_at) == (NewsKind.MATCHED, matched.occurred_at)


def test_taking_back_what_is_too_late_already_brings_its_end(filed: Filed) -> None:
    filed.grid.move_clock(timedelta(days=39))
    filed.make(filed.start)

    assert filed.kinds(filed.of_kind(filed.start, CallKind.CANCEL)) == [NewsKind.CANCELLED]


def test_an_inquiry_brings_both_applications_states_and_that_it_was_answered(filed: Filed) -> None:
    filed.make(filed.start)
    filed.make(filed.end)

    news = filed.make(filed.inquiry())

    assert [(one.kind, one.application) for one in news] == [
        (NewsKind.MATCHED, START),
        (NewsKind.MATCHED, END),
        (NewsKind.INQUIRED, START),
    ]
    assert news[-1].inquiry == 1
    assert len({one.cause for one in news}) == 3


def test_an_inquiry_about_what_never_arrived_is_answered_all_the_same(filed: Filed) -> None:
    assert filed.kinds(filed.inquiry()) == [NewsKind.INQUIRED]


def test_completion_tells_of_the_match_as_well(filed: Filed) -> None:
    filed.make(filed.start)
    (matched,) = filed.make(filed.end)
    filed.grid.move_clock(timedelta(days=40) + STEP)

    news = filed.make(filed.inquiry())

    assert [one.kind for one in news[:2]] == [NewsKind.MATCHED, NewsKind.COMPLETED]
    assert news[0].occurred_at == matched.occurred_at
