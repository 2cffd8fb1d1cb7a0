"""What plays cases, as the load sees it: the hub, and the bare case beside it."""

from typing import Protocol

from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL

MESSAGES = tuple(interface.number for interface in (REFERRAL, DECISION, START_APPLICATION, END_APPLICATION))
"""What the retailers send for a case, in this order; the first one opens it, and the others wait for a decision."""
OPENING, UPDATES = MESSAGES[0], MESSAGES[1:]


class Side(Protocol):
    """One of the two that are measured."""

    name: str

    async def send(self, message: str, number: int) -> None:
        """Send one of the messages of the case with that place among all, and return when it is answered."""

    def completed(self) -> int:
        """Tell how many cases have come to their end so far."""

    def workflow_ids(self) -> list[str]:
        """List the workflows of its cases, in the order they were opened."""

    def processes(self) -> dict[str, int]:
        """Name the processes that do the work, with their ids."""
