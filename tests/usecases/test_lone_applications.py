"""10610 and 10710 without a 廃止取次番号: applications on their own."""

from dataclasses import replace
from datetime import date

import pytest

from models.database import Database
from rules.procedure.outcomes import HistoryKind
from schemas.codes import AnswerSource, ApplicationState, ProcessKind, Segment
from schemas.findings import Refused
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.processing_status import ProcessingStatusRequest
from schemas.refusal_codes import RefusalCode
from tests.support.application_requests import end_request, start_request
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, called
from tests.support.hub import Hub
from tests.support.moments import soon
from usecases.hub import Hub as Parts
from usecases.registry import ANSWERING

file_start_application = called(ANSWERING["fileStartApplication"])
file_end_application = called(ANSWERING["fileEndApplication"])
get_start_application_status = called(ANSWERING["getStartApplicationStatus"])
get_end_application_status = called(ANSWERING["getEndApplicationStatus"])


def start(database: Database) -> StartApplicationRequest:
    with database.transaction() as session:
        return start_request(effective_date=soon(session))


def end(database: Database) -> EndApplicationRequest:
    with database.transaction() as session:
        return end_request(effective_date=soon(session))


def code_of(refused: pytest.ExceptionInfo[Refused]) -> RefusalCode:
    return refused.value.refusal.code


def test_they_are_answered_when_stored_and_speak_of_no_case(parts: Parts) -> None:
    started: list[str] = []
    parts = replace(parts, start=started.append)

    answers = [
        file_start_application(start(parts.database), NEW_RETAILER, parts),
        file_end_application(end(parts.database), CURRENT_RETAILER, parts),
    ]

    assert started == [answer.application_number for answer in answers], "their workflows are started beside the answer"
    for answer in answers:
        assert (answer.application_state, answer.application_state_name) == (ApplicationState.SENDING, "送信中")
        assert (answer.case_number, answer.case_phase, answer.case_phase_name) == (None, None, None)
        assert answer.application_cut_off is not None


def test_the_same_message_gets_the_same_answer_and_starts_nothing_again(parts: Parts) -> None:
    started: list[str] = []
    parts, request = replace(parts, start=started.append), start(parts.database)

    first = file_start_application(request, NEW_RETAILER, parts)

    assert file_start_application(request, NEW_RETAILER, parts) == first
    assert len(started) == 1


def test_a_refusal_is_final(parts: Parts) -> None:
    file_start_application(start(parts.database), NEW_RETAILER, parts)
    request = start(parts.database)

    for _ in range(2):
        with pytest.raises(Refused) as refused:
            file_start_application(request, OTHER_RETAILER, parts)
        assert code_of(refused) is RefusalCode.POINT_BUSY


def test_what_speaks_against_its_content_is_told_with_all_else_and_the_answer_is_kept(parts: Parts) -> None:
    request = start(parts.database)
    wrong_request = replace(request, contract_capacity=61, effective_date=date(2026, 1, 15))

    for _ in range(2):
        with pytest.raises(Refused) as refused:
            file_start_application(wrong_request, NEW_RETAILER, parts)
        assert [finding.rule for finding in refused.value.refusal.findings] == [
            "earliest-effective-date",
            "ampere-breaker-capacity",
        ]
    with pytest.raises(Refused) as other:
        file_start_application(request, NEW_RETAILER, parts)
    assert code_of(other) is RefusalCode.SAME_ID_OTHER_CONTENT


def test_its_state_is_told_to_its_applicant_alone(parts: Parts) -> None:
    number = file_start_application(start(parts.database), NEW_RETAILER, parts).application_number
    request = ProcessingStatusRequest(message_id="Q-1", application_number=number)

    answer = get_start_application_status(request, NEW_RETAILER, parts)

    assert (answer.source, answer.status.application_state) == (AnswerSource.HUB_RECORD, ApplicationState.SENDING)
    with pytest.raises(Refused):
        get_start_application_status(request, OTHER_RETAILER, parts)
    with pytest.raises(Refused):
        get_end_application_status(request, NEW_RETAILER, parts)


def test_it_is_corrected_and_cancelled_by_its_number(working_parts: Parts, hub: Hub) -> None:
    request = start(working_parts.database)
    number = file_start_application(request, NEW_RETAILER, working_parts).application_number
    hub.hand_over(number)
    hub.wait_for_line(number, HistoryKind.RECEIVED)

    correction = replace(
        request, message_id="C-1", process_kind=ProcessKind.AMEND, application_number=number, address="東京都港区１－１"
    )
    corrected = file_start_application(correction, NEW_RETAILER, working_parts)
    hub.wait_for_line(number, HistoryKind.RECEIVED, times=2)
    cancellation = replace(correction, message_id="C-2", process_kind=ProcessKind.WITHDRAW, consent=None)
    cancelled = file_start_application(cancellation, NEW_RETAILER, working_parts)

    assert (corrected.application_number, corrected.application_state) == (number, ApplicationState.SENDING)
    assert cancelled.application_state is ApplicationState.CANCELLING
    assert hub.lone(number).application.revision == 2


def test_another_segment_or_retailer_has_no_such_application(parts: Parts) -> None:
    request = start(parts.database)
    number = file_start_application(request, NEW_RETAILER, parts).application_number
    correction = replace(request, message_id="C-1", process_kind=ProcessKind.AMEND, application_number=number)

    for caller in (OTHER_RETAILER, replace(NEW_RETAILER, segment=Segment.HIGH_VOLTAGE)):
        with pytest.raises(Refused) as refused:
            file_start_application(correction, caller, parts)
        assert code_of(refused) is RefusalCode.NO_SUCH_APPLICATION
