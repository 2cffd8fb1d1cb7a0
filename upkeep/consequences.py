"""What a command on all cases of a retailer will do, counted, for the question that comes before it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from rules.core import ByKind, Procedure
from rules.lone_application.state import LoneApplication
from rules.switching.state import SwitchingCase


def counted_cases(
    found: Mapping[str, Procedure], *, retailer_code: str, concerns: Callable[[Procedure], bool]
) -> tuple[int, list[str]]:
    """Count the cases that are concerned, and say in lines how many there are by side and phase."""
    concerned = [state for state in found.values() if concerns(state)]
    others = len(found) - len(concerned)
    groups = [
        _line(side, (state.standing.label for state in concerned if _side(state, retailer_code) == side))
        for side in _SIDES
    ]
    lines = [line for line in groups if line] or ["  該当する案件はありません"]
    return len(concerned), lines + ([f"  対象外でそのままの案件 {others} 件"] if others else [])


_SIDES = ("新小売として", "現小売として", "単独申請")


def _side_of_case(state: SwitchingCase, retailer_code: str) -> str:
    return _SIDES[0] if state.new_retailer == retailer_code else _SIDES[1]


def _alone(state: LoneApplication, retailer_code: str) -> str:
    return _SIDES[2]


_side = ByKind(switching=_side_of_case, lone_application=_alone)


def _line(side: str, standings: Iterable[str]) -> str:
    counted = Counter(standings)
    parts = "、".join(f"{standing} {count}" for standing, count in counted.items())
    return f"  {side} {counted.total()} 件（{parts}）" if counted else ""
