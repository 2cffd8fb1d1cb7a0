"""One message, one identity: whatever happens in between, the same message gets the same answer."""

import pytest

from schemas.codes import CasePhase
from tests.support.database_contents import rows
from tests.support.retailers import RefusedByHub
from tests.support.world import World


def test_the_same_message_twice_at_once_registers_one_case_and_is_answered_alike(world: World) -> None:
    customer, today = world.customer(), world.today()

    answers = world.together(
        *[lambda: world.new.register(customer, current=world.current, wished=today, message_id="TWICE")] * 4
    )

    assert len({str(answer) for answer in answers}) == 1
    counts = rows(world.database, "SELECT count(*) FROM cases WHERE point_number = :point", point=customer.point_number)
    assert counts == [(1,)]


def test_the_same_command_twice_at_once_is_carried_out_once_and_answered_alike(world: World) -> None:
    case_number = world.registered(world.customer())

    answers = world.together(*[lambda: world.current.decide(case_number, message_id="DECIDE-TWICE")] * 4)

    assert len({str(answer) for answer in answers}) == 1
    assert rows(
        world.database,
        "SELECT count(*) FROM case_history WHERE case_number = :number AND kind = 'accepted'",
        number=case_number,
    ) == [(1,)]


def test_a_message_sent_again_after_the_case_has_ended_gets_its_first_answer(world: World) -> None:
    customer, today = world.customer(), world.today()
    first = world.new.register(customer, current=world.current, wished=today, message_id="BEFORE-END")
    decided = world.current.decide(first.caseNumber, message_id="DECIDED-BEFORE-END")
    world.file_both(first.caseNumber, customer)
    world.wait_for(first.caseNumber, CasePhase.COMPLETED)

    assert world.current.decide(first.caseNumber, message_id="DECIDED-BEFORE-END") == decided
    assert world.new.register(customer, current=world.current, wished=today, message_id="BEFORE-END") == first


def test_two_retailers_with_equal_message_ids_do_not_hear_each_others_answers(world: World) -> None:
    mine, theirs, today = world.customer(), world.customer(), world.today()

    first = world.new.register(mine, current=world.current, wished=today, message_id="EQUAL")
    second = world.another.register(theirs, current=world.current, wished=today, message_id="EQUAL")

    assert first.caseNumber != second.caseNumber
    assert rows(
        world.database, "SELECT new_retailer FROM cases WHERE case_number = :number", number=second.caseNumber
    ) == [("1003",)]


def test_the_same_id_with_one_field_changed_is_refused_and_changes_nothing(world: World) -> None:
    customer, today = world.customer(), world.today()
    first = world.new.register(customer, current=world.current, wished=today, message_id="CHANGED")

    with pytest.raises(RefusedByHub) as refused:
        world.new.register(customer, current=world.current, wished=today, message_id="CHANGED", holderName="髙﨑　花江")

    assert refused.value.code == "HUB-I001"
    assert world.current.inbox(first.caseNumber).holderName == customer.holder_name


def test_a_refusal_is_an_answer_like_any_other_and_is_repeated(world: World) -> None:
    customer, today = world.customer(), world.today()
    first = world.registered(customer)

    with pytest.raises(RefusedByHub) as refused:
        world.another.register(customer, current=world.current, wished=today, message_id="BUSY")
    assert refused.value.code == "HUB-B002"
    world.new.withdraw(first)

    with pytest.raises(RefusedByHub) as again:
        world.another.register(customer, current=world.current, wished=today, message_id="BUSY")
    assert again.value.code == "HUB-B002"
    world.another.register(customer, current=world.current, wished=today, message_id="BUSY-2")


def test_after_a_restart_of_everything_messages_are_known_and_cases_go_on(world: World) -> None:
    customer, today = world.customer(), world.today()
    first = world.new.register(customer, current=world.current, wished=today, message_id="BEFORE-RESTART")
    decided = world.current.decide(first.caseNumber, message_id="DECIDED-BEFORE-RESTART")

    for name in world.stack.parts:
        world.stack.kill(name)
    world.stack.up()

    assert world.new.register(customer, current=world.current, wished=today, message_id="BEFORE-RESTART") == first
    assert world.current.decide(first.caseNumber, message_id="DECIDED-BEFORE-RESTART") == decided
    world.file_both(first.caseNumber, customer)
    world.wait_for(first.caseNumber, CasePhase.COMPLETED)
