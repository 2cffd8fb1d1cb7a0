"""The messages that retailers' systems send in a siege, as they write them by the catalogue."""

from datetime import date, timedelta

from schemas.codes import Area, ConsentMethod
from schemas.interfaces.common import Consent
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryRequest
from schemas.interfaces.referral_inbox import REFERRAL_INBOX, ReferralInboxRequest
from schemas.interfaces.referral_result import REFERRAL_RESULT, ReferralResultRequest
from soap_api.services import LOW_VOLTAGE, path_of
from tools.bench.cases.switch import envelope, referral
from tools.siege.callers import SERIAL

_MESSAGE_ID = "SIEGE-1"
_AHEAD = timedelta(days=40)


def good_requests(*, won: str, lost: str, current: str, today: date) -> dict[str, str]:
    """Write what a good retailer sends, as whole HTTP requests by interface number.

    :param won: the case it asks after in 12210; ``lost`` that in 12310.
    :param current: the retailer that its registrations (12110) name.
    """
    inbox = ReferralInboxRequest(message_id=_MESSAGE_ID, case_number=lost, case_phase=None, cursor=None)
    return {
        "12210": _posted(read_one(won)),
        "12310": _posted(envelope(REFERRAL_INBOX, inbox).decode()),
        "12110": _posted(referral(int(SERIAL), today=today, current_retailer=current, wished=today + _AHEAD).decode()),
    }


def read_one(case_number: str) -> str:
    """Write 12210 for one case."""
    return _results(case_number)


def read_all() -> str:
    """Write 12210 for all of a retailer's cases."""
    return _results(None)


def inquiry(area: Area) -> str:
    """Write 10110 for a point in an area."""
    consent = Consent(obtained_on=date(2026, 1, 15), method=ConsentMethod.PAPER, obtained_by="豊洲支店")
    point = f"{area.value}{777:020d}"
    request = FacilityInquiryRequest(message_id=_MESSAGE_ID, point_number=point, consent=consent)
    return envelope(FACILITY_INQUIRY, request).decode()


def _results(case_number: str | None) -> str:
    request = ReferralResultRequest(message_id=_MESSAGE_ID, case_number=case_number, changed_since=None, cursor=None)
    return envelope(REFERRAL_RESULT, request).decode()


def _posted(body: str) -> str:
    return (
        f"POST {path_of(LOW_VOLTAGE)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n"
        f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
    )
