"""Bad input, sent to a real server: each kind has its own fault in Japanese, and no case changes."""

import threading

import pytest

from models.database import Database
from schemas.interfaces.applications import START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL, ReferralResponse
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from soap_api.services import LOW_VOLTAGE
from tests.soap_api.conftest import Connect
from tests.soap_support.envelopes import envelope, request_bytes
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.database_contents import all_of_cases, rows
from tests.support.hub import Hub
from tests.support.raw_requests import decision, registration, start_application, withdrawal
from tests.support.referrals import open_case

NOWHERE = "SW03L20260101999999990"


@pytest.fixture
def case_number(retailers: Database) -> str:
    return open_case(retailers)


class TestForm:
    """What cannot be read takes no message id."""

    @pytest.mark.parametrize(
        ("body", "status", "code", "words"),
        [
            (b"<e:Envelope", 500, "HUB-T005", "XMLとして"),
            (b"", 500, "HUB-T005", "XMLとして"),
            ("こんにちは".encode("cp932"), 500, "HUB-T005", "XMLとして"),
            (b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + envelope("<a>&b;</a>"), 500, "HUB-T006", "DOCTYPE"),
            (b"<a/>", 500, "HUB-T007", "Envelope"),
            (envelope(None), 500, "HUB-T007", "Envelope"),
            (envelope("<a/>"), 500, "HUB-T008", "業務"),
            (envelope("<a>" + "x" * 1024 * 1024 + "</a>"), 413, "HUB-T004", "大きすぎます"),
        ],
        ids=["half", "empty", "no-xml", "doctype", "no-envelope", "no-body", "unknown", "oversized"],
    )
    def test_an_envelope_that_cannot_be_read(
        self, connect: Connect, retailers: Database, body: bytes, status: int, code: str, words: str
    ) -> None:
        answer = connect(NEW).post(body)

        assert (answer.status, answer.code) == (status, code)
        assert answer.fault is not None and words in answer.fault.message
        assert all_of_cases(retailers)["messages"] == []

    def test_another_content_type(self, connect: Connect) -> None:
        answer = connect(NEW).post(b"{}", headers={"Content-Type": "application/json"})

        assert (answer.status, answer.code) == (415, "HUB-T002")

    def test_several_fields_at_once(self, connect: Connect, retailers: Database) -> None:
        values = registration(
            retailers,
            pointNumber="0310-0000",
            holderName="ﾀﾛｳ",
            wishedDate="2026-02-30",
            consent={"method": "telepathy", "obtainedBy": "豊洲支店"},
        )
        del values["contractNumber"]

        answer = connect(NEW).call(REFERRAL, values)

        assert (answer.status, answer.code) == (500, "HUB-F001")
        assert answer.broken_rules == {
            ("pointNumber", "length"),
            ("contractNumber", "required"),
            ("holderName", "characters"),
            ("wishedDate", "date"),
            ("consent/obtainedOn", "required"),
            ("consent/method", "code"),
        }
        assert answer.fault is not None and answer.fault.message_id == values["messageId"]
        assert all_of_cases(retailers)["messages"] == []

    def test_a_decision_that_does_not_fit_together(
        self, connect: Connect, retailers: Database, case_number: str
    ) -> None:
        before = all_of_cases(retailers)

        answer = connect(CURRENT).call(DECISION, decision(case_number, decision="reject", rejectionText="別人"))

        assert answer.code == "HUB-F001"
        assert answer.broken_rules == {
            ("rejectionReasons", "reasons-with-reject"),
            ("rejectionText", "text-only-with-other"),
        }
        assert all_of_cases(retailers) == before


