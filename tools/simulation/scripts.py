"""Drawing the scripts of a year: what each customer's retailers will do and when, from the seed alone."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from deploy.samples import RETAILERS
from schemas.codes import Area, MeterWork, Segment
from tools.simulation.acts import Act, Plot
from tools.simulation.kinds import KINDS, Customer, Kind

AREAS = (Area.HOKKAIDO, Area.TOKYO, Area.KANSAI, Area.KYUSHU, Area.OKINAWA)
"""Where customers live: enough that some are well while others are not."""

_LAST_START = 0.8
"""In which part of the time all begin."""
_SEGMENT_WEIGHTS = {Segment.LOW_VOLTAGE: 3, Segment.HIGH_VOLTAGE: 1, Segment.LOW_VOLTAGE_FIT: 1}
_WITH_WORK = 0.2
_USUAL_ENDINGS = 9000
"""Point numbers that end below this are answered as usual (grid_stub.patterns)."""


@dataclass(frozen=True)
class Planned:
    """One act, and when its retailer means to do it: the time since the year began."""

    at: timedelta
    act: Act


@dataclass(frozen=True)
class Script:
    """What the retailers of one customer will do."""

    number: int
    kind: Kind
    plot: Plot
    segment: Segment
    area: Area
    new_retailer: str
    current_retailer: str
    rival: str
    """A third one, who would have the customer too."""
    days_ahead: int
    """By how many days the wished date is later than the earliest there is."""
    meter_work: MeterWork
    customer: Customer
    planned: tuple[Planned, ...]

    def __str__(self) -> str:
        acts = "、".join(f"{plan.act.label}({plan.at.total_seconds() / 3600:.0f}時間)" for plan in self.planned)
        return (
            f"{self.kind.label}「{self.plot.name}」 {self.segment.label} {self.area.label}"
            f" 新{self.new_retailer} 現{self.current_retailer} 異動日+{self.days_ahead}日"
            f" 計器工事{self.meter_work.label} 地点…{self.customer.point_number[-8:]}: {acts}"
        )


def draw_scripts(*, seed: int, cases: int, days: int, kinds: Sequence[Kind] = KINDS) -> tuple[Script, ...]:
    """Draw the scripts; the same seed, number and kinds give the same ones.

    :param days: how long the time is in which all of it happens.
    """
    numbers = range(1, cases + 1)
    return tuple(_draw(random.Random(f"script-{seed}-{number}"), number, days, kinds) for number in numbers)


def _draw(dice: random.Random, number: int, days: int, kinds: Sequence[Kind]) -> Script:
    (kind,) = dice.choices(kinds, [kind.weight for kind in kinds])
    (plot,) = dice.choices(kind.plots, [plot.weight for plot in kind.plots])
    segments = [segment for segment in Segment if segment in kind.interface.segments]
    (segment,) = dice.choices(segments, [_SEGMENT_WEIGHTS[segment] for segment in segments])
    area = dice.choice(AREAS)
    new, current, rival = dice.sample(sorted(RETAILERS), 3)
    begins = timedelta(days=days * _LAST_START * dice.random())
    ending = plot.ending or f"{number % _USUAL_ENDINGS:04d}"
    planned, at = [], begins
    for act, soonest, at_latest in plot.acts:
        at += timedelta(hours=dice.uniform(soonest, at_latest))
        planned.append(Planned(at, act))
    return Script(
        number=number,
        kind=kind,
        plot=plot,
        segment=segment,
        area=area,
        new_retailer=new,
        current_retailer=current,
        rival=rival,
        days_ahead=dice.randint(*plot.days),
        meter_work=MeterWork.NEEDED if dice.random() < _WITH_WORK else MeterWork.NOT_NEEDED,
        customer=Customer(f"{area.value}{number:016d}{ending}"),
        planned=tuple(planned),
    )
