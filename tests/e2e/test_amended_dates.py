"""訂正 is held to the limits of the day it is stored, by the hub and by its grid operator, whenever it gets there."""

from datetime import timedelta

import pytest

from schemas.codes import ApplicationState, Area, ProcessKind
from tests.support.filed_application import FiledApplication, file_application
from tests.support.lone_kinds import LONE_KINDS, LoneKind
from tests.support.operations_guide import make_calls_at_once
from tests.support.polling import until
from tests.support.retailers import RefusedByHub
from tests.support.world import World

AREA = Area.HOKURIKU
"""Of no other test of this room."""
END_OF_SUPPLY, RE_ENERGISATION = (next(one for one in LONE_KINDS if one.number == each) for each in ("10510", "10410"))


def amend(world: World, filed: FiledApplication, *, days: int) -> None:
    filed.by.apply(
        filed.kind.files,
        filed.customer,
        effective=world.today() + timedelta(days=days),
        processKind=ProcessKind.AMEND,
        applicationNumber=filed.number,
    )


@pytest.mark.parametrize(("kind", "first"), [(END_OF_SUPPLY, 0), (RE_ENERGISATION, -31)], ids=["10510", "10410"])
def test_an_amendment_dates_nothing_back_that_a_registration_may_not(world: World, kind: LoneKind, first: int) -> None:
    filed = file_application(world, kind, world.customer(AREA), effective=world.today() + timedelta(days=20))
    filed.wait_for(ApplicationState.RECEIVED)
    until(lambda: "received" in world.history(filed.number))
    world.move_clock(timedelta(days=3))
    world.wake_cases()

    with pytest.raises(RefusedByHub) as refused:
        amend(world, filed, days=first - 1)
    assert refused.value.rules == {"first-effective-date"}

    world.grid(AREA, down=True)
    amend(world, filed, days=first)
    world.move_clock(timedelta(days=2))
    world.wake_cases()
    world.grid(AREA, down=False)
    make_calls_at_once(world, AREA)
    filed.wait_for(ApplicationState.COMPLETED)
    until(lambda: "completed" in world.history(filed.number), within=40.0)
    assert "defective" not in world.history(filed.number)
