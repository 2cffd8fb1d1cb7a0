"""All interfaces of the hub, and which of them each WSDL serves."""

from collections.abc import Mapping

from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.ampere_change import AMPERE_CHANGE
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.details_change import CUSTOMER_DETAILS_CHANGE, PRODUCER_DETAILS_CHANGE
from schemas.interfaces.end_of_supply import END_OF_SUPPLY
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import (
    AMPERE_CHANGE_STATUS,
    CUSTOMER_DETAILS_STATUS,
    END_OF_SUPPLY_STATUS,
    END_STATUS,
    PRODUCER_DETAILS_STATUS,
    RE_ENERGISATION_STATUS,
    START_STATUS,
    STATUS_LIST,
    USAGE_INQUIRY_STATUS,
)
from schemas.interfaces.re_energisation import RE_ENERGISATION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY, USAGE_INQUIRY_APPLICATION

INTERFACES: tuple[Interface, ...] = (
    FACILITY_INQUIRY,
    USAGE_INQUIRY_APPLICATION,
    USAGE_INQUIRY_STATUS,
    USAGE_INQUIRY,
    RE_ENERGISATION,
    RE_ENERGISATION_STATUS,
    END_OF_SUPPLY,
    END_OF_SUPPLY_STATUS,
    START_APPLICATION,
    START_STATUS,
    END_APPLICATION,
    END_STATUS,
    CUSTOMER_DETAILS_CHANGE,
    PRODUCER_DETAILS_CHANGE,
    CUSTOMER_DETAILS_STATUS,
    PRODUCER_DETAILS_STATUS,
    AMPERE_CHANGE,
    AMPERE_CHANGE_STATUS,
    STATUS_LIST,
    REFERRAL,
    REFERRAL_RESULT,
    REFERRAL_INBOX,
    DECISION,
    PARTICIPANT_LIST,
)

COMMON = "common"
"""Name of the WSDL with what all segments share; the others are named after their segment."""

_NAMESPACE_ROOT = "urn:jp:switching-hub:2026:"


def wsdl_name(segment: Segment | None) -> str:
    """Name the WSDL of a segment, or the common one."""
    return COMMON if segment is None else segment.value


def namespace(wsdl: str) -> str:
    """Give the one XML namespace of a WSDL of the hub."""
    return _NAMESPACE_ROOT + wsdl


def interfaces_of(segment: Segment | None) -> tuple[Interface, ...]:
    """List the interfaces a segment has; for None those all segments share."""
    if segment is None:
        return tuple(interface for interface in INTERFACES if not interface.segments)
    return tuple(interface for interface in INTERFACES if segment in interface.segments)


SEGMENTS: tuple[Segment | None, ...] = (*Segment, None)
"""The segments, and None for what they share: of each there is a WSDL."""

BY_NUMBER: Mapping[str, Interface] = {
    interface.number_in(segment): interface for segment in SEGMENTS for interface in interfaces_of(segment)
}
"""Each interface by its number with the letter of a segment that has it: 10610, K10610, F10610."""
