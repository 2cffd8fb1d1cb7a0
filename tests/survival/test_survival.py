"""What comes in while a part is away is stored, taken in its order, and in time when it was stored in time."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.codes import ApplicationState, Area, CasePhase
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.retailers import RefusedByHub
from tests.support.world import World


def test_a_command_that_comes_in_while_the_worker_is_stopped_is_stored_and_answered_later(world: World) -> None:
    case_number = world.registered(world.customer())
    world.stack.stop("worker")

    with pytest.raises(RefusedByHub) as refused:
        world.current.decide(case_number, message_id="NO-WORKER")
    assert (refused.value.code, refused.value.retryable) == ("HUB-R002", True)
    assert world.phase_in_database(case_number) == CasePhase.AWAITING_DECISION

    world.stack.start("worker")
    world.wait_for(case_number, CasePhase.AWAITING_APPLICATIONS)  # nobody sent it again
    assert world.current.decide(case_number, message_id="NO-WORKER").casePhase == CasePhase.AWAITING_APPLICATIONS


def test_a_registration_needs_no_temporal_and_its_case_starts_when_temporal_is_back(world: World) -> None:
    customer = world.customer()
    world.stack.kill("temporal")

    case_number = world.registered(customer)

    world.stack.start("temporal")
    until(lambda: not _raises(lambda: world.current.decide(case_number, message_id="WITHOUT-TEMPORAL")), within=40)
    world.file_both(case_number, customer)
    world.wait_for(case_number, CasePhase.COMPLETED)


def test_an_acceptance_stored_before_the_deadline_counts_although_temporal_was_away_across_it(world: World) -> None:
    wished = world.today() + timedelta(days=60)
    accepted, silent = (
        world.new.register(world.customer(), current=world.current, wished=wished).caseNumber for _ in range(2)
    )
    world.stack.kill("temporal")

    with pytest.raises(RefusedByHub) as refused:
        world.current.decide(accepted, message_id="IN-TIME")
    assert refused.value.code == "HUB-R002"
    world.move_clock(timedelta(days=10))
    with pytest.raises(RefusedByHub) as refused:
        world.current.decide(silent, message_id="TOO-LATE")
    assert refused.value.code == "HUB-R002"
    world.stack.start("temporal")
    world.wake_cases()

    world.wait_for(accepted, CasePhase.AWAITING_APPLICATIONS)
    world.wait_for(silent, CasePhase.DECISION_EXPIRED)


def test_an_application_stored_right_behind_its_acceptance_is_not_refused(world: World) -> None:
    customer = world.customer()
    case_number = world.registered(customer)
    effective = world.today()
    world.stack.stop("worker")

    for call in (
        lambda: world.current.decide(case_number, message_id="FIRST"),
        lambda: world.current.file_end(case_number, customer, effective=effective, message_id="SECOND"),
        lambda: world.new.file_start(case_number, customer, effective=effective, message_id="THIRD"),
    ):
        assert _raises(call) == "HUB-R002"
    world.stack.start("worker")

    world.wait_for(case_number, CasePhase.COMPLETED)


def test_a_withdrawal_while_the_application_is_on_its_way_leaves_no_orphan_at_the_grid(world: World) -> None:
    customer = world.customer(Area.HOKURIKU)
    case_number = world.accepted(customer)
    world.grid(Area.HOKURIKU, delay_seconds=2, cuts_left=1)
    world.new.file_start(case_number, customer, effective=world.today())

    answer = world.new.withdraw(case_number)

    assert answer.casePhase == CasePhase.CANCELLING  # at once, while the grid operator is slow
    world.wait_for(case_number, CasePhase.WITHDRAWN)
    assert world.standing_at_grid(Area.HOKURIKU) == 0


def test_an_accepted_application_whose_answer_was_lost_is_not_sent_as_a_second_one(world: World) -> None:
    customer = world.customer(Area.SHIKOKU)
    case_number = world.accepted(customer)
    world.grid(Area.SHIKOKU, cuts_left=2)

    world.file_both(case_number, customer)

    world.wait_for(case_number, CasePhase.COMPLETED, within=60)
    assert world.duplicates_at_grid() == 0


def test_a_decision_on_what_was_amended_in_between_is_refused(world: World) -> None:
    customer, today = world.customer(), world.today()
    case_number = world.registered(customer)
    inbox = world.current.inbox(case_number)
    world.new.amend(
        case_number, customer, current=world.current, wished=today + timedelta(days=1), contractNumber="1111"
    )

    with pytest.raises(RefusedByHub) as refused:
        world.current.decide(case_number, version=inbox.version)

    assert refused.value.code == "HUB-S003"
    assert world.current.inbox(case_number).contractNumber == "1111"
    world.current.decide(case_number, version=inbox.version + 1)


def test_a_temporal_store_that_was_set_back_behind_the_database_is_caught_up(world: World, tmp_path: Path) -> None:
    customer = world.customer()
    case_number = world.registered(customer)
    assert world.current.inbox(case_number).version == 1
    _wait_until_started(world, case_number)
    world.stack.stop("temporal")
    saved = shutil.copytree(world.stack.folder / "temporal", tmp_path / "temporal")
    world.stack.start("temporal")
    until(lambda: not _raises(lambda: world.current.decide(case_number, message_id="BEFORE-SET-BACK")), within=40)
    world.new.file_start(case_number, customer, effective=world.today(), message_id="FILED-BEFORE-SET-BACK")
    until(lambda: world.new.result(case_number).startApplicationState == ApplicationState.RECEIVED)

    world.stack.stop("worker")  # as docs/operations.md says of a restore: workers hold what they have seen
    world.stack.stop("temporal")
    shutil.rmtree(world.stack.folder / "temporal")
    shutil.copytree(saved, world.stack.folder / "temporal")
    world.stack.start("temporal")
    world.stack.start("worker")
    until(
        lambda: (
            not _raises(
                lambda: world.current.file_end(
                    case_number, customer, effective=world.today(), message_id="FILED-AFTER-SET-BACK"
                )
            )
        ),
        within=40,
    )

    world.wait_for(case_number, CasePhase.COMPLETED, within=60)
    assert world.duplicates_at_grid() == 0
    steps = rows(world.database, "SELECT count(*), max(step) FROM case_history WHERE case_number = :n", n=case_number)
    assert steps[0][0] == steps[0][1]


def _wait_until_started(world: World, case_number: str) -> None:
    until(
        lambda: rows(
            world.database,
            "SELECT 1 FROM deliveries WHERE case_number = :n AND started_at_real IS NOT NULL",
            n=case_number,
        )
    )


def _raises(call: Callable[[], object]) -> str | None:
    try:
        call()
    except RefusedByHub as refused:
        return refused.code
    return None
