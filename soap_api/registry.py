"""Which function answers which interface."""

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

HANDLERS: dict[str, Handler] = {
    "10110": get_facility,
    "10610": file_start_application,
    "10620": get_start_application_status,
    "10710": file_end_application,
    "10720": get_end_application_status,
    "11110": get_application_statuses,
    "12110": register_referral,
    "12210": get_referral_results,
    "12310": get_incoming_referrals,
    "12410": decide_referral,
    "13110": get_participants,
}
