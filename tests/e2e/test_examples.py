"""The examples in the documents are exchanges with the real hub, over real mutual TLS."""

from datetime import timedelta

import pytest

from docs.specification_pages.examples import FAULT
from schemas.codes import Area, CasePhase
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from tests.support.exchanges import Exchanges
from tests.support.retailers import Customer, RefusedByHub, consent
from tests.support.world import World

_POINT = "0390000000000000000001"
"""One that no other test has: what stands at it is made up from its number."""


def test_the_examples_in_the_documents_are_what_is_exchanged(
    world: World, exchanges: Exchanges, request: pytest.FixtureRequest
) -> None:
    play_a_switch(world)
    play_a_refusal(world)

    if request.config.getoption("--record-examples"):
        for file, text in exchanges.texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for file, text in exchanges.texts.items():
        assert file.exists(), f"write it: pytest tests/e2e/test_examples.py --record-examples ({file.name})"
        assert file.read_text(encoding="utf-8") == text, file.name
    assert set(FAULT.parent.iterdir()) == set(exchanges.texts), "examples that nothing exchanges"


def play_a_switch(world: World) -> None:
    """Every interface that the hub answers, in the order of the business."""
    customer, today = Customer(_POINT), world.today()
    world.new.call(PARTICIPANT_LIST)
    world.new.call(FACILITY_INQUIRY, pointNumber=customer.point_number, consent=consent())
    case_number = world.new.register(customer, current=world.current, wished=today).caseNumber
    referral = world.current.inbox(case_number)
    world.current.decide(case_number, version=referral.version)
    start = world.new.file_start(case_number, customer, effective=today)
    end = world.current.file_end(case_number, customer, effective=today)
    world.wait_for(case_number, CasePhase.COMPLETED)
    world.new.call(START_STATUS, applicationNumber=start.applicationNumber)
    world.current.call(END_STATUS, applicationNumber=end.applicationNumber)
    world.new.call(STATUS_LIST, area=Area.TOKYO)


def play_a_refusal(world: World) -> None:
    """A registration with two faults, neither of them of form."""
    tomorrow = world.today() + timedelta(days=1)
    with pytest.raises(RefusedByHub) as refused:
        world.new.register(
            world.customer(), current=world.new, wished=tomorrow, consent=consent() | {"obtainedOn": tomorrow}
        )
    assert refused.value.rules == {"other-retailer", "consent-not-in-future"}
