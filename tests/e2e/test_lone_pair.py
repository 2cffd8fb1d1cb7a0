"""A customer who ended the old contract personally: start and end applied for without a referral meet at the grid."""

from typing import Any

from schemas.codes import AnswerSource, ApplicationState, Area, CasePhase
from schemas.contract import Interface
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from tests.support.polling import until
from tests.support.retailers import Retailer
from tests.support.world import World


def test_a_start_and_an_end_without_a_referral_meet_and_complete(world: World) -> None:
    customer, today = world.customer(), world.today()

    start = world.new.file_start(None, customer, effective=today)
    end = world.current.file_end(None, customer, effective=today)

    assert (start.caseNumber, start.applicationStateName) == (None, "送信中")
    _completes(world, world.new, START_STATUS, start.applicationNumber)
    _completes(world, world.current, END_STATUS, end.applicationNumber)
    statuses = world.new.call(STATUS_LIST, area=Area.TOKYO).statuses
    assert start.applicationNumber in {status.applicationNumber for status in statuses}
    assert world.duplicates_at_grid() == 0


def _completes(world: World, retailer: Retailer, interface: Interface, number: str) -> None:
    """Wait until the grid operator says so, and the hub's own record does too."""

    def at_grid() -> Any:
        answer = retailer.call(interface, applicationNumber=number)
        return answer if answer.status.applicationState == ApplicationState.COMPLETED else None

    assert until(at_grid, within=40.0).source == AnswerSource.GRID_OPERATOR
    until(lambda: world.phase_in_database(number) == CasePhase.COMPLETED or None, within=40.0)
    assert world.history(number)[-2:] == ["matched", "completed"]
