"""Reading a grid operator's answer: held to the same catalogue, by the same reader, as a retailer's message.

What does not hold is unreadable: nothing of it is taken, it is on record by its places and never by its values.
In a list each row stands by itself, and one that does not hold is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from email.message import Message
from functools import lru_cache
from xml.etree.ElementTree import Element

from grid_client.errors import GridUnreachable, UnreadableAnswer
from grid_client.failures import fault_of
from grid_client.http_answer import HttpAnswer
from grid_client.news import HUB_ONLY
from rules.numbers import area_of, area_of_point
from schemas import fields
from schemas.checks import is_in_reach, shortened
from schemas.codes import ApplicationState, Area, Segment
from schemas.contract import Interface, Member, members, values_of
from schemas.findings import Finding, Refused
from schemas.grid import grid_namespace
from schemas.interfaces.processing_status import (
    ProcessingStatus,
    ProcessingStatusListResponse,
    ProcessingStatusResponse,
)
from schemas.reading import Faulty
from soap.envelope import read_envelope
from soap.names import SOAP_ENVELOPE, in_namespace
from soap.reading import from_xml
from soap.service import response_element

MOST_PIECES = 250_000
"""Of elements and attributes in one answer: what is made of them takes some hundred bytes each."""

_FAULT = in_namespace(SOAP_ENVELOPE, "Fault")
_ROWS = "statuses"
_NOT_RECKONED_FROM = ("as_of",)
"""A clock that goes wrong must not stop the news of its area; who goes on from it minds what it says."""


@dataclass(frozen=True)
class Question:
    """Which call an answer belongs to."""

    area: Area
    segment: Segment
    interface: Interface
    request: object


@dataclass(frozen=True)
class Read:
    """An answer, and what of it had to be left out."""

    message: object
    left_out: tuple[str, ...] = ()
    """Places with their broken rule, of the rows that are not in the message."""


def read_answer(answer: HttpAnswer, question: Question) -> Read:
    """Read what a grid operator answered to a call.

    :raises GridFault: where it refuses; UnreadableAnswer: where the contract does not allow its answer.
    :raises GridUnreachable: where what came is no answer of its system, but an error on the way.
    """
    try:
        charset = _charset(answer.headers.get("Content-Type", "text/xml"))
        body = read_envelope(answer.content, charset=charset, most_pieces=MOST_PIECES)
    except Refused as refused:
        if answer.status_code != 200:
            raise GridUnreachable(question.area, "error-without-fault", outcome_unknown=True) from None
        rules = [finding.rule for finding in refused.refusal.findings] or [refused.refusal.code.value]
        raise UnreadableAnswer(question.area, *rules) from None
    if body.tag == _FAULT:
        raise fault_of(body, area=question.area)
    if answer.status_code != 200:
        raise GridUnreachable(question.area, "error-without-fault", outcome_unknown=True)
    if body.tag != in_namespace(grid_namespace(question.segment), response_element(question.interface)):
        raise UnreadableAnswer(question.area, "operation")
    return _of_contract(body, question)


def _of_contract(body: Element, question: Question) -> Read:
    _shorten(body, question.interface.response, question.segment)
    message = _read_body(body, question)
    left_out: tuple[str, ...] = ()
    if question.interface.response is ProcessingStatusListResponse and any(_faults_in(message, question.segment)):
        left_out = tuple(_take_out_wrong_rows(body, question))
        message = _read_body(body, question)
    if faults := tuple(_faults_in(message, question.segment)):
        raise UnreadableAnswer(question.area, *faults)
    if isinstance(message, ProcessingStatusListResponse):
        return _with_count(message, left_out, question)
    about = tuple(_about_something_else(message, question))
    if about:
        raise UnreadableAnswer(question.area, *about)
    return Read(message)


def _read_body(body: Element, question: Question) -> object:
    return from_xml(body, question.interface.response, segment=question.segment, empty_is_none=False)


def _take_out_wrong_rows(body: Element, question: Question) -> Iterator[str]:
    for number, row in enumerate(body.findall(in_namespace(grid_namespace(question.segment), _ROWS)), start=1):
        status = from_xml(row, ProcessingStatus, segment=question.segment, empty_is_none=False)
        if faults := tuple(_faults_in(status, question.segment)):
            body.remove(row)
            yield from (f"{_ROWS}[{number}]/{place}" for place in faults)


def _faults_in(message: object, segment: Segment) -> Iterator[str]:
    if isinstance(message, Faulty):
        yield from places_of(message.findings)
    else:
        yield from _not_the_grids(message, segment)


def _not_the_grids(message: object, segment: Segment, path: str = "") -> Iterator[str]:
    """Name what the catalogue knows and a grid operator cannot say: days too far off, states of the hub's own."""
    kind: type = type(message)
    values = values_of(message)
    for member in members(kind, segment):
        value = values[member.name]
        for number, item in enumerate(value if isinstance(value, tuple) else (value,), start=1):
            place = f"{path}{member.xml_name}" + (f"[{number}]" if member.repeated else "")
            if member.item is not None and item is not None:
                yield from _not_the_grids(item, segment, f"{place}/")
            elif isinstance(item, date) and member.name not in _NOT_RECKONED_FROM and not is_in_reach(item):
                yield f"{place} year"
            elif isinstance(item, ApplicationState) and item in HUB_ONLY:
                yield f"{place} state"


