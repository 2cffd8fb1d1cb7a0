"""A store or a grid operator is away for a while under a stream of switches: what was accepted completes."""

import time
from collections.abc import Callable

import pytest

from schemas.messages import MessageCode
from tests.faults.conftest import LONG
from tests.faults.holding import everything_holds
from tests.faults.keeping import kept_running
from tests.faults.traffic import Traffic
from tests.support.world import World

_A_CASE_EVERY = 0.3 if LONG else 0.8
_AROUND = 5.0 if LONG else 1.0
"""Seconds of undisturbed traffic before and after."""


def _away(world: World, name: str, seconds: float) -> None:
    world.stack.stop(name)
    time.sleep(seconds)
    world.stack.start(name)


def _temporal_stopped(world: World) -> None:
    _away(world, "temporal", 30.0 if LONG else 8.0)


def _database_restarted(world: World) -> None:
    _away(world, "postgres", 0.0)


def _database_killed_and_away(world: World) -> None:
    world.stack.kill("postgres")
    world.stack.parts["postgres"].process.forget()  # or it is started again at once
    time.sleep(10.0 if LONG else 2.0)
    world.stack.start("postgres")


def _stub_gone(world: World) -> None:
    _away(world, "grid_stub", 30.0 if LONG else 3.0)


_SAID = {
    "temporal": {MessageCode.OUTCOME_OPEN},
    "postgres": {MessageCode.INTERNAL, MessageCode.OUTCOME_OPEN},
    "stub": {MessageCode.OUTCOME_OPEN},
}
"""What may be heard while a part is away; each says that the same message may be sent again."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("title", "part", "outage"),
    [
        ("Temporal を停止", "temporal", _temporal_stopped),
        ("PostgreSQL を再起動", "postgres", _database_restarted),
        ("PostgreSQL を強制終了", "postgres", _database_killed_and_away),
        ("送配電スタブを停止", "stub", _stub_gone),
    ],
)
def test_what_was_accepted_during_an_outage_completes_and_what_was_refused_said_so(
    world: World,
    traffic: Traffic,
    tell: Callable[[str], None],
    title: str,
    part: str,
    outage: Callable[[World], None],
) -> None:
    with kept_running(world.stack), traffic.flowing(every=_A_CASE_EVERY):
        time.sleep(_AROUND)
        outage(world)
        time.sleep(_AROUND)

    figures = everything_holds(world, traffic)
    tell(figures.words(title, cases=len(traffic.played)))
    assert set(figures.refused) <= {code.value for code in _SAID[part]}
