"""A switch in high voltage and one of a feed-in generator, over SOAP and through every part of the hub."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from deploy.stack.supervisor import ROOT
from grid_stub.passwords import issue
from schemas.codes import AnswerSource, ApplicationState, Area, CasePhase, Flag, Segment
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY
from tests.support.at_screens import screen_of_case
from tests.support.cast import NEW_SIDE
from tests.support.database_contents import files_with
from tests.support.retailers import RefusedByHub, consent
from tests.support.world import World
from web.shared.words import moment_words

LETTERS = {Segment.HIGH_VOLTAGE: "K", Segment.LOW_VOLTAGE_FIT: "F"}


@pytest.mark.parametrize("segment", sorted(LETTERS))
def test_a_switch_goes_from_the_referral_to_its_completion(world: World, segment: Segment) -> None:
    new, current = world.new.in_segment(segment), world.current.in_segment(segment)
    customer = world.customer(Area.CHUBU)

    case_number = new.register(customer, current=current, wished=world.today()).caseNumber
    assert case_number[4] == LETTERS[segment]
    assert current.inbox(case_number).holderName == customer.holder_name
    current.decide(case_number)
    effective = new.result(case_number).effectiveDate
    start = new.file_start(case_number, customer, effective=effective)
    end = current.file_end(case_number, customer, effective=effective)
    world.wait_for(case_number, CasePhase.COMPLETED, by=new)

    for retailer, interface, number in (
        (new, START_STATUS, start.applicationNumber),
        (current, END_STATUS, end.applicationNumber),
    ):
        answer = retailer.call(interface, applicationNumber=number)
        assert (answer.source, answer.status.applicationState) == (
            AnswerSource.GRID_OPERATOR,
            ApplicationState.COMPLETED,
        )
    statuses = new.call(STATUS_LIST, area=Area.CHUBU, applicationState=ApplicationState.COMPLETED).statuses
    assert start.applicationNumber in {status.applicationNumber for status in statuses}


def test_a_case_of_another_segment_does_not_exist(world: World) -> None:
    new, current = (retailer.in_segment(Segment.HIGH_VOLTAGE) for retailer in (world.new, world.current))
    case_number = new.register(world.customer(), current=current, wished=world.today()).caseNumber

    asking: tuple[Callable[[], object], ...] = (
        partial(world.new.call, REFERRAL_RESULT, caseNumber=case_number),
        partial(world.current.call, REFERRAL_INBOX, caseNumber=case_number),
        partial(world.current.decide, case_number),
        partial(world.new.withdraw, case_number),
    )
    for ask in asking:
        with pytest.raises(RefusedByHub) as refused:
            ask()
        assert refused.value.code == "HUB-S001"
    assert case_number not in {case.caseNumber for case in world.new.call(REFERRAL_RESULT).cases}
    assert new.result(case_number).casePhase == CasePhase.AWAITING_DECISION


@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE])
def test_usage_is_told_for_its_password_which_is_kept_nowhere(world: World, segment: Segment) -> None:
    point, today = world.customer().point_number, world.today()
    password = issue(point, on=today).password
    yesterday = today - timedelta(days=1)

    answer = world.new.in_segment(segment).call(
        USAGE_INQUIRY, pointNumber=point, usagePassword=password, halfHourlyFrom=yesterday, consent=consent()
    )

    assert (answer.pointNumber, len(answer.monthlyUsages)) == (point, 13)
    assert [day.day for day in answer.halfHourlyUsages] == ([yesterday] if answer.smartMeter == Flag.YES else [])
    assert files_with(world.stack.folder, point), "the read is on record"
    assert files_with(world.stack.folder, password) == []


def test_facilities_of_generation_are_told(world: World) -> None:
    customer = world.customer()

    answer = world.new.in_segment(Segment.LOW_VOLTAGE_FIT).call(
        FACILITY_INQUIRY, pointNumber=customer.point_number, consent=consent()
    )

    assert answer.pointNumber == customer.point_number
    assert answer.generatingFacility.generationOutput > 0


def test_in_a_maintenance_window_inquiries_name_its_end_and_a_switch_waits_for_it(world: World) -> None:
    area, until = Area.SHIKOKU, world.now() + timedelta(hours=3)
    customer = world.customer(area)
    case_number = world.accepted(customer)
    world.grid(area, maintenance_until=until.isoformat())

    with pytest.raises(RefusedByHub) as refused:
        world.new.call(FACILITY_INQUIRY, pointNumber=customer.point_number, consent=consent())
    effective = world.new.result(case_number).effectiveDate
    filed = world.new.file_start(case_number, customer, effective=effective)
    status = world.new.call(START_STATUS, applicationNumber=filed.applicationNumber)

    assert (refused.value.code, refused.value.retryable) == ("HUB-R005", True)
    words = f"{area.label}エリアの一般送配電事業者はメンテナンス中です。終了予定は{moment_words(until)}です。"
    assert words in screen_of_case(world, NEW_SIDE, case_number)
    assert (status.source, status.status.applicationState) == (AnswerSource.HUB_RECORD, ApplicationState.SENDING)
    world.current.file_end(case_number, customer, effective=effective)
    world.grid(area, maintenance_until=None)
    for command in (["upkeep", "areas", "set", area.value, "--answering"], ["upkeep", "wake"]):  # sooner than it told
        subprocess.run([sys.executable, "-m", *command], env=world.stack.environment, cwd=ROOT, check=True)
    world.wait_for(case_number, CasePhase.COMPLETED, within=60)
