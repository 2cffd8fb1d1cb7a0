"""Storing a command: known by its identity, scoped by retailer and role, limited, and never lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from models.cases.commands import MOST_COMMANDS, MOST_IN_FLIGHT, refuse_after_end
from models.cases.operations import record_step
from models.database import Database
from models.messages.queries import answer_of, unanswered
from rules import numbers
from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import Decide, File
from schemas.codes import CasePhase, Decision
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.case_applications import file_end, file_start
from tests.support.case_steps import as_case, obey_all, step_for
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT
from tests.support.concurrency import at_once
from tests.support.counting_line import counting_line
from tests.support.database import wait_until_blocked
from tests.support.decisions import decide, decision_request
from tests.support.message_contents import content_of
from tests.support.moments import soon
from tests.support.referrals import open_case, referral_request, register, withdraw


class TestIdentity:
    def test_a_stored_command_waits_for_its_answer(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = decide(session, number)

        assert not stored.answered
        with database.transaction() as session:
            (command,) = unanswered(session, case_number=number)
            assert (command.message_key, command.kind) == (stored.key, CommandKind.DECIDE)
            assert command.content == Decide(case_number=number, version=1, decision=Decision.ACCEPT)
            assert answer_of(session, key=stored.key) is None

    def test_its_content_is_found_by_its_key(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            stored = decide(session, number, request)
            assert content_of(session, key=stored.key) == request

    def test_it_is_stored_in_four_statements_and_a_repeat_found_in_two(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with counting_line(database) as first:
            stored = decide(first.as_cursor, number, request)
        with counting_line(database) as again:
            repeated = decide(again.as_cursor, number, request)

        assert (first.statements, again.statements) == (4, 2)
        assert repeated.key == stored.key

    def test_a_repeat_waits_for_nobody_who_holds_its_case(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            stored = decide(session, number, request)
        with database.transaction() as holding, database.transaction() as session:
            holding.execute(text("SELECT FROM cases WHERE case_number = :number FOR UPDATE"), {"number": number})
            session.execute(text("SET LOCAL lock_timeout = '1s'"))
            assert decide(session, number, request).key == stored.key

    def test_the_same_message_twice_at_once_is_stored_once(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)

        def send() -> str:
            with database.transaction() as session:
                return decide(session, number, request).key

        keys = at_once(*[send] * 6)

        assert len(set(keys)) == 1
        with database.transaction() as session:
            assert [command.message_key for command in unanswered(session, case_number=number)] == keys[:1]

    def test_a_repeat_after_the_answer_is_the_same_message(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            first = decide(session, number, request)
            obey_all(session, number)
        with database.transaction() as session:
            second = decide(session, number, request)

        assert (second.key, second.answered) == (first.key, True)

    def test_a_repeat_after_the_case_ended_is_the_same_message(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            first = decide(session, number, request)
            obey_all(session, number)
            answer = answer_of(session, key=first.key)
            withdraw(session, number)
            assert as_case(obey_all(session, number).state).ended
        with database.transaction() as session:
            second = decide(session, number, request)
            assert second.key == first.key
            assert answer_of(session, key=second.key) == answer

        assert answer is not None and answer.phase is CasePhase.AWAITING_APPLICATIONS

    def test_the_same_id_with_one_field_changed_is_refused_and_stores_nothing(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decide(session, number, message_id="SAME")
        with database.transaction() as session, pytest.raises(Refused) as refused:
            decide(session, number, message_id="SAME", version=2)

        assert refused.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT
        with database.transaction() as session:
            contents = [command.content for command in unanswered(session, case_number=number)]
            assert [content.version for content in contents if isinstance(content, Decide)] == [1]

    def test_an_id_used_for_a_registration_is_used(self, database: Database) -> None:
        with database.transaction() as session:
            wished = soon(session)
        number = open_case(database, message_id="SAME", wished_date=wished)

        with database.transaction() as session, pytest.raises(Refused) as refused:
            withdraw(session, number, message_id="SAME")

        assert refused.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT

    def test_an_id_used_for_a_command_is_used_for_registrations_too(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            withdraw(session, number, message_id="SAME")

        with database.transaction() as session, pytest.raises(Refused) as refused:
            register(session, referral_request(wished_date=soon(session), message_id="SAME"))

        assert refused.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT

    def test_two_retailers_with_equal_ids_do_not_see_each_other(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            decided = decide(session, number, message_id="SAME")
            withdrawn = withdraw(session, number, message_id="SAME")

        assert decided.key != withdrawn.key

    def test_an_id_used_on_one_case_is_used_on_another(self, database: Database) -> None:
        first = open_case(database)
        second = open_case(database, point_number=SECOND_POINT)
        with database.transaction() as session:
            decide(session, first, message_id="SAME")

        with database.transaction() as session, pytest.raises(Refused) as refused:
            decide(session, second, message_id="SAME")

        assert refused.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT

    def test_the_same_id_for_two_cases_at_once_is_taken_once(self, database: Database) -> None:
        cases = [open_case(database, point_number=f"03{number:020d}") for number in range(4)]

        def send(number: str) -> str:
            try:
                with database.transaction() as session:
                    decide(session, number, message_id="SAME")
                    return "stored"
            except Refused as refused:
                return refused.refusal.code

        outcomes = at_once(*[lambda number=number: send(number) for number in cases])

        assert sorted(outcomes) == [RefusalCode.SAME_ID_OTHER_CONTENT] * 3 + ["stored"]


class TestScope:
    def _refusal(self, database: Database, number: str, retailer: str) -> Refused:
        with database.transaction() as session, pytest.raises(Refused) as refused:
            decide(session, number, message_id="FOREIGN", retailer=retailer)
        return refused.value

    @pytest.mark.parametrize("retailer", [NEW, OTHER])
    def test_a_foreign_case_answers_as_one_that_does_not_exist(self, database: Database, retailer: str) -> None:
        number = open_case(database)
        absent = "SW03L20260812999999993"

        foreign, nonexistent = (self._refusal(database, each, retailer) for each in (number, absent))

        assert foreign.refusal == nonexistent.refusal
        assert foreign.refusal.code is RefusalCode.NO_SUCH_CASE

    def test_the_current_retailer_cannot_withdraw(self, database: Database) -> None:
        number = open_case(database)

        with database.transaction() as session, pytest.raises(Refused) as refused:
            withdraw(session, number, retailer=CURRENT)

        assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE

    def test_a_foreign_case_takes_no_message_id(self, database: Database) -> None:
        number = open_case(database)
        self._refusal(database, number, OTHER)
        own = open_case(database, current_retailer_code=OTHER, point_number=SECOND_POINT)

        with database.transaction() as session:
            assert not decide(session, own, message_id="FOREIGN", retailer=OTHER).answered


class TestLimits:
    def test_a_sixth_command_in_flight_is_refused_and_may_be_repeated(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            for _ in range(MOST_IN_FLIGHT):
                decide(session, number)
        with database.transaction() as session, pytest.raises(Refused) as refused:
            decide(session, number, request)

        assert refused.value.refusal.code is RefusalCode.TOO_MANY_IN_FLIGHT and refused.value.refusal.retryable
        with database.transaction() as session:
            obey_all(session, number)
        with database.transaction() as session:
            assert not decide(session, number, request).answered

    def test_at_once_not_one_more_gets_in(self, database: Database) -> None:
        number = open_case(database)

        def send() -> str:
            try:
                with database.transaction() as session:
                    decide(session, number)
                    return "stored"
            except Refused as refused:
                return refused.refusal.code

        outcomes = at_once(*[send] * 8)

        assert outcomes.count("stored") == MOST_IN_FLIGHT

    def test_the_other_retailers_commands_do_not_count(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            for _ in range(MOST_IN_FLIGHT):
                decide(session, number)
            assert not withdraw(session, number).answered

    def test_a_repeat_is_found_although_the_limit_is_reached(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            first = decide(session, number, request)
            for _ in range(MOST_IN_FLIGHT - 1):
                decide(session, number)
        with database.transaction() as session:
            assert decide(session, number, request) == first

    def test_the_last_one_allowed_may_come_twice_at_once(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)

        def send() -> str:
            with database.transaction() as session:
                return decide(session, number, request).key

        with database.transaction() as session:
            for _ in range(MOST_IN_FLIGHT - 1):
                decide(session, number)
        with ThreadPoolExecutor(1) as pool:
            with database.transaction() as session:
                first = decide(session, number, request)
                twin = pool.submit(send)
                wait_until_blocked(database)
            assert twin.result() == first.key

    def test_after_two_hundred_commands_no_more_are_taken(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            for _ in range(MOST_COMMANDS // 5):
                for _ in range(5):
                    decide(session, number, version=9)
                session.execute(text("UPDATE messages SET answered_at = stored_at"))
        with database.transaction() as session, pytest.raises(Refused) as refused:
            decide(session, number)

        assert MOST_COMMANDS == 200
        assert refused.value.refusal.code is RefusalCode.TOO_MANY_COMMANDS and not refused.value.refusal.retryable


class TestOrder:
    def test_commands_are_listed_in_the_order_they_were_stored(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = [decide(session, number), withdraw(session, number), decide(session, number)]
        with database.transaction() as session:
            commands = unanswered(session, case_number=number)

        assert [command.message_key for command in commands] == [message.key for message in stored]
        assert [command.at for command in commands] == sorted(command.at for command in commands)

    def test_an_application_gets_its_number_when_it_is_stored(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            file_start(session, number)
            file_end(session, number)
            start, end = (command.content for command in unanswered(session, case_number=number))
            assert isinstance(start, File) and isinstance(end, File)

        assert start.application_number is not None and end.application_number is not None
        assert start.application_number != end.application_number
        for application in (start.application_number, end.application_number):
            assert numbers.is_sound(application) and application.startswith("AP03L")


class TestAfterTheEnd:
    def test_a_command_is_refused_at_once_and_its_answer_stored(self, database: Database) -> None:
        number = open_case(database)
        request = decision_request(number)
        with database.transaction() as session:
            withdraw(session, number)
            obey_all(session, number)
        with database.transaction() as session:
            stored = decide(session, number, request)
        with database.transaction() as session:
            answer = answer_of(session, key=stored.key)
            assert unanswered(session, case_number=number) == []
            assert decide(session, number, request) == stored

        assert stored.answered
        assert answer is not None and answer.refusal is not None and answer.processed_at is not None
        assert answer.refusal.code is RefusalCode.WRONG_STATE
        assert answer.phase is CasePhase.WITHDRAWN

    def test_what_was_stored_before_and_never_taken_is_refused(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            late = decide(session, number)
            withdraw(session, number)
            withdrawal = unanswered(session, case_number=number)[1]
            assert record_step(session, step=step_for(session, number, withdrawal)).state.ended
        with database.transaction() as session:
            assert refuse_after_end(session, case_number=number)
            answer = answer_of(session, key=late.key)

        assert answer is not None and answer.refusal is not None
        assert answer.refusal.code is RefusalCode.WRONG_STATE

    def test_nothing_is_refused_for_a_case_that_is_open(self, database: Database) -> None:
        number = open_case(database)
        with database.transaction() as session:
            stored = decide(session, number)
            assert not refuse_after_end(session, case_number=number)
            assert answer_of(session, key=stored.key) is None
