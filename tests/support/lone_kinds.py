"""The kinds of applications that need no other one, as retailers' systems file them and ask after them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rules.lone_application.kinds import KINDS
from rules.procedure.outcomes import Party
from schemas.catalogue import interfaces_of
from schemas.codes import AnswerSource, ApplicationState, Segment
from schemas.contract import Interface
from tests.support.polling import until
from tests.support.retailers import Customer, Retailer
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


@dataclass(frozen=True)
class FiledAlone:
    """One that was filed."""

    kind: LoneKind
    number: str
    customer: Customer
    by: Retailer
    effective: date

    def wait_for(self, state: ApplicationState, *, instead: Callable[[], object] = lambda: None) -> Any:
        """Ask by SOAP until the grid operator tells of the state, and give that answer."""

        def asked() -> Any:
            answer = self.by.call(self.kind.tells, applicationNumber=self.number)
            live = answer.source == AnswerSource.GRID_OPERATOR
            return answer if live and answer.status.applicationState == state else None

        return until(asked, within=40.0, every=0.2, instead=instead)


def file_one(world: World, kind: LoneKind, customer: Customer, *, effective: date | None = None) -> FiledAlone:
    """File one, for the first day it can name unless another is given."""
    by = kind.applicant(world)
    day = effective or kind.first_day(world.today())
    answer = by.apply(kind.files, customer, effective=day)
    return FiledAlone(kind, answer.applicationNumber, customer, by, day)
