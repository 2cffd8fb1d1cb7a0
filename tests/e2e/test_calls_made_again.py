"""A call that waits for its next try is made at once, by the very commands that docs/operations.md gives."""

import asyncio
from datetime import UTC, datetime

from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import Client

from schemas.codes import Area
from tests.support.operations_guide import DESCRIBE, RESET, RESET_ALL, carry_out
from tests.support.polling import until
from tests.support.world import World

TRIES = 4
"""After so many failures the next try comes sixteen seconds later."""


def waiting_call(world: World, case_number: str) -> PendingActivityInfo | None:
    """Find the call that has failed several times and waits for its next try."""

    async def ask() -> list[PendingActivityInfo]:
        client = await Client.connect(world.stack.environment["TEMPORAL_ADDRESS"])
        described = await client.get_workflow_handle(case_number).describe()
        return list(described.raw_description.pending_activities)

    activities = [
        one for one in asyncio.run(ask()) if one.attempt > TRIES and one.HasField("next_attempt_schedule_time")
    ]
    return activities[0] if activities else None


def waits(world: World, case_number: str) -> PendingActivityInfo:
    return until(lambda: waiting_call(world, case_number), within=40)


def test_the_call_of_one_case_and_all_calls_to_an_area_are_made_at_once(world: World) -> None:
    areas = (Area.CHUBU, Area.TOKYO)
    for area in areas:
        world.grid(area, down=True)
    first, another = (world.start_filed(area) for area in areas)
    next_tries = {
        case: waits(world, case).next_attempt_schedule_time.ToDatetime(tzinfo=UTC) for case in (first, another)
    }
    for area in areas:
        world.grid(area, down=False)

    output = carry_out(world, DESCRIBE, instead={"SW03L…": first})
    assert "call-grid" in output
    carry_out(world, RESET, instead={"SW03L…": first, "5": waits(world, first).activity_id})
    carry_out(world, RESET_ALL, instead={})

    for case, next_try in next_tries.items():
        world.wait_for_application(case, "received")
        assert datetime.now(UTC) < next_try, "it came by itself"
