"""What the page of an answer has besides the answer: what is shown but once, and the way to what follows."""

from dataclasses import dataclass

from flask import url_for

from rules.access.rights import USE_CASE_OF
from schemas.codes import ProcessKind, Segment
from schemas.contract import Interface, members, values_of
from schemas.interfaces.applications import START_APPLICATION
from schemas.interfaces.processing_status import UsageInquiryStatusResponse
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.usage import USAGE_INQUIRY
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
    action: str
    inputs: list[tuple[str, str]]
    """What is known already, some of it personal: it goes in a form, and into no address."""


_BEGUN_WITH_A_POINT: tuple[tuple[Interface, str], ...] = (
    (REFERRAL, "この地点で廃止取次を登録する"),
    (START_APPLICATION, "この地点で開始申請を登録する（廃止取次なし）"),
)
_KNOWN_BY_ANSWER = ("pointNumber", "address")
_KNOWN_BY_REQUEST = ("consent",)
"""The elements that the next form has as well."""


def onward(screen: InquiryScreen, typed: RawMessage, answer: object) -> list[Onward]:
    """Say what an answer about a point leads on to, for who may: a switch begins with what is known already."""
    segment = screen.segment
    if segment is None or not screen.is_about_a_point:
        return []
    values = {member.xml_name: vars(answer)[member.name] for member in members(screen.interface.response, segment)}
    known = {name: str(values[name]) for name in _KNOWN_BY_ANSWER if name in values}
    carried: RawMessage = {**known, **{name: typed[name] for name in _KNOWN_BY_REQUEST if name in typed}}
    return [
        Onward(label, _carrying_address(interface, segment), inputs_of(interface.request, carried, segment=segment))
        for interface, label in _BEGUN_WITH_A_POINT
        if segment in interface.segments and may_do(current_viewer(), USE_CASE_OF[interface])
    ]


def _carrying_address(interface: Interface, segment: Segment) -> str:
    register = ProcessKind.REGISTER.value
    return url_for("requests.carry", number=interface.number, segment=segment.value, process=register)


def password_in(screen: InquiryScreen, answer: object) -> bool:
    """Tell whether an answer holds something that opens something, which nobody is given again."""
    values = values_of(answer)
    return any(
        member.field.secret and values[member.name] is not None
        for member in members(screen.interface.response, screen.segment)
    )


def password_leads_to(screen: InquiryScreen, answer: object) -> str | None:
    """Give where the password of an answer is used, with its point filled in; None where an answer has none."""
    if screen.segment is None or not isinstance(answer, UsageInquiryStatusResponse) or not password_in(screen, answer):
        return None
    usage, status = InquiryScreen(USAGE_INQUIRY, screen.segment), answer.status
    number, segment = usage.arguments
    return url_for("inquiries.show", number=number, segment=segment, pointNumber=status.point_number)


def inputs_of_next_page(screen: InquiryScreen, typed: RawMessage, answer: object) -> list[tuple[str, str]]:
    """List the hidden inputs by which the same inquiry goes on where an answer ends; none where it is the last."""
    cursor = values_of(answer).get(_NEXT) if screen.is_of_pages else None
    if not isinstance(cursor, str):
        return []
    following = {**typed, CURSOR: cursor, HIDDEN: new_message_id()}
    return inputs_of(screen.interface.request, following, segment=screen.segment)
