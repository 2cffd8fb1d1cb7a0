"""承継 beside other things: commands of whoever left, two retailers that are both gone, deadlines that stand still."""

from datetime import date, timedelta

import pytest

from models.cases.commands import StoredMessage
from models.cases.departures import cases_left, suspend_left
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.messages.queries import answer_of
from models.participants.operations import leave_market, register_participant
from rules.calendar import day_of
from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, ParticipantRole
from schemas.refusal_codes import RefusalCode
from tests.support.case_applications import file_start
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import case_state, hear, obey_all
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.decisions import reject
from tests.support.interventions import intervene
from tests.support.referrals import open_case

THIRD, FOURTH = "1104", "1105"


def refusal_of(session: Session, command: StoredMessage) -> RefusalCode | None:
    answer = answer_of(session, key=command.key)
    assert answer is not None
    return None if answer.refusal is None else answer.refusal.code


def all_leave(session: Session, case: str, *retailers: str) -> None:
    """Have the last day of retailers pass, so that the deadlines of their case stand still."""
    for code in retailers:
        leave_market(session, code=code, last_day=day_of(business_now(session)))
    move_clock(session, by=timedelta(days=1))
    assert suspend_left(session, case_number=case)
    obey_all(session, case)


def test_what_the_new_retailer_that_left_stored_after_the_succession_is_refused(database: Database) -> None:
    case = open_case(database)
    with database.transaction() as session:
        accept(session, case)
        intervene(session, case, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)  # no worker has taken it yet
        late = file_start(session, case, retailer=NEW)
        obey_all(session, case)

        assert refusal_of(session, late) is RefusalCode.NO_SUCH_CASE
        assert case_state(session, case).start.state is ApplicationState.NOT_FILED


def test_a_rejection_of_the_current_retailer_that_left_does_not_end_its_successors_case(database: Database) -> None:
    case = open_case(database)
    with database.transaction() as session:
        intervene(session, case, CommandKind.SUCCEED, leaving=CURRENT, successor=OTHER)
        late = reject(session, case)
        obey_all(session, case)

        assert refusal_of(session, late) is RefusalCode.NO_SUCH_CASE
        assert case_state(session, case).phase is CasePhase.AWAITING_DECISION


def test_where_both_retailers_have_left_one_is_succeeded_after_the_other(database: Database) -> None:
    case = open_case(database)
    with database.transaction() as session:
        for code in (THIRD, FOURTH):
            register_participant(
                session, code=code, name=code, role=ParticipantRole.RETAILER, area=None, valid_from=date(2016, 4, 1)
            )
        all_leave(session, case, NEW, CURRENT)

        first = intervene(session, case, CommandKind.SUCCEED, leaving=NEW, successor=THIRD)
        obey_all(session, case)
        second = intervene(session, case, CommandKind.SUCCEED, leaving=CURRENT, successor=FOURTH)
        obey_all(session, case)

        assert [refusal_of(session, key) for key in (first, second)] == [None, None]
        state = case_state(session, case)
        assert (state.new_retailer, state.current_retailer, state.suspended) == (THIRD, FOURTH, False)


@pytest.mark.parametrize("both_are_in", [False, True])
def test_deadlines_do_not_go_on_while_a_retailer_is_gone(database: Database, both_are_in: bool) -> None:
    case = open_case(database)
    with database.transaction() as session:
        if both_are_in:
            send_both(session, case)
            hear(session, case, NewsKind.RECEIVED, ApplicationKind.START)
        all_leave(session, case, CURRENT)

        resumed = intervene(session, case, CommandKind.RESUME)
        obey_all(session, case)

        assert refusal_of(session, resumed) is RefusalCode.BUSINESS
        assert case_state(session, case).suspended
        assert cases_left(session) == []
