"""マッチング: which start and end application belong together."""

from datetime import date
from typing import Protocol

from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, ApplicationState


class Matchable(Protocol):
    """What matching looks at in an application."""

    @property
    def kind(self) -> ApplicationKind:
        """Start or end."""

    @property
    def state(self) -> ApplicationState:
        """Where it stands."""

    @property
    def point_number(self) -> str:
        """The point it is for."""

    @property
    def effective_date(self) -> date | None:
        """The day it is for."""


def are_pair(one: Matchable, other: Matchable) -> bool:
    """Tell whether two applications match: one start, one end, same point and day, both 受付."""
    return (
        {one.kind, other.kind} == set(SWITCHING_APPLICATIONS)
        and one.point_number == other.point_number
        and one.effective_date == other.effective_date
        and one.state is other.state is ApplicationState.RECEIVED
    )
