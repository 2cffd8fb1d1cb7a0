"""承継 at every side and moment, through the whole chain: what the left retailer filed obeys its successor."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.codes import AnswerSource, ApplicationKind, ApplicationState, Area, CasePhase, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.processing_status import END_STATUS, START_STATUS
from tests.support.filed_application import file_application
from tests.support.lone_kinds import LONE_KINDS, LoneKind
from tests.support.polling import until
from tests.support.retailers import Customer, Retailer, application_content
from tests.support.world import World

AREA = Area.SHIKOKU
"""Of no other test of this room: what stands there is of these."""
NEW, CURRENT = "new retailer", "current retailer"
SIDES = pytest.mark.parametrize("side", [NEW, CURRENT])
FILES = {NEW: START_APPLICATION, CURRENT: END_APPLICATION}
TELLS = {NEW: START_STATUS, CURRENT: END_STATUS}
PAIRED = tuple(LoneKind(Segment.LOW_VOLTAGE, FILES[side], TELLS[side]) for side in (NEW, CURRENT))
DATED = tuple(kind for kind in LONE_KINDS if kind.files.applies_for is not ApplicationKind.USAGE_INQUIRY)
"""What stays with the grid operator until its day; a usage inquiry is complete at once."""


def retailer(world: World, side: str) -> Retailer:
    return world.new if side == NEW else world.current


def file_for_case(world: World, case_number: str, customer: Customer, side: str, by: Retailer | None = None) -> str:
    """File the application of a side, and give its number."""
    effective = world.today()
    filing = by or retailer(world, side)
    file = filing.file_start if side == NEW else filing.file_end
    number: str = file(case_number, customer, effective=effective).applicationNumber
    return number


def wait_at_grid(by: Retailer, tells: Interface, number: str, state: ApplicationState) -> Any:
    """Ask by SOAP until the grid operator itself tells of the state."""

    def asked() -> Any:
        answer = by.call(tells, applicationNumber=number)
        live = answer.source == AnswerSource.GRID_OPERATOR
        return answer if live and answer.status.applicationState == state else None

    return until(asked, within=40.0, every=0.2)


def wait_for_line(world: World, number: str, kind: str, *, times: int = 1) -> None:
    until(lambda: world.history(number).count(kind) >= times, within=40.0, instead=lambda: world.history(number))


def wait_for_phase(world: World, number: str, phase: CasePhase) -> None:
    until(lambda: world.phase_in_database(number) == phase or None, within=70.0, instead=lambda: world.history(number))


@SIDES
def test_a_withdrawal_after_a_succession_leaves_no_ghost_that_a_lone_application_could_match(
    world: World, side: str
) -> None:
    customer = world.customer(AREA)
    case_number = world.accepted(customer)
    number = file_for_case(world, case_number, customer, side)
    wait_for_line(world, case_number, "received")
    world.succeed(case_number, leaving=retailer(world, side), successor=world.another)

    (world.another if side == NEW else world.new).withdraw(case_number)

    wait_for_phase(world, case_number, CasePhase.WITHDRAWN)
    wait_at_grid(world.another, TELLS[side], number, ApplicationState.CANCELLED)
    assert world.standing_at_grid(AREA) == 0
    counterpart = PAIRED[0] if side == CURRENT else PAIRED[1]
    lone = file_application(world, counterpart, customer, effective=world.today())
    lone.wait_for(ApplicationState.RECEIVED)
    lone.by.take_back(counterpart.files, lone.number)
    wait_for_phase(world, lone.number, CasePhase.WITHDRAWN)
    assert "matched" not in world.history(lone.number)


@SIDES
def test_a_defect_is_corrected_by_the_successor_and_the_switch_completes(world: World, side: str) -> None:
    customer = world.customer(AREA)
    case_number = world.accepted(customer)
    world.grid(AREA, defects_left=1)
    number = file_for_case(world, case_number, customer, side)
    wait_for_line(world, case_number, "defective")
    world.succeed(case_number, leaving=retailer(world, side), successor=world.another)

    world.another.call(
        FILES[side],
        processKind=ProcessKind.AMEND,
        caseNumber=case_number,
        applicationNumber=number,
        **application_content(FILES[side], customer, segment=Segment.LOW_VOLTAGE, effective=world.today()),
    )
    wait_at_grid(world.another, TELLS[side], number, ApplicationState.RECEIVED)
    file_for_case(world, case_number, customer, CURRENT if side == NEW else NEW)

    wait_for_phase(world, case_number, CasePhase.COMPLETED)
    assert world.history(case_number).count("defective") == 1


@SIDES
def test_what_was_on_its_way_when_the_retailer_left_is_received_and_obeys_the_successor(
    world: World, side: str
) -> None:
    customer = world.customer(AREA)
    case_number = world.accepted(customer)
    world.grid(AREA, down=True)
    number = file_for_case(world, case_number, customer, side)
    world.succeed(case_number, leaving=retailer(world, side), successor=world.another)
    world.grid(AREA, down=False)
    wait_at_grid(world.another, TELLS[side], number, ApplicationState.RECEIVED)
    wait_for_line(world, case_number, "received")

    world.another.call(FILES[side], processKind=ProcessKind.WITHDRAW, caseNumber=case_number, applicationNumber=number)
    wait_for_line(world, case_number, "application_cancelled")
    assert world.standing_at_grid(AREA) == 0

    anew = file_for_case(world, case_number, customer, side, by=world.another)
    wait_at_grid(world.another, TELLS[side], anew, ApplicationState.RECEIVED)
    world.new.withdraw(case_number) if side == CURRENT else world.another.withdraw(case_number)
    wait_for_phase(world, case_number, CasePhase.WITHDRAWN)
    assert world.standing_at_grid(AREA) == 0


@SIDES
def test_a_cancellation_that_was_on_its_way_when_the_retailer_left_is_carried_out(world: World, side: str) -> None:
    customer = world.customer(AREA)
    case_number = world.accepted(customer)
    file_for_case(world, case_number, customer, side)
    wait_for_line(world, case_number, "received")
    world.grid(AREA, down=True)
    world.new.withdraw(case_number)
    assert world.phase_in_database(case_number) == CasePhase.CANCELLING

    world.succeed(case_number, leaving=retailer(world, side), successor=world.another)
    world.grid(AREA, down=False)

    wait_for_phase(world, case_number, CasePhase.WITHDRAWN)
    assert world.standing_at_grid(AREA) == 0


def test_a_pair_that_has_matched_completes_under_the_successors_of_both_sides(world: World) -> None:
    customer = world.customer(AREA)
    case_number = world.accepted(customer)
    start = file_for_case(world, case_number, customer, NEW)
    wait_for_line(world, case_number, "received")
    world.succeed(case_number, leaving=world.new, successor=world.another)
    world.succeed(case_number, leaving=world.current, successor=world.new)

    file_for_case(world, case_number, customer, CURRENT, by=world.new)

    wait_for_phase(world, case_number, CasePhase.COMPLETED)
    wait_at_grid(world.another, START_STATUS, start, ApplicationState.COMPLETED)


def test_applications_on_their_own_are_amended_and_taken_back_by_the_successor(world: World) -> None:
    today = world.today()
    all_filed = [
        file_application(world, kind, world.customer(), effective=today + timedelta(days=10))
        for kind in (*PAIRED, *DATED)
    ]
    for filed in all_filed:
        wait_for_line(world, filed.number, "received")
        world.succeed(filed.number, leaving=filed.by, successor=world.another)
        world.another.in_segment(filed.kind.segment).apply(
            filed.kind.files,
            filed.customer,
            effective=today + timedelta(days=11),
            processKind=ProcessKind.AMEND,
            applicationNumber=filed.number,
        )
    for filed in all_filed:
        successor = world.another.in_segment(filed.kind.segment)
        wait_for_line(world, filed.number, "received", times=2)
        status = wait_at_grid(successor, filed.kind.tells, filed.number, ApplicationState.RECEIVED)
        assert status.status.effectiveDate == today + timedelta(days=11)
        successor.take_back(filed.kind.files, filed.number)
    for filed in all_filed:
        wait_for_phase(world, filed.number, CasePhase.WITHDRAWN)
        successor = world.another.in_segment(filed.kind.segment)
        wait_at_grid(successor, filed.kind.tells, filed.number, ApplicationState.CANCELLED)