def _with_count(page: ProcessingStatusListResponse, left_out: tuple[str, ...], question: Question) -> Read:
    own = tuple(status for status in page.statuses if _is_of(question.area, status))
    if len(own) < len(page.statuses):
        left_out = (*left_out, f"{_ROWS} other-area")
    if not left_out:
        return Read(page)
    rows = len({place.partition("/")[0] for place in left_out if "/" in place}) + len(page.statuses) - len(own)
    total = min(rows + (page.unreadable_statuses or 0), fields.UNREADABLE_STATUSES.maximum or rows)
    return Read(replace(page, statuses=own, unreadable_statuses=total), left_out)


def _is_of(area: Area, status: ProcessingStatus) -> bool:
    return area_of(status.application_number) is area and area_of_point(status.point_number) is area


def _about_something_else(answer: object, question: Question) -> Iterator[str]:
    """Tell whether an answer is about another point or application than was asked for: it belongs to another caller."""
    status = answer.status if isinstance(answer, ProcessingStatusResponse) else None
    expected = values_of(question.request)
    for part in (answer, status):
        values = {} if part is None else values_of(part)
        for name in ("application_number", "point_number"):
            if expected.get(name) is not None and values.get(name) not in (None, expected[name]):
                yield f"{name} not-as-asked"
    if status is not None and status.application_kind is not question.interface.tells_status_of:
        yield "application_kind not-as-asked"


def _shorten(body: Element, message: type, segment: Segment) -> None:
    """Cut the texts that are better heard in part than not at all."""
    by_name = {member.xml_name: member for member in members(message, segment)}
    for element in body:
        member = by_name.get(element.tag.rpartition("}")[2])
        if member is not None:
            _shorten_one(element, member, segment)


def _shorten_one(element: Element, member: Member, segment: Segment) -> None:
    if member.item is not None:
        _shorten(element, member.item, segment)
    elif member.field.cut is not None and not len(element):
        element.text = shortened(member.field, element.text or "")


def places_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Name what is wrong by place and rule alone; names that the contract does not know are not repeated."""
    return tuple(dict.fromkeys(f"{_place(finding)} {finding.rule}".strip() for finding in findings))


def _place(finding: Finding) -> str:
    if finding.rule not in ("unknown-element", "unknown-field"):
        return finding.field
    return f"{finding.field.rpartition('/')[0]}/?".removeprefix("/")


@lru_cache(maxsize=256)
def _charset(content_type: str) -> str | None:
    """Read it once, as each grid operator always sends the same."""
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_param("charset")
    return charset if isinstance(charset, str) else None
