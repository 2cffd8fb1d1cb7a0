"""Japanese names of what screens and files show, as the catalogue has them in the segment of a case."""

from functools import cache

from schemas.codes import Segment
from schemas.contract import SEGMENT_LETTER, members
from schemas.fields import EFFECTIVE_DATE, POINT_NUMBER
from schemas.interfaces.referral import ReferralRequest

POINT_NUMBERS = "・".join(dict.fromkeys(POINT_NUMBER.in_segment(segment).label for segment in Segment))
"""Over a column with points of all segments."""


def referral_label(name: str, segment: Segment) -> str:
    """This function will give the Japanese name of what a referral says: 契約名義, in 低圧FIT電源 発電者名."""
    return _referral_labels(segment)[name]


def party(segment: Segment) -> str:
    """This function will give the word for who has the contract: 需要者, in 低圧FIT電源 発電者 (domain.md §1)."""
    return "発電者" if segment is Segment.LOW_VOLTAGE_FIT else "需要者"


def effective_date_meaning(segment: Segment) -> str:
    """This function will say what happens on the 異動日."""
    return EFFECTIVE_DATE.in_segment(segment).meaning.rstrip("。")


def interface_number(number: str, segment: Segment) -> str:
    """This function will put the letter of a segment before the number of an interface: 10710, K10710, F10710."""
    return SEGMENT_LETTER.get(segment, "") + number


@cache
def _referral_labels(segment: Segment) -> dict[str, str]:
    return {member.name: member.field.label for member in members(ReferralRequest, segment)}
