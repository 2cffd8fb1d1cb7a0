"""The way of a command: stored, delivered, answered from the database."""

from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from models.database import Database
from rules.procedure.outcomes import HistoryKind
from schemas.codes import CasePhase
from schemas.findings import Refused
from schemas.interfaces.decision import DecisionRequest
from schemas.refusal_codes import RefusalCode
from temporal.handover import OutcomeOpen
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, Caller, ask
from tests.support.database_contents import all_of_cases, rows
from tests.support.decisions import decision_request
from tests.support.hub import Hub
from tests.support.referrals import open_case
from usecases.decision import decide_referral
from usecases.hub import HandOver
from usecases.hub import Hub as Parts


@dataclass
class Deliveries:
    """Counts what is handed to the real delivery."""

    hand_over: HandOver
    made: list[str] = field(default_factory=list)

    def __call__(self, case_number: str) -> None:
        self.made.append(case_number)
        self.hand_over(case_number)


@pytest.fixture
def deliveries(working_parts: Parts) -> Deliveries:
    return Deliveries(working_parts.hand_over)


@pytest.fixture
def counting_parts(working_parts: Parts, deliveries: Deliveries) -> Parts:
    return replace(working_parts, hand_over=deliveries)


def refusal_of(case_request: DecisionRequest, caller: Caller, parts: Parts) -> Refused:
    with pytest.raises(Refused) as refused:
        ask(decide_referral, case_request, caller, parts)
    return refused.value


def test_a_command_is_carried_out_once_and_its_answer_repeated(
    counting_parts: Parts, deliveries: Deliveries, hub: Hub
) -> None:
    case_number = hub.open()
    request = decision_request(case_number)

    first = ask(decide_referral, request, CURRENT_RETAILER, counting_parts)
    second = ask(decide_referral, request, CURRENT_RETAILER, counting_parts)

    assert first.case_phase is CasePhase.AWAITING_APPLICATIONS
    assert second == first
    assert deliveries.made == [case_number]
    assert hub.lines(case_number) == [HistoryKind.REGISTERED, HistoryKind.ACCEPTED]


def test_a_refusal_by_the_case_is_stored_and_repeated(counting_parts: Parts, deliveries: Deliveries, hub: Hub) -> None:
    case_number = hub.open()
    request = decision_request(case_number, version=7)

    first = refusal_of(request, CURRENT_RETAILER, counting_parts)
    second = refusal_of(request, CURRENT_RETAILER, counting_parts)

    assert first.refusal.code is RefusalCode.VERSION_DIFFERS
    assert (second.refusal, second.message_id) == (first.refusal, request.message_id)
    assert deliveries.made == [case_number]


def test_a_case_whose_workflow_was_not_started_is_started_first(working_parts: Parts, hub: Hub) -> None:
    case_number = open_case(hub.database)

    response = ask(decide_referral, decision_request(case_number), CURRENT_RETAILER, working_parts)

    assert response.case_phase is CasePhase.AWAITING_APPLICATIONS


def test_while_no_worker_works_the_outcome_is_open_and_the_command_kept(
    parts: Parts, working_parts: Parts, hub: Hub
) -> None:
    case_number = hub.open()
    hub.stop_worker(case_number)
    impatient = replace(parts, hand_over=partial(hub.hand_over, timeout=0.5))
    request = decision_request(case_number)

    refused = refusal_of(request, CURRENT_RETAILER, impatient)
    assert refused.refusal.code is RefusalCode.OUTCOME_OPEN
    assert refused.refusal.retryable
    assert refused.message_id == request.message_id

    hub.worker.start()
    response = ask(decide_referral, request, CURRENT_RETAILER, working_parts)
    assert response.case_phase is CasePhase.AWAITING_APPLICATIONS
    assert rows(hub.database, "SELECT count(*) FROM messages WHERE interface_number = '12410'") == [(1,)]


def test_an_answer_that_was_stored_is_given_although_delivery_says_open(parts: Parts, hub: Hub) -> None:
    case_number = hub.open()

    def deliver_and_fail(case_number: str) -> None:
        hub.hand_over(case_number)
        raise OutcomeOpen

    response = ask(
        decide_referral, decision_request(case_number), CURRENT_RETAILER, replace(parts, hand_over=deliver_and_fail)
    )

    assert response.case_phase is CasePhase.AWAITING_APPLICATIONS


def test_the_same_id_for_something_else_is_refused(parts: Parts, retailers: Database) -> None:
    case_number = open_case(retailers)
    request = decision_request(case_number)
    assert refusal_of(request, CURRENT_RETAILER, parts).refusal.code is RefusalCode.OUTCOME_OPEN

    other = decision_request(case_number, message_id=request.message_id, version=2)

    assert refusal_of(other, CURRENT_RETAILER, parts).refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT


def test_a_foreign_case_answers_as_one_that_does_not_exist_and_takes_no_id(parts: Parts, retailers: Database) -> None:
    case_number, nowhere = open_case(retailers), "SW03L20260101999999990"
    before = all_of_cases(retailers)

    refusals = {
        refusal_of(decision_request(number), caller, parts).refusal
        for number, caller in (
            (case_number, OTHER_RETAILER),
            (case_number, NEW_RETAILER),
            (nowhere, CURRENT_RETAILER),
        )
    }

    assert [refusal.code for refusal in refusals] == [RefusalCode.NO_SUCH_CASE]
    assert all_of_cases(retailers) == before