class TestBusiness:
    def test_a_past_date_is_refused_for_good(self, connect: Connect, retailers: Database) -> None:
        connection, values = connect(NEW), registration(retailers, wishedDate="2026-01-15")

        first, second = connection.call(REFERRAL, values), connection.call(REFERRAL, values)

        assert (first.status, first.code) == (500, "HUB-B001")
        assert first.broken_rules == {("wishedDate", "earliest-effective-date")}
        assert second.body == first.body
        assert all_of_cases(retailers)["cases"] == []

    def test_a_case_that_there_is_not_takes_no_message_id_whatever_else_is_wrong(
        self, connect: Connect, retailers: Database
    ) -> None:
        case = {"caseNumber": NOWHERE, "effectiveDate": "2026-12-01"}
        future = {"obtainedOn": "2199-01-01", "method": "paper", "obtainedBy": "豊洲支店"}

        answer = connect(NEW).call(START_APPLICATION, start_application(case, consent=future))

        assert answer.code == "HUB-S001"
        assert all_of_cases(retailers)["messages"] == []

    def test_a_command_in_the_wrong_state_is_refused_for_good(
        self, connect: Connect, retailers: Database, hub: Hub
    ) -> None:
        case_number = hub.open()
        state = hub.state(case_number)
        case = {
            "caseNumber": case_number,
            "pointNumber": state.point_number,
            "effectiveDate": state.effective_date.isoformat(),
        }
        connection = connect(NEW)

        first, second = (connection.call(START_APPLICATION, start_application(case)) for _ in range(2))

        assert (first.status, first.code) == (500, "HUB-S002")
        assert first.broken_rules == {("caseNumber", "file-start-phase")}
        assert second.body == first.body
        assert hub.state(case_number) == state

    def test_a_command_on_a_case_that_has_ended_needs_no_worker(
        self, connect: Connect, retailers: Database, hub: Hub
    ) -> None:
        case_number = hub.open()
        assert connect(NEW).call(REFERRAL, withdrawal(REFERRAL, messageId="W-1", caseNumber=case_number)).code is None
        hub.stop_worker(case_number)

        answer = connect(CURRENT).call(DECISION, decision(case_number))

        assert (answer.code, answer.broken_rules) == ("HUB-S002", {("caseNumber", "case-open")})

    def test_while_the_worker_is_away_the_outcome_is_open(
        self, connect: Connect, retailers: Database, hub: Hub
    ) -> None:
        case_number = hub.open()
        hub.stop_worker(case_number)
        connection = connect(CURRENT)

        answer = connection.call(DECISION, decision(case_number))
        assert (answer.status, answer.fault_code, answer.code) == (500, "Server", "HUB-R002")
        assert answer.fault is not None and answer.fault.retryable == "yes"

        hub.worker.start()
        assert connection.call(DECISION, decision(case_number)).status == 200


class TestForeign:
    @pytest.mark.parametrize("caller", [NEW, OTHER])
    def test_a_command_on_a_foreign_case_answers_as_on_none(
        self, connect: Connect, retailers: Database, case_number: str, caller: str
    ) -> None:
        before = all_of_cases(retailers)
        connection = connect(caller)

        foreign = connection.call(DECISION, decision(case_number))
        nowhere = connection.call(DECISION, decision(NOWHERE))

        assert foreign.code == "HUB-S001"
        assert foreign.body == nowhere.body
        assert foreign.headers == nowhere.headers
        assert all_of_cases(retailers) == before

    def test_so_does_a_question_about_it_and_it_is_not_read(
        self, connect: Connect, retailers: Database, case_number: str
    ) -> None:
        connection = connect(OTHER)

        foreign = connection.call(REFERRAL_INBOX, {"messageId": "R-1", "caseNumber": case_number})
        nowhere = connection.call(REFERRAL_INBOX, {"messageId": "R-1", "caseNumber": NOWHERE})

        assert foreign.code == "HUB-S001"
        assert foreign.body == nowhere.body
        assert rows(retailers, "SELECT count(*) FROM data_reads") == [(0,)]


class TestIdentity:
    def test_the_same_registration_twice_at_once_opens_one_case(self, connect: Connect, retailers: Database) -> None:
        values, bodies = registration(retailers), []
        connections = [connect(NEW) for _ in range(4)]

        def send(number: int) -> None:
            bodies.append(connections[number].call(REFERRAL, values).body)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

        assert len(bodies) == 4
        assert len(set(bodies)) == 1
        assert rows(retailers, "SELECT count(*) FROM cases") == [(1,)]

    def test_the_same_id_with_one_field_changed_is_refused(self, connect: Connect, retailers: Database) -> None:
        connection = connect(NEW)
        assert connection.call(REFERRAL, registration(retailers)).status == 200
        before = all_of_cases(retailers)

        answer = connection.call(REFERRAL, registration(retailers, contractNumber="12345678901235"))

        assert (answer.code, answer.broken_rules) == ("HUB-I001", {("messageId", "same-id-same-content")})
        assert all_of_cases(retailers) == before

    def test_the_same_content_written_otherwise_is_the_same_message(
        self, connect: Connect, retailers: Database
    ) -> None:
        connection, values = connect(NEW), registration(retailers)
        first = connection.call(REFERRAL, values)
        spaced = request_bytes(REFERRAL.operation, values, namespace=LOW_VOLTAGE.namespace)
        spaced = spaced.replace(b"><", b">\n  <!-- again -->\n<")

        assert connection.post(spaced).body == first.body

    def test_two_retailers_may_use_equal_ids(self, connect: Connect, retailers: Database) -> None:
        mine = registration(retailers)
        theirs = registration(retailers, pointNumber="0310000000000000000099")

        first, second = connect(NEW).call(REFERRAL, mine), connect(OTHER).call(REFERRAL, theirs)

        numbers = [answer.read(ReferralResponse).case_number for answer in (first, second)]  # type: ignore[attr-defined]
        assert len(set(numbers)) == 2
