"""The sample cases themselves: the pictures and the screens' tests rest on where each stands."""

from models.database import Database
from schemas.codes import ApplicationState, CasePhase
from tests.support.case_steps import case_state
from tests.support.cast import register_retailers
from tests.support.sample_cases import sample_office


def test_each_case_stands_where_its_name_says(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)

    office = sample_office(database)

    with database.transaction() as session:
        states = {name: case_state(session, at) for name, at in office.numbers.items()}
    phases = {name: state.phase for name, state in states.items()}
    for name in ("due_today", "due_tomorrow", "due_later", "due_by_cut_off", "amended", "to_aozora", "of_yamabiko"):
        assert phases[name] is CasePhase.AWAITING_DECISION
    for name in ("accepted", "start_received", "sending", "defective"):
        assert phases[name] is CasePhase.AWAITING_APPLICATIONS
    for phase in set(CasePhase) - {CasePhase.AWAITING_DECISION, CasePhase.AWAITING_APPLICATIONS}:
        assert phase in phases.values(), phase
    assert states["defective"].end.state is ApplicationState.DEFECTIVE
    assert states["amended"].version == 2
    assert states["due_today"].reminded
    assert states["suspended"].suspended
