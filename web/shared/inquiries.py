"""Which inquiries have screens (:mod:`web.inquiries`); here, because the navigation asks who may make any of them."""

from schemas.contract import Interface
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
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.interfaces.usage import USAGE_INQUIRY

INTERFACES: tuple[Interface, ...] = (
    FACILITY_INQUIRY,
    USAGE_INQUIRY,
    USAGE_INQUIRY_STATUS,
    RE_ENERGISATION_STATUS,
    END_OF_SUPPLY_STATUS,
    START_STATUS,
    END_STATUS,
    CUSTOMER_DETAILS_STATUS,
    PRODUCER_DETAILS_STATUS,
    AMPERE_CHANGE_STATUS,
    STATUS_LIST,
    REFERRAL_RESULT,
    REFERRAL_INBOX,
    PARTICIPANT_LIST,
)
"""A further one is a line here."""
