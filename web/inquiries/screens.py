"""The screens of inquiries, one for each segment of those of :mod:`web.shared.inquiries`.

Form and answer follow from the catalogue, and the use case is the one that answers the interface for systems.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from rules.access.rights import USE_CASE_OF
from rules.access.use_cases import UseCase
from schemas.catalogue import SEGMENTS
from schemas.codes import Segment
from schemas.contract import Interface, members
from schemas.interfaces.common import Consent
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.usage import USAGE_INQUIRY
from usecases.registry import ANSWERING, Answering
from web.shared.inquiries import INTERFACES

CURSOR = "cursor"
"""The element of a request that says where its answer goes on."""
COMMON = "common"
"""Stands in an address for a segment, where all share an inquiry."""


@dataclass(frozen=True)
class InquiryScreen:
    """One interface in one of its segments, or the one screen of what all share."""

    interface: Interface
    segment: Segment | None

    @property
    def title(self) -> str:
        """Name it so that it is not taken for the same in another segment."""
        return self.interface.label if self.segment is None else f"{self.interface.label}（{self.segment.label}）"

    @property
    def arguments(self) -> tuple[str, str]:
        """Give number and segment, as they stand in its address."""
        return self.interface.number, COMMON if self.segment is None else self.segment.value

    @property
    def address(self) -> str:
        """Give where its form is, and where it is sent to."""
        number, segment = self.arguments
        return url_for("inquiries.show", number=number, segment=segment)

    @property
    def index_address(self) -> str:
        """Give where it stands among the others of its segment."""
        return f"{url_for('inquiries.index')}#{self.arguments[1]}"

    @property
    def asks_for_consent(self) -> bool:
        """True where the customer has to have agreed to it."""
        return any(member.item is Consent for member in members(self.interface.request, self.segment))

    @property
    def is_about_a_point(self) -> bool:
        """True where it tells what stands at a point, which people mostly know by the customer alone."""
        return self.interface in (FACILITY_INQUIRY, USAGE_INQUIRY)

    @property
    def is_of_pages(self) -> bool:
        """True where an answer can go on in another."""
        return any(member.xml_name == CURSOR for member in members(self.interface.request, self.segment))

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
    return (InquiryScreen(interface, each) for each in SEGMENTS if each in (interface.segments or (None,)))


def inquiry_screen(number: str, segment: str) -> InquiryScreen | None:
    """Find a screen by the arguments of its address."""
    screens = (screen for interface in INTERFACES for screen in screens_of(interface))
    return next((screen for screen in screens if screen.arguments == (number, segment)), None)
