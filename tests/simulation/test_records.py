"""What a step of the clock waits for: messages without an answer, alarms that are due, calls that can be made."""

from datetime import timedelta

from models.clock import move_clock
from models.database import Database
from schemas.codes import Area
from tests.support.case_stages import send_both
from tests.support.case_steps import obey_all
from tests.support.decisions import decide
from tests.support.referrals import open_case
from tools.simulation.records import Records, Waiting


def test_a_case_that_waits_for_its_retailer_is_at_rest(database: Database) -> None:
    open_case(database)

    assert not Records(database).waiting(silent=())


def test_a_message_is_waited_for_until_it_is_answered(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        decide(session, case_number)
    assert Records(database).waiting(silent=()) == Waiting(messages=1, alarms=0, calls=0)

    with database.transaction() as session:
        obey_all(session, case_number)
    assert not Records(database).waiting(silent=())


def test_an_alarm_is_waited_for_once_its_moment_has_come(database: Database) -> None:
    open_case(database)
    with database.transaction() as session:
        move_clock(session, by=timedelta(days=30))

    assert Records(database).waiting(silent=()) == Waiting(messages=0, alarms=1, calls=0)


def test_calls_are_waited_for_but_not_those_to_an_area_that_answers_nobody(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        send_both(session, case_number)

    assert Records(database).waiting(silent={Area.KYUSHU}) == Waiting(messages=0, alarms=0, calls=2)
    assert not Records(database).waiting(silent={Area(case_number[2:4])})
