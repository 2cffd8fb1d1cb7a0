"""外部インターフェース仕様書: every interface of every segment, with all its elements and an example that holds."""

import re
from collections.abc import Mapping
from html import unescape

import pytest
from lxml import etree

from docs.specification_pages.examples import FAULT, FOLDER, REQUEST, RESPONSE, file_of
from docs.specification_pages.interfaces import Specified, all_specified
from schemas.reading import Faulty
from soap.names import SOAP_ENVELOPE, in_namespace
from soap.polish import schema_of
from soap.reading import from_xml
from soap_api.services import file_of as wsdl_of
from tests.soap_support.envelopes import as_read

SPECIFIED = list(all_specified())
EACH = pytest.mark.parametrize("specified", SPECIFIED, ids=[specified.number for specified in SPECIFIED])
_BODY = in_namespace(SOAP_ENVELOPE, "Body")


def body_of(envelope: str) -> etree._Element:
    body = etree.fromstring(envelope).find(_BODY)
    assert body is not None
    return body[0]


def section_of(specified: Specified, files: Mapping[str, bytes]) -> str:
    """Read what a page says of one interface."""
    page = files[specified.page].decode()
    section = re.search(rf'<h2 id="IF{specified.number}">.*?(?=<h2 )', page, re.DOTALL)
    assert section is not None
    return section[0]


def test_there_are_54_interfaces() -> None:
    assert len(SPECIFIED) == 54


@EACH
def test_a_page_describes_every_element(specified: Specified, files: Mapping[str, bytes]) -> None:
    section = section_of(specified, files)

    for words in (specified.interface.operation, specified.response_element, specified.action, specified.address):
        assert f"<code>{words}</code>" in section
    for row in (*specified.request, *specified.response):
        line = next(line for line in section.splitlines() if f"<code>{row.path}</code>" in line)
        assert row.field.label in line
    assert section.count('<th scope="row">') == len(specified.request) + len(specified.response)


@EACH
@pytest.mark.parametrize("side", [REQUEST, RESPONSE])
def test_its_example_is_shown_and_fits_the_wsdl_and_the_catalogue(
    specified: Specified, side: str, files: Mapping[str, bytes]
) -> None:
    text = getattr(specified.example, side)
    message = specified.interface.request if side == REQUEST else specified.interface.response
    element = body_of(text)

    assert element.tag == in_namespace(
        specified.service.namespace, specified.interface.operation if side == REQUEST else specified.response_element
    )
    schema_of(wsdl_of(specified.service).read_bytes()).assertValid(etree.fromstring(etree.tostring(element)))
    message_read: object = from_xml(as_read(element), message, segment=specified.service.segment)
    assert not isinstance(message_read, Faulty), message_read
    assert text in unescape(section_of(specified, files))


def test_every_recorded_example_is_of_an_interface() -> None:
    sides = {file_of(specified.number, side) for specified in SPECIFIED for side in (REQUEST, RESPONSE)}
    assert set(FOLDER.iterdir()) == sides | {FAULT}


def test_the_current_retailer_is_shown_what_the_page_says(files: Mapping[str, bytes]) -> None:
    (referral,) = (specified for specified in SPECIFIED if specified.number == "12110")
    lines = section_of(referral, files).splitlines()
    by_path = {name: next(line for line in lines if f"<code>{name}</code>" in line) for name in ("address", "consent")}

    assert by_path["address"].endswith("<td>する</td></tr>")
    assert by_path["consent"].endswith("<td>しない</td></tr>")
