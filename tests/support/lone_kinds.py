"""The kinds of applications that need no other one, and the interfaces that file them and tell of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.lone_application.kinds import KINDS
from rules.procedure.outcomes import Party
from schemas.catalogue import interfaces_of
from schemas.codes import Segment
from schemas.contract import Interface
from tests.support.retailers import Retailer
from tests.support.world import World


@dataclass(frozen=True)
class LoneKind:
    """One interface that files such an application in a segment, with the one that tells where it stands."""

    segment: Segment
    files: Interface
    tells: Interface

    @property
    def number(self) -> str:
        """The interface's number with the letter of the segment."""
        return self.files.number_in(self.segment)

    def first_day(self, today: date) -> date:
        """Give the first day from today on that it can take effect."""
        assert self.files.applies_for is not None
        window = KINDS[self.files.applies_for].window
        days = 0 if window is None or window.first_day is None else window.first_day[self.segment]
        return today + timedelta(days=max(days, 0))

    def applicant(self, world: World) -> Retailer:
        """Give the system that files it: of the retailer on its side of the point."""
        assert self.files.applies_for is not None
        new = KINDS[self.files.applies_for].applicant is Party.NEW_RETAILER
        return (world.new if new else world.current).in_segment(self.segment)


LONE_KINDS = tuple(
    LoneKind(
        segment,
        files,
        next(interface for interface in interfaces_of(segment) if interface.tells_status_of is files.applies_for),
    )
    for segment in Segment
    for files in interfaces_of(segment)
    if files.applies_for is not None and not KINDS[files.applies_for].matched
)
