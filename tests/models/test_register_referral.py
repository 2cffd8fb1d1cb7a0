"""Registering a referral: decided, stored and answered in one transaction."""

from datetime import timedelta

import pytest

from models.cases.operations import look_at_case
from models.cases.queries import case_history
from models.clock import business_now
from models.database import Database
from models.handovers import not_handed_over
from rules import numbers
from rules.procedure.outcomes import HistoryKind, Party
from schemas.codes import CasePhase
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.case_stages import accept, complete_switch
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, NEW, OTHER, POINT, SECOND_POINT, register_retailers
from tests.support.concurrency import at_once
from tests.support.decisions import decide, reject
from tests.support.message_contents import content_of
from tests.support.moments import soon
from tests.support.referrals import open_case, referral_request, register, withdraw


@pytest.fixture(autouse=True)
def retailers(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)


def test_it_opens_a_case_with_the_first_line_of_its_history(database: Database) -> None:
    with database.transaction() as session:
        result = register(session)

    assert result.answer is not None and result.refusal is None and not result.repeated
    number = result.answer.case_number
    assert numbers.is_sound(number) and number.startswith("SW03L")
    assert result.answer.phase is CasePhase.AWAITING_DECISION
    with database.transaction() as session:
        standing = look_at_case(session, case_number=number)
        assert (standing.number, standing.state.point_number) == (1, POINT)
        assert standing.state.registered_at == result.answer.processed_at
        (written,) = case_history(session, case_number=number)
        line = written.line
        assert (line.kind, line.actor, written.cause) == (HistoryKind.REGISTERED, Party.NEW_RETAILER, result.key)


def test_its_case_waits_to_be_delivered(database: Database) -> None:
    number = open_case(database)

    with database.transaction() as session:
        tomorrow = business_now(session) + timedelta(days=1)
        assert not_handed_over(session, stored_before=tomorrow, limit=10) == [number]


def test_the_content_is_found_by_the_key_of_the_message(database: Database) -> None:
    with database.transaction() as session:
        request = referral_request(wished_date=soon(session), holder_name="髙﨑　①㈱")
        result = register(session, request)

    with database.transaction() as session:
        assert content_of(session, key=result.key) == request


def test_the_same_message_again_gets_the_same_answer(database: Database) -> None:
    with database.transaction() as session:
        request = referral_request(wished_date=soon(session))
        first = register(session, request)
    with database.transaction() as session:
        second = register(session, request)

    assert second.repeated
    assert (second.key, second.answer) == (first.key, first.answer)


def test_the_same_message_twice_at_once_opens_one_case(database: Database) -> None:
    with database.transaction() as session:
        request = referral_request(wished_date=soon(session))

    def send() -> tuple[str, bool]:
        with database.transaction() as session:
            result = register(session, request)
            assert result.answer is not None
            return result.answer.case_number, result.repeated

    results = at_once(*[send] * 6)

    assert len({number for number, _ in results}) == 1
    assert [repeated for _, repeated in results].count(False) == 1


def test_the_same_id_for_two_points_at_once_is_taken_once(database: Database) -> None:
    with database.transaction() as session:
        wished = soon(session)
    requests = [
        referral_request(wished_date=wished, message_id="SAME", point_number=f"03{number:020d}") for number in range(6)
    ]

    def send(index: int) -> str:
        try:
            with database.transaction() as session:
                register(session, requests[index])
                return "stored"
        except Refused as refused:
            return refused.refusal.code

    outcomes = at_once(*[lambda index=index: send(index) for index in range(6)])

    assert sorted(outcomes) == [RefusalCode.SAME_ID_OTHER_CONTENT] * 5 + ["stored"]


def test_the_same_id_with_one_field_changed_is_refused(database: Database) -> None:
    with database.transaction() as session:
        request = referral_request(wished_date=soon(session), message_id="SAME")
        register(session, request)
    with database.transaction() as session:
        changed = referral_request(wished_date=soon(session), message_id="SAME", address="東京都江東区豊洲９－９－９")
        with pytest.raises(Refused) as refused:
            register(session, changed)

    assert refused.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT
    assert refused.value.message_id == "SAME"


