"""What has to reach the workflows: found when it waits too long, put off when delivery fails."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from models.clock import business_now
from models.database import Database, Session
from models.handovers import (
    LONGEST_BACKOFF,
    Backlog,
    WaitingForCase,
    backlog,
    is_started,
    not_handed_over,
    note_handed_over,
    note_handover_failed,
    note_started,
    waiting_for_case,
)
from models.untold_news import note_untold
from rules.procedure.events import GridNews, NewsKind
from schemas.codes import ApplicationKind
from tests.support.case_steps import obey_all
from tests.support.cast import SECOND_POINT
from tests.support.decisions import decide
from tests.support.referrals import open_case, withdraw


def _received(session: Session) -> GridNews:
    number = "AP03L20260812000000019"
    return GridNews(NewsKind.RECEIVED, ApplicationKind.START, number, "watch-1", business_now(session))


def _waiting(session: Session, limit: int = 10) -> list[str]:
    return not_handed_over(session, stored_before=datetime.now(UTC) + timedelta(minutes=1), limit=limit)


def test_a_new_case_waits_until_its_workflow_was_started(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        assert (_waiting(session), is_started(session, case_number=number)) == ([number], False)
        note_started(session, case_number=number)
        assert (_waiting(session), is_started(session, case_number=number)) == ([], True)


def test_what_waits_for_a_case_is_told_in_the_order_it_was_stored(database: Database) -> None:
    number = open_case(database)
    with database.plain_read() as line:
        assert waiting_for_case(line, case_number=number) == WaitingForCase(started=False, commands=(), news=False)
    with database.transaction() as session:
        note_started(session, case_number=number)
        keys = [decide(session, number).key, withdraw(session, number).key]
        note_untold(session, case_number=number, news=[_received(session)])
    with database.plain_read() as line:
        waiting = waiting_for_case(line, case_number=number)
    assert (waiting.started, [command.message_key for command in waiting.commands], waiting.news) == (True, keys, True)
    with database.transaction() as session:
        obey_all(session, number)
        assert waiting_for_case(session, case_number=number).commands == ()


def test_a_command_waits_until_it_is_answered(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_started(session, case_number=number)
        decide(session, number)
        decide(session, number)
        assert _waiting(session) == [number]
        obey_all(session, number)
        assert _waiting(session) == []


def test_what_was_stored_a_moment_ago_is_left_to_its_face(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        decide(session, number)
        assert not_handed_over(session, stored_before=datetime.now(UTC) - timedelta(seconds=30), limit=10) == []


def test_those_that_wait_longest_come_first_and_no_more_than_asked_for(database: Database) -> None:
    numbers = [open_case(database, point_number=f"03{number:020d}") for number in range(3)]
    with database.transaction() as session:
        decide(session, numbers[2])
        note_started(session, case_number=numbers[0])
        decide(session, numbers[0])

        assert _waiting(session) == [numbers[1], numbers[2], numbers[0]]
        assert _waiting(session, limit=2) == [numbers[1], numbers[2]]


def test_a_failed_delivery_is_put_off_and_holds_up_no_other(database: Database) -> None:
    wedged, other = open_case(database), open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        note_handover_failed(session, case_number=wedged, error="TemporalAway")
        assert _waiting(session) == [other]


def test_it_comes_back_when_its_time_has_come(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_handover_failed(session, case_number=number, error="TemporalAway")
        session.execute(text("UPDATE deliveries SET next_try_at_real = clock_timestamp()"))
        assert _waiting(session) == [number]


def test_each_failure_doubles_the_pause_up_to_the_longest(database: Database) -> None:
    number = open_case(database)
    pauses = []
    with database.transaction() as session:
        for failures in range(1, 41):
            assert note_handover_failed(session, case_number=number, error="TemporalAway") == failures
            query = text("SELECT extract(epoch FROM next_try_at_real - clock_timestamp()) FROM deliveries")
            pauses.append(float(session.execute(query).scalar_one()))

    assert pauses[:4] == pytest.approx([1, 2, 4, 8], abs=0.5)
    assert pauses[-1] == pytest.approx(LONGEST_BACKOFF.total_seconds(), abs=0.5)


def test_a_delivery_that_succeeds_ends_the_backoff(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_handover_failed(session, case_number=number, error="TemporalAway")
        note_handed_over(session, case_number=number)
        assert _waiting(session) == [number]
        assert note_handover_failed(session, case_number=number, error="TemporalAway") == 1


def test_a_case_that_ended_with_all_answered_waits_no_more(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_started(session, case_number=number)
        withdraw(session, number)
        obey_all(session, number)
        assert _waiting(session) == []


def test_the_backlog_counts_each_case_once_and_tells_its_oldest(database: Database) -> None:
    with database.transaction() as session:
        assert backlog(session, stuck_after=2) == Backlog(0, timedelta(0), 0)
    number = open_case(database)
    with database.transaction() as session:
        decide(session, number)
        for _ in range(2):
            note_handover_failed(session, case_number=number, error="away")

    with database.transaction() as session:
        waiting = backlog(session, stuck_after=2)

    assert (waiting.open, waiting.stuck) == (1, 1)
    assert timedelta(0) < waiting.oldest < timedelta(minutes=5)


def test_a_case_for_which_nothing_is_left_is_not_stuck_however_often_its_delivery_failed(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        note_handover_failed(session, case_number=number, error="away")
        assert backlog(session, stuck_after=1).stuck == 1
        note_started(session, case_number=number)

    with database.transaction() as session:
        assert backlog(session, stuck_after=1) == Backlog(0, timedelta(0), 0)
