"""The examples in the documents are exchanges with the real hub, over real mutual TLS."""

from datetime import timedelta
from itertools import count

import pytest

from docs.specification_pages.examples import FAULT
from schemas.codes import ApplicationState, Area, CasePhase, Segment
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from schemas.interfaces.usage import USAGE_INQUIRY, USAGE_INQUIRY_APPLICATION
from tests.support.exchanges import Exchanges
from tests.support.filed_application import FiledApplication, file_application
from tests.support.lone_kinds import LONE_KINDS
from tests.support.retailers import Customer, RefusedByHub, Retailer, consent
from tests.support.world import World

_POINT = "0390000000000000000001"
"""One that no other test has: what stands at it is made up from its number."""
_serials = count(2)


def test_the_examples_in_the_documents_are_what_is_exchanged(
    world: World, exchanges: Exchanges, request: pytest.FixtureRequest
) -> None:
    play_the_switches(world)
    play_the_lone_kinds(world)
    play_a_refusal(world)

    if request.config.getoption("--record-examples"):
        for file, text in exchanges.texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for file, text in exchanges.texts.items():
        assert file.exists(), f"write it: pytest tests/e2e/test_examples.py --record-examples ({file.name})"
        assert file.read_text(encoding="utf-8") == text, file.name
    assert set(FAULT.parent.iterdir()) == set(exchanges.texts), "examples that nothing exchanges"


def play_the_switches(world: World) -> None:
    """Play what a switch asks of the hub, in the order of the business, in each segment."""
    world.new.call(PARTICIPANT_LIST)
    switches = [_begin_a_switch(world, segment) for segment in Segment]
    for case_number, new, current, start, end in switches:
        world.wait_for(case_number, CasePhase.COMPLETED, by=new)
        new.call(START_STATUS, applicationNumber=start)
        current.call(END_STATUS, applicationNumber=end)
        new.call(STATUS_LIST, area=Area.TOKYO)


def _begin_a_switch(world: World, segment: Segment) -> tuple[str, Retailer, Retailer, str, str]:
    new, current = (retailer.in_segment(segment) for retailer in (world.new, world.current))
    customer, today = _customer(), world.today()
    if segment in FACILITY_INQUIRY.segments:
        new.call(FACILITY_INQUIRY, pointNumber=_POINT, consent=consent())
    case_number = new.register(customer, current=current, wished=today).caseNumber
    referral = current.inbox(case_number)
    current.decide(case_number, version=referral.version)
    start = new.file_start(case_number, customer, effective=today)
    end = current.file_end(case_number, customer, effective=today)
    return case_number, new, current, start.applicationNumber, end.applicationNumber


def play_the_lone_kinds(world: World) -> None:
    """Play every application that needs no other one, and where it stands: complete, or waiting for tomorrow."""
    filed = [file_application(world, kind, _customer()) for kind in LONE_KINDS]
    for application in filed:
        waits = application.effective > world.today()
        status = application.wait_for(ApplicationState.RECEIVED if waits else ApplicationState.COMPLETED)
        if application.kind.files is USAGE_INQUIRY_APPLICATION:
            _ask_for_usage(world, application, password=status.usagePassword)


def _ask_for_usage(world: World, filed: FiledApplication, *, password: str) -> None:
    yesterday = world.today() - timedelta(days=1)
    filed.by.call(
        USAGE_INQUIRY,
        pointNumber=filed.customer.point_number,
        usagePassword=password,
        halfHourlyFrom=yesterday,
        halfHourlyTo=yesterday,
        consent=consent(),
    )


def _customer() -> Customer:
    """Take a point that no test had before: the same in each run, as what stands there follows from its number."""
    return Customer(f"0390{next(_serials):018d}")


def play_a_refusal(world: World) -> None:
    """Play a registration with two faults, neither of them of form."""
    tomorrow = world.today() + timedelta(days=1)
    with pytest.raises(RefusedByHub) as refused:
        world.new.register(
            world.customer(), current=world.new, wished=tomorrow, consent=consent() | {"obtainedOn": tomorrow}
        )
    assert refused.value.rules == {"other-retailer", "consent-not-in-future"}
