"""Counting cases for charts: whose, of which days, by what; and no more of them than is said."""

from datetime import timedelta

import pytest

from models.cases.scope import Scope
from models.cases.volumes import Book, Figure, VolumeFilter, Volumes, volumes
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of
from schemas.codes import ApplicationKind, Area, Decision, RejectionReason, Segment
from tests.models.test_case_list_plans import many, plan
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT
from tests.support.decisions import decide
from tests.support.lone_applications import open_of_kind
from tests.support.referrals import open_case

__all__ = ["many"]
_LOW = Segment.LOW_VOLTAGE.value


def counted(database: Database, code: str | None, book: Book, **changes: object) -> Volumes:
    """Count what was registered within a month around today."""
    with database.transaction() as session:
        today = day_of(business_now(session))
        wanted = VolumeFilter(
            book=book,
            first=today - timedelta(days=15),
            last=today,
            **changes,  # type: ignore[arg-type]
        )
        return volumes(session, scope=Scope(code), volume_filter=wanted)


def total(counts: Volumes) -> int:
    return sum(counts.counts[Figure.DAY].values())


def reject(database: Database, number: str) -> None:
    reasons = (RejectionReason.CONTRACT_NUMBER_DIFFERS, RejectionReason.HOLDER_NAME_DIFFERS)
    with database.transaction() as session:
        decide(session, number, decision=Decision.REJECT, rejection_reasons=reasons)
        obey_all(session, number)


def test_each_side_counts_what_is_its_own_and_a_stranger_nothing(database: Database) -> None:
    open_case(database)

    sums = {
        (code, book): total(counted(database, code, book))
        for code in (NEW, CURRENT, OTHER)
        for book in (Book.NEW, Book.CURRENT, Book.ALONE)
    }

    assert {each for each, count in sums.items() if count} == {(NEW, Book.NEW), (CURRENT, Book.CURRENT)}
    assert total(counted(database, None, Book.ALL)) == 1


def test_it_counts_by_day_state_segment_and_area(database: Database) -> None:
    open_case(database)
    open_case(database, segment=Segment.HIGH_VOLTAGE, point_number=SECOND_POINT)
    with database.transaction() as session:
        today = day_of(business_now(session)).isoformat()

    counts = counted(database, NEW, Book.NEW).counts

    both = {_LOW: 1, Segment.HIGH_VOLTAGE.value: 1}
    assert counts[Figure.DAY] == {(today, segment): 1 for segment in both}
    assert counts[Figure.RESULT] == {("awaiting_decision", segment): 1 for segment in both}
    assert counts[Figure.AREA] == {("03", segment): 1 for segment in both}


def test_each_reason_of_a_rejection_is_counted_and_how_long_the_decision_took(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        move_clock(session, by=timedelta(hours=5))
    reject(database, number)

    counts = counted(database, NEW, Book.NEW).counts

    assert counts[Figure.RESULT] == {("rejected", _LOW): 1}
    assert counts[Figure.REASON] == {("01", _LOW): 1, ("02", _LOW): 1}
    assert counts[Figure.DECIDED_IN] == {("1", _LOW): 1}
    assert counts[Figure.LEFT] == {}


def test_of_what_waits_for_people_the_time_left_is_counted(database: Database) -> None:
    open_case(database)

    (group,) = counted(database, CURRENT, Book.CURRENT).counts[Figure.LEFT]

    assert 1 <= int(group[0]) <= 6

    with database.transaction() as session:
        move_clock(session, by=timedelta(days=12))
    assert counted(database, CURRENT, Book.CURRENT).counts[Figure.LEFT] == {("0", _LOW): 1}


def test_applications_on_their_own_are_counted_apart_by_their_kind(database: Database) -> None:
    open_of_kind(database, ApplicationKind.AMPERE_CHANGE, segment=Segment.LOW_VOLTAGE)

    assert total(counted(database, None, Book.ALL)) == 0
    alone = counted(database, None, Book.ALONE).counts
    assert alone[Figure.KIND] == {("ampere_change", _LOW): 1}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"segment": Segment.LOW_VOLTAGE}, 1),
        ({"segment": Segment.HIGH_VOLTAGE}, 0),
        ({"area": Area.TOKYO}, 1),
        ({"area": Area.OKINAWA}, 0),
    ],
)
def test_filters_leave_what_they_say(database: Database, changes: dict[str, object], expected: int) -> None:
    open_case(database)

    assert total(counted(database, NEW, Book.NEW, **changes)) == expected


def test_what_was_registered_on_another_day_does_not_count(database: Database) -> None:
    open_case(database)
    with database.transaction() as session:
        move_clock(session, by=timedelta(days=16))

    assert total(counted(database, NEW, Book.NEW)) == 0


@pytest.mark.parametrize(
    ("code", "book", "indexes"),
    [
        (NEW, Book.NEW, {"ix_cases_new_retailer_registered_at_case_number"}),
        (NEW, Book.CURRENT, {"ix_cases_current_retailer_registered_at_case_number"}),
        (None, Book.ALL, {"ix_cases_registered_at_case_number"}),
    ],
)
def test_a_look_goes_along_an_index_once_and_counts_no_more_than_is_said(
    many: Database, code: str | None, book: Book, indexes: set[str]
) -> None:
    with many.transaction() as session:
        today = day_of(business_now(session))
    wanted = VolumeFilter(book=book, first=today - timedelta(days=2), last=today)

    plans = plan(many, lambda session: volumes(session, scope=Scope(code), volume_filter=wanted, most=100))
    with many.transaction() as session:
        few = volumes(session, scope=Scope(code), volume_filter=wanted, most=100)

    assert "Seq Scan on cases" not in plans
    assert plans.count("Scan using ix_cases") + plans.count("Scan Backward using ix_cases") == 1, plans
    assert all(f" {index}" in plans for index in indexes), plans
    assert total(few) == 100
    assert few.is_partial
