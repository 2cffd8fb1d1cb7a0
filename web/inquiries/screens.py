"""Which inquiries have screens. A further one is a line in ``INTERFACES``.

Its form and answer follow from the catalogue, and the use case is the one that answers the interface for systems.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from rules.access.rights import RIGHTS
from rules.access.use_cases import UseCase
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from usecases.registry import ANSWERING, Answering

INTERFACES: tuple[Interface, ...] = (FACILITY_INQUIRY,)


@dataclass(frozen=True)
class InquiryScreen:
    """One interface in one of its segments."""

    interface: Interface
    segment: Segment

    @property
    def title(self) -> str:
        """Name it so that it is not taken for the same in another segment."""
        return f"{self.interface.label}（{self.segment.label}）"

    @property
    def address(self) -> str:
        """Give where its form is, and where it is sent to."""
        return url_for("inquiries.show", number=self.interface.number, segment=self.segment.value)

    @property
    def use_case(self) -> UseCase:
        """Give what whoever sends it does."""
        return next(use_case for use_case, right in RIGHTS.items() if self.interface in right.interfaces)

    @property
    def answering(self) -> Answering:
        """Give what carries it out."""
        return ANSWERING[self.interface.operation]

    @property
    def beside(self) -> list["InquiryScreen"]:
        """List the same inquiry in its other segments."""
        return [screen for screen in screens_of(self.interface) if screen.segment is not self.segment]


def screens_of(interface: Interface) -> Iterator[InquiryScreen]:
    """Give the screens of an inquiry, in the order of the segments."""
    return (InquiryScreen(interface, segment) for segment in Segment if segment in interface.segments)


def inquiry_screen(number: str, segment: str) -> InquiryScreen | None:
    """Find a screen by the arguments of its address."""
    screens = (screen for interface in INTERFACES for screen in screens_of(interface))
    return next((one for one in screens if (one.interface.number, one.segment.value) == (number, segment)), None)
