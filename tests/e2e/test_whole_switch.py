"""The main job, as two retailers' systems see it: from the referral to the day supply passes over."""

from datetime import timedelta
from typing import Any

from schemas.codes import AnswerSource, ApplicationState, Area, CasePhase, Decision, Flag, RejectionReason
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import consent
from tests.support.world import World


def test_a_switch_goes_from_the_referral_to_its_completion(world: World) -> None:
    customer, today = world.customer(), world.today()

    participants = world.new.call(PARTICIPANT_LIST).participants
    assert {"1001", "1002", "9103"} <= {participant.code for participant in participants}
    facility = world.new.call(FACILITY_INQUIRY, pointNumber=customer.point_number, consent=consent())
    assert facility.pointNumber == customer.point_number

    registered = world.new.register(customer, current=world.current, wished=today)
    assert registered.casePhaseName == "判断待ち"
    case_number = registered.caseNumber

    referral = world.current.inbox(case_number)
    assert (referral.holderName, referral.address) == (customer.holder_name, customer.address)
    assert referral.contractNumber == customer.contract_number
    decided = world.current.decide(case_number, version=referral.version)
    assert decided.casePhase == CasePhase.AWAITING_APPLICATIONS

    case = world.new.result(case_number)
    assert (case.decision, case.endApplicationReceived) == (Decision.ACCEPT, Flag.NO)

    start = world.new.file_start(case_number, customer, effective=case.effectiveDate)
    end = world.current.file_end(case_number, customer, effective=case.effectiveDate)
    world.wait_for(case_number, CasePhase.COMPLETED)

    for retailer, interface, number in (
        (world.new, START_STATUS, start.applicationNumber),
        (world.current, END_STATUS, end.applicationNumber),
    ):
        answer = retailer.call(interface, applicationNumber=number)
        assert answer.source == AnswerSource.GRID_OPERATOR
        assert answer.status.applicationState == ApplicationState.COMPLETED
    statuses = world.new.call(STATUS_LIST, area=Area.TOKYO).statuses
    assert start.applicationNumber in {status.applicationNumber for status in statuses}
    assert end.applicationNumber not in {status.applicationNumber for status in statuses}

    kinds = [
        kind
        for (kind,) in rows(
            world.database,
            "SELECT kind FROM case_history WHERE case_number = :number ORDER BY step",
            number=case_number,
        )
    ]
    assert kinds[:4] == ["registered", "accepted", "filed", "received"] or kinds[:4] == [
        "registered",
        "accepted",
        "filed",
        "filed",
    ]
    assert kinds[-1] == "completed"
    assert "matched" in kinds


def test_a_rejected_referral_ends_with_its_reasons(world: World) -> None:
    case_number = world.registered(world.customer())

    world.current.decide(
        case_number,
        decision=Decision.REJECT,
        rejectionReasons=[RejectionReason.HOLDER_NAME_DIFFERS, RejectionReason.OTHER],
        rejectionText="名義人が異なります",
    )

    case = world.new.result(case_number)
    assert case.casePhase == CasePhase.REJECTED
    assert case.rejectionReasons == ["02", "09"]
    assert case.rejectionText == "名義人が異なります"


def test_a_defect_is_shown_to_the_retailer_who_corrects_it_and_the_switch_completes(world: World) -> None:
    customer = world.customer(Area.CHUBU)
    case_number = world.accepted(customer)
    world.grid(Area.CHUBU, defects_left=1)
    effective = world.new.result(case_number).effectiveDate

    filed = world.new.file_start(case_number, customer, effective=effective)
    status = _wait_for_defect(world, filed.applicationNumber)
    assert status.findings[0].message

    world.new.file_start(
        case_number,
        customer,
        effective=effective,
        processKind="amend",
        applicationNumber=filed.applicationNumber,
    )
    world.current.file_end(case_number, customer, effective=effective)
    world.wait_for(case_number, CasePhase.COMPLETED)


def _wait_for_defect(world: World, number: str) -> Any:
    def look() -> Any:
        status = world.new.call(START_STATUS, applicationNumber=number).status
        return status if status.applicationState == ApplicationState.DEFECTIVE else None

    return until(look)


def test_while_the_grid_operator_is_away_the_hub_answers_from_its_own_record_and_says_so(world: World) -> None:
    customer = world.customer(Area.KYUSHU)
    case_number = world.accepted(customer)
    world.grid(Area.KYUSHU, down=True)

    filed = world.new.file_start(case_number, customer, effective=world.new.result(case_number).effectiveDate)
    answer = world.new.call(START_STATUS, applicationNumber=filed.applicationNumber)

    assert answer.source == AnswerSource.HUB_RECORD
    assert answer.status.applicationState == ApplicationState.SENDING
    world.grid(Area.KYUSHU, down=False)
    world.current.file_end(case_number, customer, effective=world.new.result(case_number).effectiveDate)
    world.wait_for(case_number, CasePhase.COMPLETED, within=60)


def test_a_case_that_nobody_decides_expires_when_its_deadline_has_passed(world: World) -> None:
    late = world.customer()
    # far enough away that the decision deadline comes before the application cut-off
    case_number = world.new.register(late, current=world.current, wished=world.today() + timedelta(days=30)).caseNumber

    world.move_clock(timedelta(days=10))
    world.wake_cases()

    world.wait_for(case_number, CasePhase.DECISION_EXPIRED)
