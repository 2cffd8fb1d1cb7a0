"""What the page of an answer has besides the answer: what is shown but once, and the way to what follows."""

from dataclasses import dataclass

from flask import url_for

from rules.access.rights import USE_CASE_OF
from schemas.codes import ProcessKind
from schemas.contract import members, values_of
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.referral import REFERRAL
from schemas.reading import RawMessage
from web.catalogue_forms.raw_values import inputs_of
from web.catalogue_forms.typed_values import HIDDEN
from web.inquiries.screens import CURSOR, InquiryScreen
from web.shared.access import current_viewer, may_do
from web.shared.message_ids import new_message_id

_NEXT = "next_cursor"


@dataclass(frozen=True)
class Onward:
    """Something that people mostly do next with an answer."""

    label: str
    address: str


def onward(screen: InquiryScreen, answer: object) -> list[Onward]:
    """Say what an answer leads on to: from the facility a referral of that point, for who may register one."""
    if screen.segment is None or screen.interface is not FACILITY_INQUIRY:
        return []
    if not may_do(current_viewer(), USE_CASE_OF[REFERRAL]):
        return []
    address = url_for(
        "requests.show",
        number=REFERRAL.number,
        segment=screen.segment.value,
        process=ProcessKind.REGISTER.value,
        pointNumber=values_of(answer)["point_number"],
    )
    return [Onward("この地点で廃止取次を登録する", address)]


def password_in(screen: InquiryScreen, answer: object) -> bool:
    """Tell whether an answer holds something that opens something, which nobody is given again."""
    values = values_of(answer)
    return any(
        member.field.secret and values[member.name] is not None
        for member in members(screen.interface.response, screen.segment)
    )


def inputs_of_next_page(screen: InquiryScreen, typed: RawMessage, answer: object) -> list[tuple[str, str]]:
    """List the hidden inputs by which the same inquiry goes on where an answer ends; none where it is the last."""
    cursor = values_of(answer).get(_NEXT) if screen.is_of_pages else None
    if not isinstance(cursor, str):
        return []
    following = {**typed, CURSOR: cursor, HIDDEN: new_message_id()}
    return inputs_of(screen.interface.request, following, segment=screen.segment)
