"""Each area by itself, in the running system: stopped, its cases wait and say so; slow, it holds up no other."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import pytest
from temporalio.client import Client

from deploy.stack.supervisor import ROOT
from runtime.settings.processes import WorkerSettings
from schemas.codes import Area, CasePhase
from tests.support.at_screens import screen_of_case
from tests.support.cast import NEW_SIDE
from tests.support.polling import until
from tests.support.world import World

AREA, OTHER = Area.KANSAI, Area.CHUGOKU
GOES_ON_WITHIN = 30.0
"""Seconds; a call whose area is paused looks every ten whether it may go on."""
HANGS = 15.0
"""Seconds until a grid operator that hangs would answer: longer than the hub waits for it."""
SLOTS = WorkerSettings.model_fields["grid_slots"].default


@pytest.fixture
def paused(world: World) -> Iterator[World]:
    areas(world, "--paused", "--reason", "障害調査")
    yield world
    areas(world, "--resumed")


def areas(world: World, *changes: str) -> None:
    command = [sys.executable, "-m", "upkeep", "areas", "set", AREA.value, *changes]
    subprocess.run(command, env=world.stack.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def waiting_call(world: World, case_number: str) -> str:
    """Read why the call of a case that waits failed the last time, as Temporal shows it."""

    async def ask() -> str:
        client = await Client.connect(world.stack.environment["TEMPORAL_ADDRESS"])
        described = await client.get_workflow_handle(case_number).describe()
        return "".join(activity.last_failure.message for activity in described.raw_description.pending_activities)

    return asyncio.run(ask())


def test_a_paused_areas_application_waits_says_so_and_is_received_once_it_is_resumed(paused: World) -> None:
    case_number = paused.start_filed(AREA)

    failure = until(lambda: waiting_call(paused, case_number))
    assert failure.startswith("関西エリアの送配電システムの呼び出しは") and "一時停止中です。" in failure
    assert "関西エリアの一般送配電事業者への送信は" in screen_of_case(paused, NEW_SIDE, case_number)
    assert paused.new.result(case_number).startApplicationState == "sending"

    areas(paused, "--resumed")

    until(
        lambda: paused.new.result(case_number).startApplicationState == "received",
        within=GOES_ON_WITHIN,
        instead=lambda: paused.history(case_number),
    )
    assert "送信を待っています。" not in screen_of_case(paused, NEW_SIDE, case_number)


def test_another_areas_switch_completes_meanwhile(paused: World) -> None:
    customer = paused.customer(OTHER)
    case_number = paused.accepted(customer)

    paused.file_both(case_number, customer)

    paused.wait_for(case_number, CasePhase.COMPLETED)


def test_an_area_that_hangs_with_more_applications_than_slots_takes_no_capacity_of_another(world: World) -> None:
    world.grid(AREA, delay_seconds=HANGS)
    numbers = [world.start_filed(AREA) for _ in range(SLOTS + 2)]

    quick = world.start_filed(OTHER)

    until(lambda: world.new.result(quick).startApplicationState == "received", within=10)
    assert {world.new.result(number).startApplicationState for number in numbers} == {"sending"}
