"""A row of a bulk file as a use case: what becomes of it, and that the same row is the same message."""

from dataclasses import replace
from typing import Any

import pytest

from models.bulk.rows import RowToSend
from models.database import Database
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import RowOutcome, Steering
from schemas.refusal_codes import RefusalCode
from temporal.gateway import TemporalGateway
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.cast import DECIDER, NEW_SIDE
from tests.support.database_contents import rows
from tests.support.hub import Hub
from tests.support.referrals import open_case
from usecases.bulk_rows import MOST_TRIES, Sending, near_workers, send_row, sending_of
from usecases.hub import Hub as Parts
from usecases.registry import ANSWERING


@pytest.fixture
def desk(database: Database) -> BulkDesk:
    return BulkDesk(database)


def sending(desk: BulkDesk, parts: Parts, **which: Any) -> Sending:
    found = sending_of(desk.running(referral_rows(desk.database, 1), **which), hub=parts)
    assert found is not None
    return found


def row(desk: BulkDesk, *, tries: int = 0, **changes: Any) -> RowToSend:
    (read,) = referral_rows(desk.database, 1, **changes)
    return RowToSend(read.line, read.values, tries)


def test_it_is_sent_with_the_right_of_the_person_who_confirmed(desk: BulkDesk, parts: Parts) -> None:
    result = send_row(row(desk), sending(desk, parts), hub=parts)

    assert result.outcome is RowOutcome.DONE
    assert rows(desk.database, "SELECT user_id, case_number FROM messages") == [(NEW_SIDE.user_id, result.given_number)]


def test_the_same_row_again_is_the_same_message(desk: BulkDesk, parts: Parts) -> None:
    file = sending(desk, parts)

    first, second = (send_row(row(desk), file, hub=parts) for _ in range(2))

    assert first == second
    assert rows(desk.database, "SELECT count(*) FROM messages") == [(1,)]


def test_the_same_row_of_another_file_is_another(desk: BulkDesk, parts: Parts) -> None:
    first, second = (send_row(row(desk), sending(desk, parts), hub=parts) for _ in range(2))

    assert first.outcome is RowOutcome.DONE
    assert second.refusal is not None
    assert second.refusal.code is RefusalCode.POINT_BUSY


def test_a_decision_that_no_workflow_answers_is_open_and_answered_when_it_is_asked_again(
    desk: BulkDesk, parts: Parts, working_parts: Parts, hub: Hub
) -> None:
    case = open_case(desk.database, point_number="0300000000000000000301")
    file = sending(desk, parts, kind=BulkKind.DECIDE_REFERRALS, by=DECIDER)
    decision = RowToSend(2, {"caseNumber": case, "version": "1", "decision": "accept"}, 0)

    away = send_row(decision, file, hub=parts)
    answered = send_row(decision, file, hub=working_parts)

    assert away.outcome is RowOutcome.OPEN
    assert (answered.outcome, answered.given_number) == (RowOutcome.DONE, case)


def test_what_no_message_can_be_made_of_is_refused_as_a_form(desk: BulkDesk, parts: Parts) -> None:
    result = send_row(row(desk, wishedDate="someday"), sending(desk, parts), hub=parts)

    assert result.outcome is RowOutcome.REFUSED
    assert result.refusal is not None
    assert result.refusal.code is RefusalCode.FORM


def test_a_fault_of_the_hubs_own_is_tried_so_often_and_then_left_to_people(
    desk: BulkDesk, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: object, **keywords: Any) -> object:
        raise ZeroDivisionError

    file = sending(desk, parts)
    monkeypatch.setitem(ANSWERING, "registerReferral", broken)

    outcomes = [send_row(row(desk, tries=tries), file, hub=parts).outcome for tries in (0, MOST_TRIES - 1)]

    assert outcomes == [RowOutcome.WAITING, RowOutcome.REFUSED]


def test_a_file_that_does_not_run_sends_nothing(desk: BulkDesk, parts: Parts) -> None:
    paused = desk.running(referral_rows(desk.database, 1))
    desk.steer(paused, Steering.PAUSE)

    assert sending_of(paused, hub=parts) is None
    assert sending_of(desk.checked(referral_rows(desk.database, 1)), hub=parts) is None


def test_a_case_that_temporal_does_not_take_is_left_to_the_sweeper_and_its_row_is_done(
    desk: BulkDesk, parts: Parts
) -> None:
    assert send_row(row(desk), sending(desk, parts), hub=near_workers(parts)).outcome is RowOutcome.DONE


def test_a_batch_waits_for_every_second_case_to_be_taken_up(parts: Parts) -> None:
    started, taken_up = list[str](), list[str]()

    class Gateway(TemporalGateway):
        def await_taken_up(self, case_number: str, *, timeout: float = 0) -> None:
            taken_up.append(case_number)

    hub = near_workers(replace(parts, hand_over=started.append, gateway=Gateway()))
    for number in range(1, 6):
        hub.start(f"SW{number}")

    assert started == ["SW1", "SW2", "SW3", "SW4", "SW5"]
    assert taken_up == ["SW2", "SW4"]
