"""The screens of inquiries, one for each segment of those of :mod:`web.shared.inquiries`.

Form and answer follow from the catalogue, and the use case is the one that answers the interface for systems.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from rules.access.rights import USE_CASE_OF
from rules.access.use_cases import UseCase
from schemas.codes import Segment
from schemas.contract import Interface
from usecases.registry import ANSWERING, Answering
from web.shared.inquiries import INTERFACES


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
    def arguments(self) -> tuple[str, str]:
        """Give number and segment, as they stand in its address."""
        return self.interface.number, self.segment.value

    @property
    def address(self) -> str:
        """Give where its form is, and where it is sent to."""
        number, segment = self.arguments
        return url_for("inquiries.show", number=number, segment=segment)

    @property
    def use_case(self) -> UseCase:
        """Give what whoever sends it does."""
        return USE_CASE_OF[self.interface]

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
    return next((screen for screen in screens if screen.arguments == (number, segment)), None)
