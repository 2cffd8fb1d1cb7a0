"""Which function answers which interface, by the name of its operation.

Applications and the questions where they stand are answered alike whatever their kind; so the catalogue says which
interfaces those are, and only the others are named here.
"""

from schemas.catalogue import INTERFACES
from schemas.contract import Interface
from schemas.interfaces.decision import DECISION
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.participants import PARTICIPANT_LIST
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY
from soap_api.applications import application_handler
from soap_api.decision import decide_referral
from soap_api.facility_inquiry import get_facility
from soap_api.naming import Handler
from soap_api.participants import get_participants
from soap_api.processing_status import status_handler
from soap_api.processing_status_list import get_application_statuses
from soap_api.referral import register_referral
from soap_api.referral_inbox import get_incoming_referrals
from soap_api.referral_result import get_referral_results
from soap_api.usage_inquiry import get_usage

_NAMED: dict[Interface, Handler] = {
    FACILITY_INQUIRY: get_facility,
    USAGE_INQUIRY: get_usage,
    STATUS_LIST: get_application_statuses,
    REFERRAL: register_referral,
    REFERRAL_RESULT: get_referral_results,
    REFERRAL_INBOX: get_incoming_referrals,
    DECISION: decide_referral,
    PARTICIPANT_LIST: get_participants,
}


def _handler(interface: Interface) -> Handler:
    if interface.applies_for is not None:
        return application_handler(interface)
    if interface.tells_status_of is not None:
        return status_handler(interface)
    return _NAMED[interface]


HANDLERS: dict[str, Handler] = {interface.operation: _handler(interface) for interface in INTERFACES}
