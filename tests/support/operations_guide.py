"""The commands on Temporal that docs/operations.md gives, carried out as they stand there."""

import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.stack.supervisor import ROOT
from schemas.codes import Area
from tests.support.world import World

GUIDE = (ROOT / "docs" / "operations.md").read_text()
COMMANDS = re.compile(r"^\.venv/bin/(temporal (?:workflow describe|activity reset) .+)$", re.MULTILINE)
DESCRIBE, RESET, RESET_ALL = COMMANDS.findall(GUIDE)
_ALL_OF_TOKYO = "Area = '03' AND ExecutionStatus = 'Running'"


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


def make_calls_at_once(world: World, area: Area) -> None:
    """Have all calls to an area that wait for their next try be made at once."""
    carry_out(world, RESET_ALL, instead={_ALL_OF_TOKYO: _ALL_OF_TOKYO.replace("03", area.value)})
