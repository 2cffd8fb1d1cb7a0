"""What was sent is read again by the side that sent it, on record; the other side gets what it may compare."""

from typing import Any

from models.cases.screens import Scope, application_standing, sent_content
from models.database import Database
from models.messages.sent import sent_message
from schemas.codes import ApplicationKind, Segment
from schemas.refusal_codes import RefusalCode
from tests.support.anonymous_reader import RECORDER
from tests.support.case_applications import file_start
from tests.support.case_stages import accept
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, NEW, OTHER, TELEPHONE
from tests.support.database_contents import rows
from tests.support.lone_applications import open_of_kind, open_start
from tests.support.moments import soon
from tests.support.referrals import amend, open_case, register, withdraw

_OPERATOR, _NEW, _CURRENT, _OTHER = Scope(None), Scope(NEW), Scope(CURRENT), Scope(OTHER)


def read(database: Database, scope: Scope, number: str, kind: ApplicationKind | None = None) -> dict[str, Any]:
    with database.transaction() as session:
        return sent_content(session, scope=scope, number=number, kind=kind, recorder=RECORDER)


def test_the_new_side_reads_its_referral_whole_as_it_was_corrected(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        amend(session, number, wished_date=soon(session), holder_name="髙橋　次郎")
        obey_all(session, number)

    content = read(database, _NEW, number)

    assert (content["holder_name"], content["consent"]["obtained_by"]) == ("髙橋　次郎", "豊洲支店")
    assert rows(database, "SELECT subject FROM data_reads") == [(number,)]


def test_the_current_side_reads_of_it_what_it_compares(database: Database) -> None:
    number = open_case(database)

    content = read(database, _CURRENT, number)

    assert {"contract_number", "holder_name", "address"} <= set(content)
    assert {"consent", "meter_work", "current_retailer_code"}.isdisjoint(content)


def test_an_application_is_read_by_its_own_side_alone(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        accept(session, number)
        file_start(session, number)
        obey_all(session, number)

    assert read(database, _NEW, number, ApplicationKind.START)["telephone"] == TELEPHONE
    for scope in (_CURRENT, _OPERATOR, _OTHER):
        assert read(database, scope, number, ApplicationKind.START) == {}
    assert read(database, _CURRENT, number, ApplicationKind.END) == {}, "none was filed"
    assert len(rows(database, "SELECT 1 FROM data_reads")) == 1


def test_an_application_on_its_own_is_read_by_its_applicant(database: Database) -> None:
    number = open_of_kind(database, ApplicationKind.RE_ENERGISATION, segment=Segment.LOW_VOLTAGE)

    assert "telephone" in read(database, _NEW, number, ApplicationKind.RE_ENERGISATION)
    assert read(database, _NEW, number, ApplicationKind.START) == {}
    for scope in (_CURRENT, _OPERATOR):
        assert read(database, scope, number, ApplicationKind.RE_ENERGISATION) == {}


def test_how_it_stands_is_told_within_the_scope_and_not_of_a_case(database: Database) -> None:
    number, case_number = open_start(database, point_number="0310000000000000000009"), open_case(database)

    with database.transaction() as session:
        state = application_standing(session, scope=_NEW, number=number)
        assert state is not None and state.case_number == number
        assert application_standing(session, scope=_OTHER, number=number) is None
        assert application_standing(session, scope=_NEW, number=case_number) is None


def test_a_message_is_found_by_its_sender_with_its_answer(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        refused = register(session, retailer=CURRENT, message_id="R-1").refusal
        withdraw(session, case_number, message_id="W-1")
        before = sent_message(session, retailer_code=NEW, message_id="W-1")
        obey_all(session, case_number)
        after = sent_message(session, retailer_code=NEW, message_id="W-1")
        of_refusal = sent_message(session, retailer_code=CURRENT, message_id="R-1")
        assert sent_message(session, retailer_code=OTHER, message_id="W-1") is None

    assert refused is not None and refused.code is RefusalCode.BUSINESS
    assert before is not None and before.answer is None and before.receipt is None and before.refusal is None
    assert after is not None and after.receipt is not None and after.receipt.case_number == case_number
    assert of_refusal is not None and of_refusal.refusal == refused and of_refusal.case_number is None
