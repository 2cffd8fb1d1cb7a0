"""10610 スイッチング開始申請 and 10710 スイッチング廃止申請."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.clock import move_clock
from models.database import Database
from rules.procedure.outcomes import HistoryKind
from rules.switching.state import SwitchingCase
from schemas.codes import (
    ApplicationState,
    CasePhase,
    ProcessKind,
    Segment,
    SupplyKind,
)
from schemas.findings import Refused
from schemas.interfaces.applications import EndApplicationRequest, StartApplicationRequest
from schemas.interfaces.common import Consent
from schemas.refusal_codes import RefusalCode
from tests.support.application_requests import end_request, start_request
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, called, caller_of
from tests.support.case_steps import as_case, obey_all
from tests.support.cast import CURRENT, NEW, consent
from tests.support.database_contents import all_of_cases, rows
from tests.support.decisions import decide
from tests.support.hub import Hub
from tests.support.referrals import open_case
from usecases.hub import Hub as Parts
from usecases.registry import ANSWERING

file_start_application = called(ANSWERING["fileStartApplication"])
file_end_application = called(ANSWERING["fileEndApplication"])


@pytest.fixture
def case(retailers: Database) -> SwitchingCase:
    case_number = open_case(retailers)
    with retailers.transaction() as session:
        decide(session, case_number)
        return as_case(obey_all(session, case_number).state)


@pytest.fixture
def accepted(hub: Hub) -> SwitchingCase:
    """Open a case that is accepted, with its workflow."""
    case_number = hub.open()
    hub.give(case_number, decide)
    return hub.state(case_number)


def start(case: SwitchingCase, message_id: str = "S-1", **changes: Any) -> StartApplicationRequest:
    return start_request(message_id=message_id, **(_fitting(case) | changes))


def end(case: SwitchingCase, message_id: str = "E-1", **changes: Any) -> EndApplicationRequest:
    return end_request(message_id=message_id, **(_fitting(case) | changes))


def _fitting(case: SwitchingCase) -> dict[str, Any]:
    return {
        "case_number": case.case_number,
        "point_number": case.point_number,
        "effective_date": case.effective_date,
    }


def test_both_are_answered_when_stored_with_numbers_of_their_own(working_parts: Parts, accepted: SwitchingCase) -> None:
    started = file_start_application(start(accepted), NEW_RETAILER, working_parts)
    ended = file_end_application(end(accepted), CURRENT_RETAILER, working_parts)

    assert started.application_number != ended.application_number
    for response, message_id in ((started, "S-1"), (ended, "E-1")):
        assert (response.message_id, response.case_number) == (message_id, accepted.case_number)
        assert (response.application_state, response.application_state_name) == (ApplicationState.SENDING, "送信中")
        assert response.case_phase is CasePhase.AWAITING_APPLICATIONS
        assert response.application_cut_off == accepted.cut_off


def test_a_correction_goes_out_under_the_same_number(working_parts: Parts, hub: Hub, accepted: SwitchingCase) -> None:
    number = file_start_application(start(accepted), NEW_RETAILER, working_parts).application_number
    hub.wait_for_line(accepted.case_number, HistoryKind.RECEIVED)

    correction = start(accepted, "S-2", process_kind=ProcessKind.AMEND, application_number=number)
    response = file_start_application(correction, NEW_RETAILER, working_parts)

    assert (response.application_number, response.application_state) == (number, ApplicationState.SENDING)


def test_a_cancellation_is_answered_before_the_grid_operator_has_taken_it(
    working_parts: Parts, accepted: SwitchingCase
) -> None:
    number = file_end_application(end(accepted), CURRENT_RETAILER, working_parts).application_number

    nothing = dict.fromkeys(("point_number", "effective_date", "contract_number"))
    cancelling = end(accepted, "E-2", process_kind=ProcessKind.WITHDRAW, application_number=number, **nothing)
    response = file_end_application(cancelling, CURRENT_RETAILER, working_parts)

    assert (response.application_number, response.application_state) == (number, ApplicationState.CANCELLING)


def test_another_date_than_the_cases_is_refused(working_parts: Parts, accepted: SwitchingCase) -> None:
    with pytest.raises(Refused) as refused:
        other_day = accepted.effective_date + timedelta(days=1)
        file_start_application(start(accepted, effective_date=other_day), NEW_RETAILER, working_parts)

    assert [finding.rule for finding in refused.value.refusal.findings] == ["date-of-the-case"]


def test_a_consent_of_tomorrow_is_refused_for_good_and_the_answer_is_kept(
    parts: Parts, retailers: Database, case: SwitchingCase
) -> None:
    before = rows(retailers, "SELECT state FROM cases")
    future = replace(consent(), obtained_on=case.effective_date)
    request = start(case, consent=future)

    for _ in range(2):  # also once that day has come
        with pytest.raises(Refused) as refused:
            file_start_application(request, NEW_RETAILER, parts)
        assert refused.value.refusal.code is RefusalCode.BUSINESS
        with retailers.transaction() as session:
            move_clock(session, by=timedelta(days=60))
    with pytest.raises(Refused) as other:
        file_start_application(replace(request, consent=consent()), NEW_RETAILER, parts)
    assert other.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT
    assert rows(retailers, "SELECT state FROM cases") == before


def test_each_side_may_file_its_own_application_alone(parts: Parts, retailers: Database, case: SwitchingCase) -> None:
    before = all_of_cases(retailers)

    for caller in (CURRENT_RETAILER, OTHER_RETAILER):
        with pytest.raises(Refused) as refused:
            file_start_application(start(case), caller, parts)
        assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE
    for caller in (NEW_RETAILER, OTHER_RETAILER):
        with pytest.raises(Refused) as refused:
            file_end_application(end(case), caller, parts)
        assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE

    assert all_of_cases(retailers) == before


def test_everything_that_speaks_against_the_content_is_told_at_once_and_changes_nothing(
    parts: Parts, retailers: Database, case: SwitchingCase
) -> None:
    before = rows(retailers, "SELECT state FROM cases")
    declared = consent()
    future = Consent(obtained_on=case.effective_date, method=declared.method, obtained_by=declared.obtained_by)
    request = start(case, consent=future, supply_kind=SupplyKind.POWER, contract_capacity=61)

    with pytest.raises(Refused) as refused:
        file_start_application(request, NEW_RETAILER, parts)

    assert refused.value.refusal.code is RefusalCode.BUSINESS
    assert [(finding.field, finding.rule) for finding in refused.value.refusal.findings] == [
        ("consent/obtainedOn", "consent-not-in-future"),
        ("contractBasis", "basis-of-supply-kind"),
        ("contractCapacity", "ampere-breaker-capacity"),
    ]
    assert rows(retailers, "SELECT state FROM cases") == before


def test_a_case_of_another_segment_answers_as_one_that_does_not_exist(
    parts: Parts, retailers: Database, case: SwitchingCase
) -> None:
    before = all_of_cases(retailers)

    with pytest.raises(Refused) as started:
        file_start_application(start(case), caller_of(NEW, segment=Segment.HIGH_VOLTAGE), parts)
    with pytest.raises(Refused) as ended:
        file_end_application(end(case), caller_of(CURRENT, segment=Segment.LOW_VOLTAGE_FIT), parts)

    for refused in (started, ended):
        assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE
    assert all_of_cases(retailers) == before
