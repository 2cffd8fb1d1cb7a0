"""Counting cases for charts: whose, of which days, by what; from sums that are right at any moment."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from models.cases.rebuild import rebuild_case
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.cases.volume_keeping import count_anew, fold_changes
from models.cases.volume_keys import Book, Figure
from models.cases.volumes import VolumeFilter, Volumes, volumes
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of
from rules.procedure.events import CommandKind
from schemas.codes import ApplicationKind, Area, Decision, RejectionReason, Segment
from tests.models.test_case_list_plans import plan
from tests.models.test_list_reads_bounded import many, rows_read
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT, register_cast
from tests.support.database_contents import rows
from tests.support.decisions import decide
from tests.support.interventions import intervene
from tests.support.lone_applications import open_of_kind
from tests.support.referrals import open_case
from tests.support.sample_cases import sample_office

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


def everything(database: Database) -> dict[object, object]:
    """Give all that can be counted, of everybody."""
    return {
        (code, book): counted(database, code, book).counts
        for code, books in (
            (None, (Book.ALL, Book.ALONE)),
            *((code, (Book.NEW, Book.CURRENT, Book.ALONE)) for code in (NEW, CURRENT, OTHER)),
        )
        for book in books
    }


def fold(database: Database) -> int:
    return database.run(fold_changes)


def test_what_steps_noted_says_what_the_cases_say_before_it_is_folded_and_after(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)
    sample_office(database)
    noted = everything(database)

    assert fold(database) > 0
    assert everything(database) == noted

    database.run(count_anew)
    assert everything(database) == noted
    while fold(database):
        pass
    assert everything(database) == noted


def test_a_case_whose_retailer_is_succeeded_counts_as_the_successors(database: Database) -> None:
    number = open_case(database)
    fold(database)
    with database.transaction() as session:
        intervene(session, number, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)
        obey_all(session, number)

    assert (total(counted(database, NEW, Book.NEW)), total(counted(database, OTHER, Book.NEW))) == (0, 1)
    fold(database)
    assert (total(counted(database, NEW, Book.NEW)), total(counted(database, OTHER, Book.NEW))) == (0, 1)


def test_a_case_written_anew_from_its_history_counts_once(database: Database) -> None:
    number = open_case(database)
    reject(database, number)
    before = everything(database)

    database.run(partial(rebuild_case, case_number=number))

    assert everything(database) == before


def test_sums_that_came_to_nothing_are_not_kept(database: Database) -> None:
    number = open_case(database)
    fold(database)
    reject(database, number)
    fold(database)

    assert sorted({row[0] for row in rows(database, "SELECT key FROM case_volumes WHERE figure = 'result'")}) == [
        "rejected"
    ]
    assert rows(database, "SELECT 1 FROM case_volumes WHERE cases = 0") == []


def test_notes_are_folded_piece_by_piece_and_by_one_at_a_time(database: Database) -> None:
    for number in range(3):
        open_case(database, point_number=f"03{number:020d}")
    before = everything(database)

    with database.transaction() as session:
        assert fold_changes(session, at_once=2) == 2
        assert fold(database) == 0
    assert fold(database) == 1

    assert everything(database) == before


@pytest.mark.parametrize(
    ("code", "book"), [(NEW, Book.NEW), (NEW, Book.CURRENT), (NEW, Book.ALONE), (None, Book.ALL), (None, Book.ALONE)]
)
def test_a_look_reads_sums_and_of_the_cases_those_that_wait(many: Database, code: str | None, book: Book) -> None:
    with many.transaction() as session:
        today = day_of(business_now(session))
    wanted = VolumeFilter(book=book, first=today - timedelta(days=91), last=today)

    read = rows_read(many, lambda session: volumes(session, scope=Scope(code), volume_filter=wanted))

    with many.transaction() as session:
        waiting = session.execute(select(func.count()).select_from(CaseRow).where(CaseRow.ended_at.is_(None)))
        assert sum(read.values()) <= waiting.scalar_one()
    plans = plan(many, lambda session: volumes(session, scope=Scope(code), volume_filter=wanted))
    assert "Seq Scan on cases" not in plans
    assert "Seq Scan on case_volumes" not in plans
