"""The published schema and the reader agree: what is valid by the WSDL is taken, and so what is refused is invalid."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schemas.codes import ProcessKind
from schemas.contract import Interface
from schemas.reading import Faulty
from soap.polish import schema_of
from soap.reading import from_xml
from soap.service import SoapService, response_element
from tests.soap.test_soap_contract import EVERY_WSDL
from tests.soap_support.envelopes import as_read, request_element
from tests.soap_support.examples import raw_example
from tests.soap_support.lexical import any_of, written
from tests.soap_support.places import Place, places

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def schema(path: Path) -> etree.XMLSchema:
    return schema_of(path.read_bytes())


def messages(interface: Interface) -> tuple[tuple[type, str], ...]:
    return (interface.request, interface.operation), (interface.response, response_element(interface))


def leaves(message: type, service: SoapService) -> Iterator[Place]:
    """List each plain element that an example has; the 処理区分 decides of others, and is tried by itself."""
    for place in places(message, service.segment):
        if place.member.item is None and place.member.field.code is not ProcessKind:
            yield place


def taken(element: etree._Element, message: type, service: SoapService) -> bool:
    return not isinstance(from_xml(as_read(element), message, segment=service.segment), Faulty)


def with_value(message: type, name: str, service: SoapService, place: Place, value: str) -> etree._Element:
    values = raw_example(message, kind=place.kind, segment=service.segment)
    element = request_element(name, values, namespace=service.namespace)
    place.find(element).text = value
    return element


@EVERY_WSDL
def test_what_is_valid_by_the_wsdl_is_taken_in_every_element(service: SoapService, path: Path, address: str) -> None:
    smallest: dict[tuple[str, object], tuple[type, str, Place]] = {}
    for interface in service.interfaces:
        for message, name in messages(interface):
            for place in leaves(message, service):  # an element of one name and field is the same in all messages
                smallest.setdefault(
                    (place.member.xml_name, replace(place.member.field, meaning="")), (message, name, place)
                )
    assert len(smallest) > 5
    for message, name, place in smallest.values():
        element = with_value(message, name, service, place, "")
        for value in written(place.member.field):
            place.find(element).text = value
            if schema(path).validate(element):
                assert taken(element, message, service), (place.name, value)


@EVERY_WSDL
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_is_valid_by_the_wsdl_is_taken(
    service: SoapService, path: Path, address: str, data: st.DataObject
) -> None:
    interface = data.draw(st.sampled_from(service.interfaces))
    message, name = data.draw(st.sampled_from(messages(interface)))
    place = data.draw(st.sampled_from(sorted(leaves(message, service), key=lambda each: each.name)))
    value = _NOT_IN_XML.sub("", data.draw(any_of(place.member.field)))

    element = with_value(message, name, service, place, value)

    if schema(path).validate(element):
        assert taken(element, message, service), value


@EVERY_WSDL
def test_what_big_client_stacks_write_is_valid_and_taken(service: SoapService, path: Path, address: str) -> None:
    stacks = {
        "dateTime": (
            "2026-08-12T10:00:00.1234567+09:00",
            "2026-08-12T01:00:00.123456789Z",
            "2026-08-12T24:00:00+09:00",
        ),
        "date": ("2026-08-12+09:00",),
        "integer": ("+5", "007"),
    }
    tried = 0
    for interface in service.interfaces:
        for message, name in messages(interface):
            for place in leaves(message, service):
                base = {"date": "date", "moment": "dateTime", "integer": "integer"}.get(place.member.field.form, "")
                for value in stacks.get(base, ()):
                    element = with_value(message, name, service, place, value)
                    assert schema(path).validate(element), (place.name, value)
                    assert taken(element, message, service), (place.name, value)
                    tried += 1
    assert tried > 0
