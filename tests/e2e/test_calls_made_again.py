"""A call that waits for its next try is made at once, by the very commands that docs/operations.md gives."""

import asyncio
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from temporalio.api.workflow.v1 import PendingActivityInfo
from temporalio.client import Client

from deploy.stack.supervisor import ROOT
from schemas.codes import Area
from tests.support.polling import until
from tests.support.world import World

GUIDE = (ROOT / "docs" / "operations.md").read_text()
COMMANDS = re.compile(r"^\.venv/bin/(temporal (?:workflow describe|activity reset) .+)$", re.MULTILINE)
DESCRIBE, RESET, RESET_ALL = COMMANDS.findall(GUIDE)
TRIES = 4
"""After so many failures the next try comes sixteen seconds later."""


def carry_out(world: World, command: str, *, instead: Mapping[str, str]) -> str:
    """Carry out a command of the guide, its examples replaced, and give what it says."""
    program, *arguments = shlex.split(command)
    for example in instead:
        assert example in arguments, f"the guide's command has no {example}"
    arguments = [instead.get(argument, argument) for argument in arguments]
    return subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        env=world.stack.environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    ).stdout


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
