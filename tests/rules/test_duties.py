"""要対応: who has to do what, in every situation a case can stand in."""

from datetime import timedelta

import pytest

from rules.calendar import day_of
from rules.duties import duty, lasting_duty
from rules.procedure.duties import Duty
from rules.procedure.events import CommandKind
from rules.switching.possible_commands import possible_commands
from rules.switching.visibility import OWN_APPLICATION, Side
from schemas.codes import ApplicationKind
from tests.support.core.lone_application import Lone
from tests.support.core.situations import SITUATIONS
from tests.support.core.switching_case import Switch

START, END = ApplicationKind.START, ApplicationKind.END
RETAILERS = (Side.NEW, Side.CURRENT)
_ASKS_FOR = {
    Duty.DECIDE: {CommandKind.DECIDE},
    Duty.FILE: {CommandKind.FILE_START, CommandKind.FILE_END},
    Duty.CORRECT: {CommandKind.AMEND_START, CommandKind.AMEND_END},
}


def of(switch: Switch) -> tuple[Duty | None, ...]:
    """List what new retailer, current retailer and hub operator have to do."""
    return tuple(lasting_duty(switch.state, side=side) for side in Side)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ("awaiting the decision", (None, Duty.DECIDE, None)),
        ("accepted, nothing filed", (Duty.FILE, Duty.FILE, None)),
        ("this one on its way", (None, Duty.FILE, None)),
        ("this one received", (None, Duty.FILE, None)),
        ("this one defective", (Duty.CORRECT, Duty.FILE, None)),
        ("this one defective, correction on its way", (None, Duty.FILE, None)),
        ("this one defective, the other received", (Duty.CORRECT, None, None)),
        ("this one being cancelled", (None, Duty.FILE, None)),
        ("this one cancelled", (Duty.FILE, Duty.FILE, None)),
        ("matched", (None, None, None)),
        ("one side done, this one completed", (None, None, Duty.SETTLE)),
    ],
)
def test_each_side_has_to_do_what_its_situation_waits_for(situation: str, expected: tuple[Duty | None, ...]) -> None:
    assert of(SITUATIONS[situation](START)) == expected


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("this", [START, END])
def test_what_a_retailer_has_to_do_it_can_do_and_an_ended_case_asks_for_nothing(
    situation: str, this: ApplicationKind
) -> None:
    state = SITUATIONS[situation](this).state

    for side in RETAILERS:
        lasting = lasting_duty(state, side=side)
        if lasting is not None:
            assert _ASKS_FOR[lasting] & set(possible_commands(state, side=side))
            assert OWN_APPLICATION[side] is this or lasting is not Duty.CORRECT
    if state.ended:
        assert not any(duty(state, side=side, today=state.effective_date + timedelta(days=9)) for side in Side)


def test_deadlines_that_stand_still_are_the_operators_to_release_and_the_retailers_go_on() -> None:
    assert of(Switch().suspended()) == (None, Duty.DECIDE, Duty.RELEASE)


def test_a_matched_case_is_the_operators_once_its_day_is_over() -> None:
    state = SITUATIONS["matched"](START).state
    the_day = state.effective_date

    assert duty(state, side=Side.OPERATOR, today=the_day) is None
    assert duty(state, side=Side.OPERATOR, today=the_day + timedelta(days=1)) is Duty.LOOK_AFTER
    assert duty(state, side=Side.NEW, today=the_day + timedelta(days=1)) is None


def test_a_defect_of_an_application_on_its_own_is_its_applicants_to_correct() -> None:
    lone = Lone(ApplicationKind.RE_ENERGISATION).defective()
    today = day_of(lone.state.registered_at)

    assert [duty(lone.state, side=side, today=today) for side in Side] == [Duty.CORRECT, None, None]
    lone.corrected()
    assert [duty(lone.state, side=side, today=today) for side in Side] == [None, None, None]
