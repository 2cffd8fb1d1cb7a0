"""Which function answers which interface, by the name of its operation."""

from soap_api.applications import file_end_application, file_start_application
from soap_api.decision import decide_referral
from soap_api.facility_inquiry import get_facility
from soap_api.naming import Handler
from soap_api.participants import get_participants
from soap_api.processing_status import get_end_application_status, get_start_application_status
from soap_api.processing_status_list import get_application_statuses
from soap_api.referral import register_referral
from soap_api.referral_inbox import get_incoming_referrals
from soap_api.referral_result import get_referral_results
from soap_api.usage_inquiry import get_usage

HANDLERS: dict[str, Handler] = {
    "getFacility": get_facility,
    "getUsage": get_usage,
    "fileStartApplication": file_start_application,
    "getStartApplicationStatus": get_start_application_status,
    "fileEndApplication": file_end_application,
    "getEndApplicationStatus": get_end_application_status,
    "getApplicationStatuses": get_application_statuses,
    "registerReferral": register_referral,
    "getReferralResults": get_referral_results,
    "getIncomingReferrals": get_incoming_referrals,
    "decideReferral": decide_referral,
    "getParticipants": get_participants,
}
