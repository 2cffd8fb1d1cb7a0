"""What befalls the grid operators' systems in the year, from the seed alone: outages, slowness, defects and more."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schemas.codes import Area, Code, MeterWork


class Trouble(Code):
    """What can befall an area."""

    DOWN = "down", "停止"
    SLOW = "slow", "遅延"
    DEFECTS = "defects", "不備の指摘"
    CUTS = "cuts", "受付後の切断"
    MAINTENANCE = "maintenance", "メンテナンス"
    POSTPONING = "postponing", "異動日の後ろ倒し"
    WORK = "work", "計器工事の追加"

    @property
    def silent(self) -> bool:
        """True where the area answers nobody."""
        return self in (Trouble.DOWN, Trouble.MAINTENANCE)


_HOURS: dict[Trouble, tuple[int, int]] = {
    Trouble.DOWN: (3, 72),
    Trouble.SLOW: (12, 96),
    Trouble.DEFECTS: (24, 96),
    Trouble.CUTS: (24, 96),
    Trouble.MAINTENANCE: (4, 30),
    Trouble.POSTPONING: (24, 72),
    Trouble.WORK: (24, 72),
}
"""How long each lasts, at least and at most."""
_CALM_HOURS = (12, 240)
"""How long all is well before the next one."""


@dataclass(frozen=True)
class Spell:
    """One trouble of one area; times since the year began."""

    area: Area
    trouble: Trouble
    begins: timedelta
    ends: timedelta
    degree: float
    """From 0 to 1: how bad it is of its kind."""

    def controls(self, *, began: datetime) -> dict[str, Any]:
        """Say it as the stub is told it.

        :param began: the business time at which the year began.
        """
        count = 1 + int(self.degree * 4)
        control_of_trouble: dict[Trouble, dict[str, Any]] = {
            Trouble.DOWN: {"down": True},
            Trouble.SLOW: {"delay_seconds": 0.05 + self.degree * 0.3},
            Trouble.DEFECTS: {"defects_left": count},
            Trouble.CUTS: {"cuts_left": count},
            Trouble.MAINTENANCE: {"maintenance_until": (began + self.ends).isoformat()},
            Trouble.POSTPONING: {"postponed_days": count},
            Trouble.WORK: {"meter_work": MeterWork.NEEDED.value},
        }
        return control_of_trouble[self.trouble]


def draw_weather(*, seed: int, days: int, areas: Sequence[Area]) -> tuple[Spell, ...]:
    """Draw the troubles of all areas; those of one area follow each other."""
    dice = {area: random.Random(f"weather-{seed}-{area.value}") for area in areas}
    return tuple(spell for area in areas for spell in _of_area(dice[area], area, days))


def _of_area(dice: random.Random, area: Area, days: int) -> Iterator[Spell]:
    at = timedelta(hours=dice.uniform(*_CALM_HOURS))
    while at < timedelta(days=days):
        trouble = dice.choice(tuple(Trouble))
        ends = at + timedelta(hours=dice.uniform(*_HOURS[trouble]))
        yield Spell(area, trouble, at, ends, dice.random())
        at = ends + timedelta(hours=dice.uniform(*_CALM_HOURS))
