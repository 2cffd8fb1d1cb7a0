"""Case and application numbers are not given out twice, whatever becomes of the sequences behind them."""

from sqlalchemy import text

from models.cases.numbering import next_application_number, next_case_number
from models.clock import business_now
from models.database import Database
from rules.numbers import SERIALS_A_SECOND
from schemas.codes import Area, Segment

_PUT_BACK = "SELECT setval('case_turn', 1, false), setval('application_turn', 1, false)"
"""What restoring a database does to its sequences."""


def test_a_sequence_that_was_put_back_gives_out_no_number_again(database: Database) -> None:
    numbers: list[str] = []
    for _ in range(3):
        with database.transaction() as session:
            session.execute(text(_PUT_BACK))
            session.execute(text("SELECT pg_sleep(1)"))  # a restore takes longer
            at = business_now(session)
            for _ in range(5):
                numbers.append(next_case_number(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, at=at))
                numbers.append(next_application_number(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, at=at))

    assert len(set(numbers)) == len(numbers) == 30


def test_numbers_of_one_moment_differ_for_as_many_turns_as_there_are(database: Database) -> None:
    with database.transaction() as session:
        at = business_now(session)
        numbers = {
            next_case_number(session, area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, at=at)
            for _ in range(SERIALS_A_SECOND)
        }

    assert len(numbers) == SERIALS_A_SECOND
