"""What use cases work with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from grid_client.breaker import BreakerRules
from grid_client.client import GridClient
from grid_client.errors import GridUnreachable
from grid_client.grid import Grid
from grid_client.guarded import GuardedGrid
from models.database import Database
from rules.calendar import Calendar, JapaneseCalendar
from rules.maintenance import MaintenanceWindows, parse_windows
from runtime.settings.shared import UseCaseSettings
from runtime.slots.taking import PlentyOfSlots, Slots
from schemas.codes import Area, Segment
from temporal.case_starter import CaseStarter
from temporal.gateway import TemporalGateway
from temporal.handover import handover

HandOver = Callable[[str], None]
"""Delivers what waits for a case to its workflow; raises OutcomeOpen where the answers do not come in time."""


class NoGrid:
    """The grid operators as a process has them that inquires nothing of them."""

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        """Refuse: nobody can be reached.

        :raises GridUnreachable: always.
        """
        raise GridUnreachable(area, "no-grid-client", outcome_unknown=False)


def _left_to_the_sweeper(case_number: str) -> None:
    """Leave the start of a new case's workflow to the sweeper, which looks after what nobody started."""


@dataclass(frozen=True, kw_only=True)
class Systems:
    """The systems that hold records of the same cases. What looks after records needs no more, and so no secret."""

    database: Database
    gateway: TemporalGateway = field(default_factory=TemporalGateway)
    grid: Grid = field(default_factory=NoGrid)


@dataclass(frozen=True, kw_only=True)
class Hub(Systems):
    """Made once for each process; nothing in it connects before it is used."""

    message_key: bytes = field(repr=False)
    """Key of the HMAC over a message's content."""
    hand_over: HandOver
    start: Callable[[str], None] = _left_to_the_sweeper
    """Has the workflow of a new case started, beside the answer to its registration."""
    calendar: Calendar = field(default_factory=JapaneseCalendar)
    maintenance_windows: MaintenanceWindows = field(default_factory=lambda: parse_windows(""))
    """When the grid operators' systems are not asked."""
    deadline_profile: str = "standard"
    """Whose deadlines hold where none was set (:data:`rules.deadlines.DEADLINE_PROFILES`)."""
    slots: Slots = field(default_factory=PlentyOfSlots)
    """What a request takes one of; an inquiry counts as its area's while it is relayed."""


def hub_of(
    settings: UseCaseSettings, *, database: Database, hand_over: HandOver | None = None, slots: Slots | None = None
) -> Hub:
    """Make what the use cases of a process work with.

    :param hand_over: what delivers commands to their cases, if not the Temporal server of this process's environment.
    :param slots: of a process that serves many at a time.
    :raises WrongWindow: when the maintenance windows cannot be read.
    """
    gateway = TemporalGateway()
    breaker = BreakerRules(failures=settings.inquiry_failures, pause=settings.inquiry_pause, slow=settings.inquiry_slow)
    hand_over = hand_over or handover(database=database, gateway=gateway, timeout=settings.answer_within)
    return Hub(
        database=database,
        gateway=gateway,
        message_key=settings.message_key.get_secret_value().encode(),
        hand_over=hand_over,
        start=CaseStarter(hand_over).start,
        grid=GuardedGrid(GridClient(settings), rules=breaker),
        calendar=JapaneseCalendar(),
        maintenance_windows=parse_windows(settings.maintenance_windows),
        deadline_profile=settings.deadline_profile,
        slots=slots or PlentyOfSlots(),
    )
