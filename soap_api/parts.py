"""What every handler of the SOAP face works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from models.database import Database
from rules.calendar import Calendar
from rules.maintenance import MaintenanceWindows, parse_windows
from runtime.settings.processes import SoapSettings
from schemas.codes import Area, Segment
from usecases.commanding import Commands, Deliver

__all__ = ["Deliver", "Grid", "Parts"]


class Grid(Protocol):
    """The systems of the grid operators."""

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Send a request to the grid operator of an area and give its response.

        :raises GridUnreachable: when no answer comes in time; GridFault: when it refuses.
        """
        ...


@dataclass(frozen=True)
class Parts:
    """Made once for each process; nothing in it connects before it is used."""

    settings: SoapSettings
    database: Database
    deliver: Deliver
    start: Callable[[str], None]
    """Has the workflow of a new case started, beside the answer to its registration."""
    grid: Grid
    calendar: Calendar

    @property
    def maintenance_windows(self) -> MaintenanceWindows:
        """When the grid operators' systems are not asked.

        :raises WrongWindow: when the setting cannot be read.
        """
        return parse_windows(self.settings.maintenance_windows)

    @property
    def commands(self) -> Commands:
        """What carries out commands, the same as for the screens."""
        return Commands(self.database, self.settings.message_key.get_secret_value().encode(), self.deliver)
