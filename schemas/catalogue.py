"""All interfaces of the hub, and which of them each WSDL serves."""

from schemas.codes import Segment
from schemas.contract import Interface
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.decision import DECISION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import END_STATUS, START_STATUS, STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT

INTERFACES: tuple[Interface, ...] = (
    FACILITY_INQUIRY,
    START_APPLICATION,
    START_STATUS,
    END_APPLICATION,
    END_STATUS,
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
    """This function will name the WSDL of a segment, or the common one."""
    return COMMON if segment is None else segment.value


def namespace(wsdl: str) -> str:
    """This function will give the one XML namespace of a WSDL of the hub."""
    return _NAMESPACE_ROOT + wsdl


def interfaces_of(segment: Segment | None) -> tuple[Interface, ...]:
    """This function will list the interfaces a segment has; for None those all segments share."""
    if segment is None:
        return tuple(interface for interface in INTERFACES if not interface.segments)
    return tuple(interface for interface in INTERFACES if segment in interface.segments)
