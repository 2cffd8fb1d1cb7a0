"""Japanese names of what screens and files show, as the catalogue has them in the segment of a case."""

from functools import cache

from schemas.catalogue import BY_NUMBER, INTERFACES
from schemas.codes import ApplicationKind, ApplicationState, RejectionReason, Segment
from schemas.contract import SEGMENT_LETTER, members
from schemas.fields import EFFECTIVE_DATE, POINT_NUMBER
from schemas.interfaces.referral import ReferralRequest

POINT_NUMBERS = "・".join(dict.fromkeys(POINT_NUMBER.in_segment(segment).label for segment in Segment))
"""Over a column with points of all segments."""


def referral_label(name: str, segment: Segment) -> str:
    """Give the Japanese name of what a referral says: 契約名義, in 低圧FIT電源 発電者名."""
    return _referral_labels(segment)[name]


def application_label(name: str, kind: ApplicationKind, segment: Segment) -> str:
    """Give the Japanese name of what an application says: 異動日, of a 再点 再点日.

    What its kind does not say is called as a referral calls it.
    """
    return _application_labels(kind, segment).get(name) or referral_label(name, segment)


def reason_label(reason: RejectionReason, segment: Segment) -> str:
    """Name an NG理由 after what the segment calls the item: 04 受電地点特定番号相違."""
    if reason is RejectionReason.POINT_NUMBER_DIFFERS:
        return f"{POINT_NUMBER.in_segment(segment).label}相違"
    return reason.label


def party(segment: Segment) -> str:
    """Give the word for who has the contract: 需要者, in 低圧FIT電源 発電者 (terms §2.2)."""
    return "発電者" if segment is Segment.LOW_VOLTAGE_FIT else "需要者"


def effective_date_meaning(segment: Segment) -> str:
    """Say what happens on the 異動日."""
    return EFFECTIVE_DATE.in_segment(segment).meaning.rstrip("。")


def interface_number(number: str, segment: Segment) -> str:
    """Put the letter of a segment before the number of an interface: 10710, K10710, F10710."""
    return SEGMENT_LETTER.get(segment, "") + number


def findings_label(state: ApplicationState) -> str:
    """Say what the grid operator's findings on an application of a state are."""
    return "送配電取消の理由" if state is ApplicationState.CANCELLED else "不備"


def interface_label(number: str) -> str:
    """Give the name of an interface by its number with the letter of the segment."""
    interface = BY_NUMBER.get(number)
    return "" if interface is None else interface.label


@cache
def _application_labels(kind: ApplicationKind, segment: Segment) -> dict[str, str]:
    request = next(interface.request for interface in INTERFACES if interface.applies_for is kind)
    return {member.name: member.field.label for member in members(request, segment)}


@cache
def _referral_labels(segment: Segment) -> dict[str, str]:
    return {member.name: member.field.label for member in members(ReferralRequest, segment)}
