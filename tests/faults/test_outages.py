"""A store or a grid operator is away for a while under a stream of switches: what was accepted completes."""

import time
from collections.abc import Callable

import pytest

from schemas.refusal_codes import RefusalCode
from tests.faults.invariants import everything_holds
from tests.faults.length import LONG
from tests.faults.revival import kept_running
from tests.faults.traffic import Traffic
from tests.support.world import World

_A_CASE_EVERY = 0.3 if LONG else 0.8
_AROUND = 5.0 if LONG else 1.0
"""Seconds of undisturbed traffic before and after."""
_AWAY_FOR = 30.0 if LONG else 2.0


def _away(world: World, name: str, seconds: float) -> None:
    world.stack.stop(name)
    time.sleep(seconds)
    world.stack.start(name)


def _temporal_stopped(world: World) -> None:
    _away(world, "temporal", 30.0 if LONG else 8.0)


def _database_restarted(world: World) -> None:
    _away(world, "postgres", 0.0)


def _database_killed_and_away(world: World) -> None:
    world.stack.kill("postgres", stays_down=True)
    time.sleep(10.0)
    world.stack.start("postgres")


def _stub_gone(world: World) -> None:
    _away(world, "grid_stub", _AWAY_FOR)


def _one_after_the_other(world: World) -> None:
    for outage in (_stub_gone, _database_restarted, _temporal_stopped):
        outage(world)


_SAID = {
    "temporal": {RefusalCode.OUTCOME_OPEN},
    "postgres": {RefusalCode.INTERNAL, RefusalCode.OUTCOME_OPEN},
    "grid_stub": {RefusalCode.OUTCOME_OPEN},
    "each": {RefusalCode.INTERNAL, RefusalCode.OUTCOME_OPEN},
}
"""What may be heard while a part is away; each says that the same message may be sent again."""


_OUTAGES = (
    [
        pytest.param("Temporal を30秒停止", "temporal", _temporal_stopped, id="temporal-stopped"),
        pytest.param("PostgreSQL を再起動", "postgres", _database_restarted, id="database-restarted"),
        pytest.param("PostgreSQL を強制終了", "postgres", _database_killed_and_away, id="database-killed"),
        pytest.param("送配電スタブを停止", "grid_stub", _stub_gone, id="stub-gone"),
    ]
    if LONG
    else [pytest.param("各部品を順に停止", "each", _one_after_the_other, id="one-after-the-other")]
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("title", "part", "outage"), _OUTAGES)
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
    tell(figures.words(title, traffic.ends))
    assert set(figures.refused) <= {code.value for code in _SAID[part]}
