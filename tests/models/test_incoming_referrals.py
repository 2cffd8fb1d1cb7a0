"""12310: what the current retailer reads of the referrals that came in."""

import re
from dataclasses import fields

import pytest

from models.cases.queries import incoming_referrals
from models.cases.read_model import ENDED_RULE
from models.database import Database
from rules.procedure.alarms import AlarmRule
from schemas.codes import ApplicationState, CasePhase
from schemas.fields import CURSOR
from schemas.interfaces.referral_inbox import IncomingReferral
from tests.support.anonymous_reader import RECORDER
from tests.support.case_stages import accept, complete_switch
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, NEW, OTHER, POINT, SECOND_POINT
from tests.support.moments import soon
from tests.support.referrals import open_case, withdraw


def test_it_shows_what_is_compared_with_the_customer_book(database: Database) -> None:
    number = open_case(database, contract_number="ABC-123", holder_name="髙﨑　花子")

    with database.transaction() as session:
        (referral,), cursor, _ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT)

    assert (referral.case_number, referral.version) == (number, 1)
    assert (referral.contract_number, referral.holder_name) == ("ABC-123", "髙﨑　花子")
    assert referral.address == "東京都江東区豊洲１－２－３"
    assert referral.due_rule == AlarmRule.DECISION.value and referral.due > referral.arrived_at
    assert cursor is None


def test_it_does_not_show_who_asks(database: Database) -> None:
    open_case(database)

    with database.transaction() as session:
        (referral,), *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT)

    assert NEW not in [getattr(referral, field.name) for field in fields(IncomingReferral)]
    assert not any("new_retailer" in field.name for field in fields(IncomingReferral))


@pytest.mark.parametrize("retailer", [NEW, OTHER])
def test_a_foreign_case_is_as_one_that_does_not_exist(database: Database, retailer: str) -> None:
    number = open_case(database)

    with database.transaction() as session:
        foreign = incoming_referrals(session, recorder=RECORDER, current_retailer=retailer, case_number=number)
        absent = incoming_referrals(
            session, recorder=RECORDER, current_retailer=retailer, case_number="SW03L20260812999999993"
        )

    assert foreign == absent == ([], None, [])


def test_without_number_and_phase_it_lists_what_awaits_a_decision(database: Database) -> None:
    waiting = open_case(database)
    decided = open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        accept(session, decided)
        by_default, *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT)
        by_phase, *_ = incoming_referrals(
            session, recorder=RECORDER, current_retailer=CURRENT, phase=CasePhase.AWAITING_APPLICATIONS
        )

    assert [referral.case_number for referral in by_default] == [waiting]
    assert [referral.case_number for referral in by_phase] == [decided]
    assert by_phase[0].due_rule == AlarmRule.CUT_OFF.value


def test_one_case_is_found_by_its_number_whatever_its_phase(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        complete_switch(session, number)
        (referral,), *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT, case_number=number)

    assert referral.case_phase is CasePhase.COMPLETED
    assert referral.end_application_number is not None
    assert referral.end_application_state is ApplicationState.COMPLETED
    assert referral.due_rule == ENDED_RULE


def test_the_nearest_deadline_comes_first(database: Database) -> None:
    with database.transaction() as session:
        wished = soon(session)
    numbers = [open_case(database, point_number=f"03{number:020d}", wished_date=wished) for number in range(3)]
    with database.transaction() as session:
        referrals, *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT)

    assert [referral.case_number for referral in referrals] == numbers
    assert [referral.due for referral in referrals] == sorted(referral.due for referral in referrals)


def test_pages_go_on_where_the_last_one_ended_at_equal_deadlines(database: Database) -> None:
    numbers = [open_case(database, point_number=f"03{number:020d}") for number in range(5)]

    listed, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        with database.transaction() as session:
            page, cursor, _ = incoming_referrals(
                session, recorder=RECORDER, current_retailer=CURRENT, cursor=cursor, limit=2
            )
        assert cursor is None or re.fullmatch(CURSOR.pattern or "", cursor)
        assert cursor is None or len(cursor) <= (CURSOR.max_length or 0)
        listed += [referral.case_number for referral in page]
        pages += 1

    assert (listed, pages) == (numbers, 3)


def test_a_withdrawn_case_leaves_the_list(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        withdraw(session, number)
        obey_all(session, number)
        assert incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT) == ([], None, [])


def test_equal_deadlines_go_by_arrival_whatever_their_area(database: Database) -> None:
    numbers = [
        open_case(database, point_number=f"{area}100000000000000{place:05d}")
        for place, area in enumerate(("09", "03", "06", "01"))
    ]

    with database.transaction() as session:
        first, cursor, _ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT, limit=2)
        second, *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT, cursor=cursor, limit=2)

    assert [referral.case_number for referral in (*first, *second)] == numbers


def test_a_cursor_from_before_arrivals_counted_hides_nothing(database: Database) -> None:
    numbers = [open_case(database, point_number=point) for point in (POINT, SECOND_POINT)]

    with database.transaction() as session:
        (first, *_), cursor, _ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT, limit=1)
        moment = (cursor or "").partition(".")[0]
        again, *_ = incoming_referrals(
            session, recorder=RECORDER, current_retailer=CURRENT, cursor=f"{moment}.{first.case_number}"
        )

    assert [referral.case_number for referral in again] == numbers, "the same moment is begun anew"
