"""Exchanges of the tests as the documents show them: as they went over the wire, with sample values where they vary."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from lxml import etree

from docs.specification_pages.examples import FAULT, REQUEST, RESPONSE, envelope_of, file_of
from docs.specification_pages.samples import sample_text
from schemas import fields
from schemas.catalogue import BY_NUMBER, SEGMENTS
from schemas.codes import Segment
from schemas.contract import Member, members
from schemas.fields import Form
from soap.names import SOAP_ENVELOPE, in_namespace
from tests.support.retailers import CheckedTransport

_OF_THE_RUN = {
    one.pattern for one in (fields.CASE_NUMBER, fields.APPLICATION_NUMBER, fields.POINT_NUMBER, fields.MONTH)
}
_NUMBER = re.compile(str(fields.APPLICATION_NUMBER.pattern))
_BODY = in_namespace(SOAP_ENVELOPE, "Body")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``pytest tests/e2e/test_examples.py --record-examples``, which writes the documents' examples anew.

    And ``pytest tests/web/walk --record-walk``, which writes anew what they tell of the screens.
    """
    parser.addoption("--record-examples", action="store_true", help="write docs/specification/examples from this run")
    parser.addoption("--record-walk", action="store_true", help="write what a walk through the screens has seen")


class Exchanges:
    """The last exchange of each interface, and the last fault, with sample values where another run has others."""

    def __init__(self) -> None:
        self.texts: dict[Path, str] = {}
        self._numbers: set[str] = set()

    def note(self, action: str, request: bytes, response: requests.Response) -> None:
        """Keep an exchange.

        :param action: the soapAction, which ends with the interface's number.
        """
        number = action.strip('"').rpartition("/")[2]
        answer = _content(response.content)
        if response.status_code != 200:
            self.texts[FAULT] = _sampled_fault(response.content)
            return
        interface = BY_NUMBER[number]
        segment = next(
            segment
            for segment in SEGMENTS
            if interface.number_in(segment) == number and _has(segment, interface.segments)
        )
        request_content = _content(request)
        self._numbers |= (
            {text for text in _texts(answer) if _NUMBER.fullmatch(text)} if interface.applies_for else set()
        )
        for side, element, message in (
            (REQUEST, request_content, interface.request),
            (RESPONSE, answer, interface.response),
        ):
            self.texts[file_of(number, side)] = envelope_of(_sampled(element, message, segment, self._numbers))


@pytest.fixture
def exchanges(monkeypatch: pytest.MonkeyPatch) -> Exchanges:
    """Collect what the retailers' systems exchange with the hub in a test."""
    new_exchanges = Exchanges()
    post: Callable[..., requests.Response] = CheckedTransport.post

    def noting(self: CheckedTransport, address: str, message: bytes, headers: dict[str, str]) -> requests.Response:
        response = post(self, address, message, headers)
        new_exchanges.note(headers["SOAPAction"], message, response)
        return response

    monkeypatch.setattr(CheckedTransport, "post", noting)
    return new_exchanges


def _has(segment: Segment | None, segments: frozenset[Segment]) -> bool:
    return segment in segments if segments else segment is None


def _content(envelope: bytes) -> etree._Element:
    body = etree.fromstring(envelope).find(_BODY)
    assert body is not None
    return body[0]


def _sampled(element: etree._Element, message: type, segment: Segment | None, own: set[str]) -> etree._Element:
    """Copy with sample values; of each list the one item that tells of what the test did, or else the first."""
    copy = etree.Element(element.tag)
    for member, child in _kept(element, message, segment, own):
        if member.item is not None:
            copy.append(_sampled(child, member.item, segment, own))
        else:
            etree.SubElement(copy, child.tag).text = sample_text(member, segment) if _varies(member) else child.text
    return copy


def _kept(
    element: etree._Element, message: type, segment: Segment | None, own: set[str]
) -> Iterator[tuple[Member, etree._Element]]:
    for member in members(message, segment):
        children = [child for child in element if etree.QName(child).localname == member.xml_name]
        if member.repeated and member.item is not None and len(children) > 1:
            children = [next((child for child in children if own & _texts(child)), children[0])]
        for child in children:
            yield member, child


def _texts(element: etree._Element) -> set[str]:
    return {child.text for child in element.iter() if child.text}


def _varies(member: Member) -> bool:
    field = member.field
    return (
        field.personal
        or field.secret
        or field.form in (Form.DATE, Form.MOMENT)
        or field.pattern in _OF_THE_RUN
        or member.name in ("message_id", "cursor", "next_cursor", "due_rule")
    )


def _sampled_fault(envelope: bytes) -> str:
    root = etree.fromstring(envelope)
    for element in root.iter():
        if etree.QName(element).localname == "messageId":
            element.text = fields.MESSAGE_ID.example
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"
