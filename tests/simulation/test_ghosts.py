"""What lives on at a grid operator though nobody at the hub will ever end it, and what is known there otherwise."""

import pytest

from rules.procedure.events import CommandKind, NewsKind
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationKind
from tests.support.case_stages import send_both
from tests.support.case_steps import case_state, hear, obey_all
from tests.support.cast import NEW, OTHER
from tests.support.grid import Grid
from tests.support.interventions import intervene
from tests.support.referrals import open_case, withdraw
from tools.simulation.records import Records

START = ApplicationKind.START


@pytest.fixture
def case(grid: Grid) -> SwitchingCase:
    """Give a case whose start application is on its way, as the hub's record has it."""
    case_number = open_case(grid.database)
    with grid.database.transaction() as session:
        send_both(session, case_number)
        return case_state(session, case_number)


def received(grid: Grid, case: SwitchingCase, *, under: str) -> str:
    number = case.start.number
    assert number is not None
    grid.start(number=number, point_number=case.point_number, effective_date=case.effective_date, retailer=under)
    return number


def test_what_is_known_there_under_another_code_is_found(grid: Grid, case: SwitchingCase) -> None:
    number = received(grid, case, under=OTHER)

    assert Records(grid.database).filed_otherwise() == [(number, NEW, OTHER)]


def test_what_was_filed_by_the_one_that_left_is_known_there_as_it_should_be(grid: Grid, case: SwitchingCase) -> None:
    received(grid, case, under=NEW)
    with grid.database.transaction() as session:
        intervene(session, case.case_number, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)
        obey_all(session, case.case_number)

    assert Records(grid.database).filed_otherwise() == []


def test_what_lives_on_after_the_end_of_its_case_is_a_ghost(grid: Grid, case: SwitchingCase) -> None:
    number = received(grid, case, under=NEW)
    assert Records(grid.database).ghosts() == [], "the case goes on"

    with grid.database.transaction() as session:
        hear(session, case.case_number, NewsKind.RECEIVED, START)
        withdraw(session, case.case_number)
        obey_all(session, case.case_number)
        for kind in ApplicationKind.START, ApplicationKind.END:
            hear(session, case.case_number, NewsKind.CANCELLED, kind)

    assert Records(grid.database).ghosts() == [(number, "withdrawn", "received")]
