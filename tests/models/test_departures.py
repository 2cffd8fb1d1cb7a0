"""A retailer whose validity has ended: its cases stand still, and nothing is registered beyond its last day."""

from datetime import date, datetime, timedelta

import pytest

from models.cases.departures import cases_left, suspend_left
from models.cases.operations import look_at_case, record_step
from models.cases.queries import case_history, cases_for_operator
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.messages.intervention import reasons_of
from models.messages.queries import answer_of, unanswered
from models.participants.operations import leave_market
from rules.calendar import day_of
from rules.core import next_alarm
from rules.procedure.events import CommandKind, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind, Party
from rules.steps import StepOutcome
from schemas.codes import ApplicationKind, CasePhase
from schemas.findings import Refusal
from tests.support import application_requests, lone_applications
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import case_state, hear, obey_all, step_for
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT, register_retailers
from tests.support.decisions import decide
from tests.support.interventions import intervene
from tests.support.moments import soon
from tests.support.referrals import amend, open_case, register


def _today(session: Session) -> date:
    return day_of(business_now(session))


def _move_to(session: Session, moment: datetime) -> None:
    move_clock(session, by=moment - business_now(session) + timedelta(milliseconds=1))


def _ring(session: Session, number: str) -> StepOutcome:
    """Let the next alarm ring at its time, as the workflow does."""
    alarm = next_alarm(look_at_case(session, case_number=number).state)
    assert alarm is not None
    if business_now(session) < alarm.at:
        _move_to(session, alarm.at)
    return record_step(session, step=step_for(session, number, TimePassed(alarm.at))).outcome


def _ring_all(session: Session, number: str) -> CasePhase:
    """Let every alarm ring until the procedure waits for none, taking first what goes first."""
    while next_alarm(state := look_at_case(session, case_number=number).state) is not None:
        if _ring(session, number) is StepOutcome.MESSAGES_FIRST:
            obey_all(session, number)
    return state.phase


def rules_broken(refusal: object) -> list[tuple[str, str]]:
    assert isinstance(refusal, Refusal)
    return [(finding.field, finding.rule) for finding in refusal.findings]


@pytest.mark.parametrize("leaving", [CURRENT, NEW])
def test_no_deadline_ends_a_case_whose_retailer_takes_part_no_longer(database: Database, leaving: str) -> None:
    number = open_case(database)
    with database.transaction() as session:
        leave_market(session, code=leaving, last_day=_today(session))
        phase = _ring_all(session, number)
        state = case_state(session, number)
        last = case_history(session, case_number=number)[-1]
        reason = reasons_of(session, case_number=number)[last.cause]

    assert (phase, state.suspended) == (CasePhase.AWAITING_DECISION, True)
    assert (last.line.kind, last.line.actor) == (HistoryKind.SUSPENDED, Party.HUB)
    assert "参加が終了" in reason.text


def test_a_deadline_at_the_end_of_the_last_day_itself_counts(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        due = case_state(session, number).decision_due
        leave_market(session, code=CURRENT, last_day=day_of(due - timedelta(minutes=1)))
        assert _ring_all(session, number) is CasePhase.DECISION_EXPIRED


def test_what_was_stored_while_the_retailer_took_part_goes_before_its_end(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        leave_market(session, code=CURRENT, last_day=_today(session))
        decide(session, number)
        move_clock(session, by=timedelta(days=1))
        assert suspend_left(session, case_number=number)
        obey_all(session, number)
        state = case_state(session, number)

    assert (state.phase, state.suspended) == (CasePhase.AWAITING_APPLICATIONS, True)


def test_the_cut_off_and_the_correction_of_applications_stand_still_too(database: Database) -> None:
    number, alone = open_case(database), lone_applications.open_end(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        accept(session, number)
        leave_market(session, code=CURRENT, last_day=_today(session))
        phases = [_ring_all(session, procedure) for procedure in (number, alone)]
        suspended = [look_at_case(session, case_number=procedure).state.suspended for procedure in (number, alone)]

    assert (phases, suspended) == ([CasePhase.AWAITING_APPLICATIONS] * 2, [True, True])


def test_from_the_day_after_cases_stand_still_unasked_and_the_hub_operator_sees_how_many(database: Database) -> None:
    number, foreign = open_case(database), open_case(database, point_number=SECOND_POINT, current_retailer_code=OTHER)
    with database.transaction() as session:
        leave_market(session, code=CURRENT, last_day=_today(session))
        assert (cases_left(session), cases_for_operator(session).retailer_left) == ([], 0)

        move_clock(session, by=timedelta(days=1))
        assert (cases_left(session), cases_for_operator(session).retailer_left) == ([number], 1)
        assert suspend_left(session, case_number=number)
        assert not suspend_left(session, case_number=number), "asked for already"
        assert cases_left(session) == []
        obey_all(session, number)

        assert case_state(session, number).suspended and not case_state(session, foreign).suspended
        assert (cases_left(session), cases_for_operator(session).retailer_left) == ([], 1)


def test_what_is_matched_is_left_to_the_grid_operator(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        send_both(session, number)
        hear(session, number, NewsKind.MATCHED, ApplicationKind.START)
        leave_market(session, code=CURRENT, last_day=_today(session))
        move_clock(session, by=timedelta(days=1))
        assert (cases_left(session), cases_for_operator(session).retailer_left) == ([], 0)
        assert _ring(session, number) is StepOutcome.WRITTEN


def test_deadlines_go_on_only_once_all_retailers_take_part_again(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        today = _today(session)
        leave_market(session, code=CURRENT, last_day=today)
        move_clock(session, by=timedelta(days=1))
        suspend_left(session, case_number=number)
        obey_all(session, number)

        early = intervene(session, number, CommandKind.RESUME)
        obey_all(session, number)
        answer = answer_of(session, key=early.key)
        assert answer is not None and ("effectiveDate", "within-validity") in rules_broken(answer.refusal)
        assert case_state(session, number).suspended

        register_retailers(session)  # its validity is extended
        intervene(session, number, CommandKind.RESUME)
        obey_all(session, number)
        state = case_state(session, number)
        assert not state.suspended and state.decision_due > business_now(session)


def test_nothing_is_registered_for_a_day_after_a_partys_last_day(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)
        today = _today(session)
        for leaving in (NEW, CURRENT):
            leave_market(session, code=leaving, last_day=today)
            refusal = register(session, current_retailer_code=CURRENT).refusal
            assert rules_broken(refusal) == [("wishedDate", "within-validity")]
            register_retailers(session)
        leave_market(session, code=NEW, last_day=today)
        refused = lone_applications.apply(
            session, application_requests.start_request(effective_date=soon(session)), retailer=NEW
        ).refusal
        assert rules_broken(refused) == [("effectiveDate", "within-validity")]
        leave_market(session, code=NEW, last_day=soon(session))
        assert (
            lone_applications.apply(
                session, application_requests.start_request(effective_date=soon(session)), retailer=NEW
            ).refusal
            is None
        )


def test_no_amendment_moves_a_day_past_a_partys_last_day(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        day = soon(session)
        leave_market(session, code=CURRENT, last_day=day)
        stored = amend(session, number, wished_date=day + timedelta(days=1))
        obey_all(session, number)
        answer = answer_of(session, key=stored.key)
        assert answer is not None and rules_broken(answer.refusal) == [("wishedDate", "within-validity")]
        assert unanswered(session, case_number=number) == []
