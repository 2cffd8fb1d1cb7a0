"""Where a value stands on an axis, which values are named there, and how many names have room."""

import math
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 5


def step_of(largest: float, *, whole: bool = True, most: int = _MOST_TICKS) -> float:
    """Give the round distance (1, 2 or 5 times a power of ten) of which at most so many reach the largest value.

    :param whole: True for counts, between which nothing lies.
    """
    if largest <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(largest / most))
    step = next(each * power for each in _STEPS if largest / (each * power) <= most + 1e-9)
    return max(step, 1) if whole else step


def ticks(largest: float, *, whole: bool = True) -> tuple[float, ...]:
    """Give round values from nought to the first that no value exceeds; where all are nought, to one step."""
    step = step_of(largest, whole=whole)
    count = max(1, math.ceil(largest / step - 1e-9))
    return tuple(round(step * number, 10) for number in range(count + 1))


@dataclass(frozen=True)
class Scale:
    """An axis from nought to a largest value, along a length."""

    largest: float
    length: float

    def of(self, value: float) -> float:
        """Give how far along a value stands."""
        return round(self.length * value / self.largest, 2)


def named_ones(count: int, *, room: float, needed: float) -> range:
    """Give which of many names along an axis are written: every second, every third …, so that none meets another."""
    at_once = max(1, int(room // needed))
    return range(0, count, max(1, math.ceil(count / at_once)))
