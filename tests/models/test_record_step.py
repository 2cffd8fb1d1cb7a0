"""Recording a step: each outcome, and what is written with it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.cases.operations import (
    AnotherCase,
    NoSuchCase,
    look_at_case,
    record_step,
)
from models.cases.queries import case_history
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.messages.queries import answer_of, unanswered
from models.outbox import MailIntentRow
from rules.procedure.events import TimePassed
from rules.procedure.outcomes import HistoryKind
from rules.steps import Step, StepOutcome
from schemas.codes import CasePhase
from schemas.refusal_codes import RefusalCode
from tests.support.case_steps import as_case, case_state, obey_all, step_for
from tests.support.cast import POINT, SECOND_POINT
from tests.support.concurrency import at_once
from tests.support.counting_line import counting_line
from tests.support.database import wait_until_blocked
from tests.support.decisions import decide
from tests.support.referrals import open_case, withdraw


def _first_step(session: Session, number: str) -> Step:
    """Make the step that answers the first command that waits."""
    return step_for(session, number, unanswered(session, case_number=number)[0])


def _remind(session: Session, number: str) -> None:
    """Let the reminder ring, at its time."""
    state = case_state(session, number)
    _move_clock_to(session, state.remind_at)
    record_step(session, step=step_for(session, number, TimePassed(state.remind_at)))


def _expiry(session: Session, number: str) -> Step:
    """Make the step that ends the case, once the reminder has rung."""
    return step_for(session, number, TimePassed(case_state(session, number).decision_due))


def _pass_decision_deadline(session: Session, number: str) -> None:
    _move_clock_to(session, case_state(session, number).decision_due)


def _move_clock_to(session: Session, moment: datetime) -> None:
    move_clock(session, by=moment - business_now(session) + timedelta(milliseconds=1))


class TestWritten:
    def test_it_writes_row_history_and_answer(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = decide(session, number)
        with database.transaction() as session:
            result = record_step(session, step=_first_step(session, number))

        assert (result.outcome, result.number) == (StepOutcome.WRITTEN, 2)
        assert result.state.phase is CasePhase.AWAITING_APPLICATIONS
        with database.transaction() as session:
            standing = look_at_case(session, case_number=number)
            assert (standing.state, standing.number) == (result.state, 2)
            lines = case_history(session, case_number=number)
            assert [(written.step, written.line.kind) for written in lines] == [
                (1, HistoryKind.REGISTERED),
                (2, HistoryKind.ACCEPTED),
            ]
            answer = answer_of(session, key=stored.key)
            assert answer is not None and answer.processed_at == lines[1].at == result.at
            assert unanswered(session, case_number=number) == []

    def test_a_repeat_hears_what_the_first_wrote(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)
            first = record_step(session, step=step)
        with database.transaction() as session:
            second = record_step(session, step=step)
            lines = case_history(session, case_number=number)

        assert (second.outcome, second.number, second.state) == (StepOutcome.WRITTEN, 2, first.state)
        assert len(lines) == 2

    def test_the_same_step_twice_at_once_is_written_once(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)

        def write() -> StepOutcome:
            with database.transaction() as session:
                return record_step(session, step=step).outcome

        outcomes = at_once(*[write] * 6)

        assert set(outcomes) == {StepOutcome.WRITTEN}
        with database.transaction() as session:
            assert len(case_history(session, case_number=number)) == 2

    def test_a_repeat_gives_the_row_as_it_stands_by_now(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)
            record_step(session, step=step)
            withdraw(session, number)
            obey_all(session, number)
        with database.transaction() as session:
            result = record_step(session, step=step)

        assert (result.outcome, result.number) == (StepOutcome.WRITTEN, 3)
        assert result.state.phase is CasePhase.WITHDRAWN

    def test_times_grow_with_the_steps(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            withdraw(session, number)
            obey_all(session, number)
            times = [line.at for line in case_history(session, case_number=number)]

        assert times == sorted(set(times))


class TestWithoutSession:
    """As the worker writes."""

    def test_it_is_written_in_three_statements_and_alike(self, database: Database) -> None:
        numbers = [open_case(database, point_number=point) for point in (POINT, SECOND_POINT)]
        with database.transaction() as session:
            keys = [decide(session, number).key for number in numbers]
            by_session, plain = (_first_step(session, number) for number in numbers)
            record_step(session, step=by_session)
        with counting_line(database) as line:
            result = record_step(line.as_cursor, step=plain)

        assert line.statements == 3
        assert (result.outcome, result.number, result.state) == (StepOutcome.WRITTEN, 2, plain.state)
        with database.transaction() as session:
            (other, ours) = (case_history(session, case_number=number)[-1] for number in numbers)
            assert (ours.step, ours.line, ours.at) == (other.step, other.line, result.at)
            told, told_other = (
                session.scalars(
                    select(MailIntentRow.kind).where(MailIntentRow.case_number == number).order_by(MailIntentRow.step)
                ).all()
                for number in numbers
            )
            assert told == told_other
            assert look_at_case(session, case_number=numbers[1]).state == plain.state
            answers = [answer_of(session, key=key) for key in keys]
        assert answers[1] is not None and answers[1].processed_at == result.at
        assert [answer is not None and answer.phase for answer in answers] == [CasePhase.AWAITING_APPLICATIONS] * 2

    def test_a_repeat_and_a_message_with_an_answer_write_nothing(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)
        with database.plain_transaction() as line:
            outcomes = [record_step(line, step=step) for _ in range(2)]
            answered = record_step(line, step=replace(step, number=3, cause="another"))

        assert [result.outcome for result in outcomes] == [StepOutcome.WRITTEN] * 2
        assert answered.outcome is StepOutcome.ANSWERED
        with database.transaction() as session:
            assert len(case_history(session, case_number=number)) == 2

    def test_another_case_or_none_under_the_number_is_told(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)
        with database.plain_transaction() as line:
            with pytest.raises(AnotherCase):
                record_step(line, step=replace(step, state=replace(step.state, origin="of another")))
            with pytest.raises(NoSuchCase):
                record_step(line, step=replace(step, case_number="SW03L20991231000000019"))

    def test_messages_go_before_a_deadline(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            (waiting,) = unanswered(session, case_number=number)
            _pass_decision_deadline(session, number)
            step = step_for(session, number, TimePassed(case_state(session, number).remind_at))
        with database.plain_transaction() as line:
            result = record_step(line, step=step)

        assert (result.outcome, result.messages) == (StepOutcome.MESSAGES_FIRST, (waiting,))


class TestRefusals:
    def test_a_refusal_stores_the_answer_and_no_line(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = decide(session, number, version=9)
            result = record_step(session, step=_first_step(session, number))
            answer = answer_of(session, key=stored.key)
            lines = case_history(session, case_number=number)

        assert (result.outcome, result.number) == (StepOutcome.WRITTEN, 1)
        assert len(lines) == 1
        assert answer is not None and answer.refusal is not None
        assert (answer.refusal.code, answer.processed_at) == (RefusalCode.VERSION_DIFFERS, result.at)

    def test_a_refusal_for_a_row_that_stands_elsewhere_is_not_stored(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            withdraw(session, number)
            stale = decide(session, number, version=9)
            withdrawal, decision = unanswered(session, case_number=number)
            step = step_for(session, number, decision)
            record_step(session, step=step_for(session, number, withdrawal))
        with database.transaction() as session:
            result = record_step(session, step=step)

            assert (result.outcome, result.number) == (StepOutcome.AHEAD, 2)
            assert answer_of(session, key=stale.key) is None


class TestAnswered:
    def test_a_message_with_an_answer_keeps_it(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = decide(session, number)
            step = _first_step(session, number)
            record_step(session, step=step)
            withdraw(session, number)
            answer = answer_of(session, key=stored.key)
        with database.transaction() as session:
            again = replace(step, number=3)
            result = record_step(session, step=again)

            assert (result.outcome, result.number) == (StepOutcome.ANSWERED, 2)
            assert answer_of(session, key=stored.key) == answer
            assert len(case_history(session, case_number=number)) == 2

    def test_a_refusal_sent_again_is_answered(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number, version=9)
            step = _first_step(session, number)
            record_step(session, step=step)
        with database.transaction() as session:
            assert record_step(session, step=step).outcome is StepOutcome.ANSWERED


class TestAhead:
    def test_a_step_on_a_row_that_went_on_is_not_written(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            withdraw(session, number)
            decision, withdrawal = unanswered(session, case_number=number)
            late = step_for(session, number, withdrawal)
            record_step(session, step=step_for(session, number, decision))
        with database.transaction() as session:
            result = record_step(session, step=late)

        assert (result.outcome, result.number) == (StepOutcome.AHEAD, 2)
        assert result.state.phase is CasePhase.AWAITING_APPLICATIONS

    def test_a_step_on_a_row_that_fell_behind_is_not_written(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = replace(_first_step(session, number), number=5)
            result = record_step(session, step=step)

        assert (result.outcome, result.number) == (StepOutcome.AHEAD, 1)

    def test_a_case_without_row_is_an_error(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = replace(_first_step(session, number), case_number="SW03L20260812999999993")
        with database.transaction() as session, pytest.raises(NoSuchCase):
            record_step(session, step=step)

    def test_a_step_of_another_case_that_had_the_number_is_not_written(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number)
            step = _first_step(session, number)
            other = replace(step, state=replace(step.state, origin="another-registration"))
        with database.transaction() as session, pytest.raises(AnotherCase):
            record_step(session, step=other)

        with database.transaction() as session:
            assert look_at_case(session, case_number=number, origin=step.state.origin).number == 1
            with pytest.raises(AnotherCase):
                look_at_case(session, case_number=number, origin="another-registration")
            assert len(unanswered(session, case_number=number)) == 1


class TestDeadlines:
    def test_a_deadline_that_has_not_come_writes_nothing(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            result = record_step(session, step=_expiry(session, number))

        assert (result.outcome, result.number) == (StepOutcome.TOO_EARLY, 2)
        assert result.at < as_case(result.state).decision_due

    def test_a_deadline_that_has_come_is_written(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            _pass_decision_deadline(session, number)
            result = record_step(session, step=_expiry(session, number))

        assert (result.outcome, result.state.phase) == (StepOutcome.WRITTEN, CasePhase.DECISION_EXPIRED)

    def test_what_was_stored_in_time_goes_first_in_its_order(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            stored = [decide(session, number, version=9), decide(session, number)]
            _pass_decision_deadline(session, number)
            result = record_step(session, step=_expiry(session, number))

        assert result.outcome is StepOutcome.MESSAGES_FIRST
        assert [command.message_key for command in result.messages] == [message.key for message in stored]
        assert result.state.phase is CasePhase.AWAITING_DECISION
        with database.transaction() as session:
            assert as_case(obey_all(session, number).state).phase is CasePhase.AWAITING_APPLICATIONS

    def test_what_was_stored_after_it_does_not_hold_it_up(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            _pass_decision_deadline(session, number)
            decide(session, number)
            result = record_step(session, step=_expiry(session, number))

        assert (result.outcome, result.state.phase) == (StepOutcome.WRITTEN, CasePhase.DECISION_EXPIRED)

    def test_what_is_just_being_stored_in_time_goes_first(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            expiry = _expiry(session, number)

        def expire() -> StepOutcome:
            with database.transaction() as session:
                return record_step(session, step=expiry).outcome

        with ThreadPoolExecutor(1) as pool:
            with database.transaction() as storing:
                decide(storing, number)
                with database.transaction() as session:
                    _pass_decision_deadline(session, number)
                expiring = pool.submit(expire)
                wait_until_blocked(database)
            assert expiring.result() is StepOutcome.MESSAGES_FIRST

    def test_a_command_that_comes_while_a_case_ends_is_refused(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            _remind(session, number)
            _pass_decision_deadline(session, number)

        def store() -> bool:
            with database.transaction() as session:
                return decide(session, number).answered

        with ThreadPoolExecutor(1) as pool:
            with database.transaction() as ending:
                record_step(ending, step=_expiry(ending, number))
                storing = pool.submit(store)
                wait_until_blocked(database)
            assert storing.result() is True
