"""What a use case on all cases of a retailer will do, counted, for the question that comes before it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.core import ByKind, Procedure
from rules.lone_application.state import LoneApplication
from rules.switching.state import SwitchingCase
from schemas.codes import ApplicationState, CasePhase

_ON_THE_WAY = (*CasePhase, *ApplicationState)
"""The order in which phases are counted."""


@dataclass(frozen=True)
class Consequences:
    """How many open cases of a retailer are concerned, and how many are not."""

    retailer_name: str
    by_side: Mapping[str, Mapping[str, int]]
    """By the side that the retailer is on, and by phase; both in Japanese."""
    others: int

    @property
    def count(self) -> int:
        """Count the cases that are concerned."""
        return sum(sum(phases.values()) for phases in self.by_side.values())


def consequences(
    procedures: Mapping[str, Procedure],
    *,
    retailer_code: str,
    retailer_name: str,
    concerns: Callable[[Procedure], bool],
) -> Consequences:
    """Count the procedures of a retailer that are concerned, by side and phase."""
    concerned = sorted(filter(concerns, procedures.values()), key=lambda state: _ON_THE_WAY.index(state.standing))
    by_side = {
        side: Counter(state.standing.label for state in concerned if _side(state, retailer_code) == side)
        for side in _SIDES
    }
    return Consequences(
        retailer_name=retailer_name,
        by_side={side: phases for side, phases in by_side.items() if phases},
        others=len(procedures) - len(concerned),
    )


_SIDES = ("新小売として", "現小売として", "単独申請")


def _side_of_case(state: SwitchingCase, retailer_code: str) -> str:
    return _SIDES[0] if state.new_retailer == retailer_code else _SIDES[1]


def _alone(state: LoneApplication, retailer_code: str) -> str:
    return _SIDES[2]


_side = ByKind(switching=_side_of_case, lone_application=_alone)
