"""How the grid operators are called, and changing it while the hub runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio.client import Client

from models.absences import hold_ups, note_answer
from models.cases.queries import numbers_in_flight
from models.database import Session
from models.pauses import Pause, pause_area, paused_areas, resume_area
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.holdups import HoldUp
from schemas.codes import Area, Segment
from temporal.gateway import TemporalAway
from temporal.grid_rates import rate_set, set_rate
from temporal.questions import ask_temporal
from usecases.actors import Operator
from usecases.hub import Hub
from usecases.recorders import record_change

_WITHIN = 30.0
"""Seconds that Temporal may take."""


@dataclass(frozen=True)
class AreaCalls:
    """How a grid operator is called now."""

    area: Area
    rate: float
    """Calls a second at most, all workers together."""
    rate_was_set: bool
    """Set while the hub runs; else it is the workers' own setting, or Temporal did not tell."""
    pause: Pause | None
    hold_up: HoldUp | None


@dataclass(frozen=True)
class AreaList:
    """How all of them are."""

    areas: tuple[AreaCalls, ...]
    rates_unknown: str = ""
    """Why Temporal did not tell which rates were set; empty where it did."""


@dataclass(frozen=True, kw_only=True)
class AreaChange:
    """What is to change in the calls to a grid operator."""

    area: Area
    rate: float | None = None
    back_to_setting: bool = False
    """The rate is the workers' own setting again."""
    pause: bool = False
    resume: bool = False
    forget_absence: bool = False
    """It answers, whatever was noted: its maintenance ended sooner than it told."""
    reason: str = ""


@dataclass(frozen=True)
class AreaChanged:
    """What a change came to."""

    in_flight: int
    """How many applications of the area are under way."""
    absence_forgotten: bool
    """There was one on record."""


def list_areas(*, own_rates: Mapping[Area, float], actor: Operator, hub: Hub) -> AreaList:
    """Tell how each grid operator is called.

    :param own_rates: calls a second by the workers' own setting.
    """
    demand(UseCase.SEE_AREAS, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        pauses = paused_areas(session)
        held_up = hold_ups(session, windows=hub.maintenance_windows)
    rates_set: Mapping[Area, float | None] = {}
    rates_unknown = ""
    try:
        rates_set = ask_temporal(_rates_set, within=_WITHIN)
    except TemporalAway as away:
        rates_unknown = str(away)
    areas = (_calls(area, own_rates[area], rates_set.get(area), pauses.get(area), held_up.get(area)) for area in Area)
    return AreaList(tuple(areas), rates_unknown)


def change_area(request: AreaChange, *, actor: Operator, hub: Hub) -> AreaChanged:
    """Change how a grid operator is called, from the next call on.

    :raises TemporalAway: when a rate could not be set; nothing else is changed then either.
    """
    demand(UseCase.CHANGE_AREA, capacity=actor.capacity, segment=None)
    if request.rate is not None or request.back_to_setting:

        async def change_rate(client: Client) -> None:
            await set_rate(client, area=request.area, rate=request.rate, reason=request.reason)

        ask_temporal(change_rate, within=_WITHIN)
    return hub.database.run(lambda session: _change(session, request, actor=actor))


async def _rates_set(client: Client) -> dict[Area, float | None]:
    return {area: await rate_set(client, area=area) for area in Area}


def _calls(area: Area, own: float, was_set: float | None, pause: Pause | None, hold_up: HoldUp | None) -> AreaCalls:
    return AreaCalls(area, own if was_set is None else was_set, was_set is not None, pause, hold_up)


def _change(session: Session, request: AreaChange, *, actor: Operator) -> AreaChanged:
    record_change(session, UseCase.CHANGE_AREA, actor=actor, subject=request.area.value, what=_words(request))
    area, forgotten = request.area, False
    if request.pause:
        pause_area(session, area=area, reason=request.reason)
    if request.resume:
        resume_area(session, area=area)
    if request.forget_absence:
        forgotten = note_answer(session, area=area)
    in_flight = sum(len(numbers_in_flight(session, area=area, segment=segment)) for segment in Segment)
    return AreaChanged(in_flight, forgotten)


def _words(request: AreaChange) -> str:
    asked = {
        f"毎秒{request.rate}件": request.rate is not None,
        "設定の速さ": request.back_to_setting,
        "一時停止": request.pause,
        "再開": request.resume,
        "応答あり": request.forget_absence,
    }
    return "、".join([*(words for words, is_asked in asked.items() if is_asked), request.reason])