def test_two_retailers_with_equal_ids_do_not_see_each_other(database: Database) -> None:
    with database.transaction() as session:
        first = register(session, message_id="SAME")
        second = register(session, message_id="SAME", retailer=OTHER, point_number=SECOND_POINT, holder_name="別人")

    assert first.answer is not None and second.answer is not None
    assert first.answer.case_number != second.answer.case_number


def test_two_retailers_racing_for_a_point_leave_one_case(database: Database) -> None:
    with database.transaction() as session:
        wished = soon(session)

    def send(retailer: str) -> RefusalCode | None:
        with database.transaction() as session:
            result = register(session, retailer=retailer, wished_date=wished)
            return None if result.refusal is None else result.refusal.code

    outcomes = at_once(*[lambda retailer=retailer: send(retailer) for retailer in (NEW, OTHER) * 3])

    assert outcomes.count(None) == 1
    assert outcomes.count(RefusalCode.POINT_BUSY) == 5


def test_another_retailers_open_case_is_told_and_not_named(database: Database) -> None:
    number = open_case(database)

    with database.transaction() as session:
        refusal = register(session, retailer=OTHER).refusal

    assert refusal is not None and refusal.code is RefusalCode.POINT_BUSY
    assert number not in str(refusal)


def test_ones_own_open_case_is_named(database: Database) -> None:
    number = open_case(database)

    with database.transaction() as session:
        refusal = register(session).refusal

    assert refusal is not None and refusal.code is RefusalCode.POINT_BUSY
    assert number in refusal.findings[0].message


def test_a_refusal_is_an_answer_and_is_repeated_when_its_reason_is_gone(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        request = referral_request(wished_date=soon(session))
        first = register(session, request, retailer=OTHER)
    with database.transaction() as session:
        withdraw(session, number)
        obey_all(session, number)
    with database.transaction() as session:
        second = register(session, request, retailer=OTHER)

    assert second.repeated and second.refusal == first.refusal
    assert second.refusal is not None and second.refusal.code is RefusalCode.POINT_BUSY


@pytest.mark.parametrize("how", ["withdrawn", "rejected", "completed"])
def test_an_ended_case_leaves_its_point_free(database: Database, how: str) -> None:
    number = open_case(database)
    with database.transaction() as session:
        if how == "withdrawn":
            withdraw(session, number)
        if how == "rejected":
            reject(session, number)
        obey_all(session, number)
        if how == "completed":
            complete_switch(session, number)

    with database.transaction() as session:
        answer = register(session, retailer=OTHER).answer

    assert answer is not None and answer.case_number != number


def test_a_case_that_awaits_applications_keeps_its_point(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        accept(session, number)

    with database.transaction() as session:
        refusal = register(session, retailer=OTHER).refusal

    assert refusal is not None and refusal.code is RefusalCode.POINT_BUSY


def test_a_current_retailer_that_is_no_participant_is_refused(database: Database) -> None:
    with database.transaction() as session:
        refusal = register(session, current_retailer_code="9999").refusal

    assert refusal is not None and refusal.code is RefusalCode.BUSINESS
    assert [finding.rule for finding in refusal.findings] == ["known-retailer"]


def test_every_business_reason_is_told_at_once(database: Database) -> None:
    with database.transaction() as session:
        today = business_now(session).date()
        refusal = register(session, current_retailer_code=NEW, wished_date=today - timedelta(days=1)).refusal

    assert refusal is not None
    assert {finding.field for finding in refusal.findings} == {"wishedDate", "currentRetailerCode"}


def test_a_refused_registration_opens_no_case_and_waits_for_no_delivery(database: Database) -> None:
    with database.transaction() as session:
        register(session, current_retailer_code="9999")

    with database.transaction() as session:
        assert not_handed_over(session, stored_before=business_now(session) + timedelta(days=1), limit=10) == []
        assert register(session).answer is not None


def test_numbers_of_cases_go_up(database: Database) -> None:
    with database.transaction() as session:
        answers = [register(session, point_number=f"03{number:020d}").answer for number in range(3)]

    numbers = [answer.case_number for answer in answers if answer is not None]
    assert len(numbers) == 3 and numbers == sorted(set(numbers))


def test_the_current_retailer_is_the_one_named(database: Database) -> None:
    number = open_case(database, current_retailer_code=OTHER)

    with database.transaction() as session, pytest.raises(Refused) as refused:
        decide(session, number, retailer=CURRENT)

    assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE
