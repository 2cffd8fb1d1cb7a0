"""What every handler of the SOAP face works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from models.database import Database
from rules.calendar import Calendar
from runtime.settings import Settings
from schemas.codes import Area, Segment

Deliver = Callable[[str], None]
"""Delivers what waits for a case to its workflow; raises OutcomeOpen where the answers do not come in time."""


class Grid(Protocol):
    """The systems of the grid operators."""

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """This method will send a request to the grid operator of an area and give its response.

        :raises GridUnreachable: when no answer comes in time; GridFault: when it refuses.
        """
        ...


@dataclass(frozen=True)
class Parts:
    """Made once for each process; nothing in it connects before it is used."""

    settings: Settings
    database: Database
    deliver: Deliver
    start: Callable[[str], None]
    """Has the workflow of a new case started, beside the answer to its registration."""
    grid: Grid
    calendar: Calendar
