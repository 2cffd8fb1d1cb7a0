"""Which of many values of an item have a column of their own; the rest stands below its row.

Without it all have one, which is well for some and wider than a page for these.
"""

from collections.abc import Mapping

from schemas.contract import Interface
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT

LEADING: Mapping[Interface, tuple[str, ...]] = {
    REFERRAL_RESULT: (
        "case_number",
        "point_number",
        "case_phase",
        "decision",
        "effective_date",
        "application_cut_off",
    ),
    REFERRAL_INBOX: ("case_number", "case_phase", "point_number", "contract_number", "holder_name", "due"),
    STATUS_LIST: (
        "application_number",
        "application_kind",
        "point_number",
        "application_state",
        "effective_date",
        "changed_at",
    ),
}
"""By the names of the items' members."""
