"""A line of a list says what the record of its case says, though it is read off columns."""

from models.cases.screens import CaseFilter, CaseLine, Scope, find_cases
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from rules.duties import duty
from rules.switching.visibility import Side, is_in
from schemas.codes import ApplicationState, EndCause
from tests.support.case_steps import case_state
from tests.support.cast import CURRENT, NEW, register_retailers
from tests.support.sample_cases import sample_office


def test_it_says_of_every_case_and_to_every_side_what_its_record_says(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
    numbers = sample_office(database).numbers.values()

    with database.transaction() as session:
        today = day_of(business_now(session))
        states = {number: case_state(session, number) for number in numbers}
        lines = [
            line
            for code in (None, NEW, CURRENT)
            for line in find_cases(session, scope=Scope(code), case_filter=CaseFilter(), limit=1000).items
        ]

    seen = set()
    for line in lines:
        assert isinstance(line, CaseLine)
        state = states[line.case_number]
        assert line.duty is duty(state, side=line.side, today=today)
        assert line.end_cause == (state.end_cause and state.end_cause.label)
        assert line.end_is_in == is_in(state.end.state)
        if line.side is not Side.CURRENT:
            assert (line.start_state, line.start_defects) == (state.start.state, state.start.defects)
        if line.side is not Side.NEW:
            assert (line.end_state, line.end_defects) == (state.end.state, state.end.defects)
        seen |= {line.side, line.duty, state.end_cause, state.end.state}
    assert seen >= {*Side, EndCause.CUT_OFF, ApplicationState.DEFECTIVE, None}
