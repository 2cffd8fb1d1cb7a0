"""The committed WSDLs and the catalogue say the same, for every interface of the hub and of the grid operators."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from lxml import etree

import grid_stub.wsdl
import soap_api.wsdl
from runtime.soap.names import WSDL, WSDL_SOAP, XML_SCHEMA
from runtime.soap.polish import schema_of, with_address
from runtime.soap.reading import from_xml
from runtime.soap.service import SoapService, response_element
from runtime.soap.types import NameTaken, TypeFactory
from runtime.soap.writing import to_xml
from runtime.soap.wsdl import render_wsdl
from schemas import fields
from schemas.codes import Area, Code, ProcessKind
from schemas.contract import Interface, members
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.reading import Faulty
from tests.soap_support.envelopes import request_element
from tests.soap_support.examples import raw_example, typed_example

_GRID_ADDRESS = grid_stub.wsdl.DEFAULT_PUBLIC_URL + grid_stub.wsdl.path_of(grid_stub.wsdl.LOW_VOLTAGE, area="01")
COMMITTED: list[tuple[SoapService, Path, str]] = [
    *(
        (service, soap_api.wsdl.file_of(service), soap_api.wsdl.DEFAULT_PUBLIC_URL + soap_api.wsdl.path_of(service))
        for service in soap_api.wsdl.SERVICES
    ),
    *((service, grid_stub.wsdl.file_of(service), _GRID_ADDRESS) for service in grid_stub.wsdl.SERVICES),
]
EVERY_WSDL = pytest.mark.parametrize(
    ("service", "path", "address"), COMMITTED, ids=[entry[0].name for entry in COMMITTED]
)
EVERY_INTERFACE = pytest.mark.parametrize(
    ("service", "path", "interface"),
    [(service, path, interface) for service, path, _ in COMMITTED for interface in service.interfaces],
    ids=[f"{service.name}-{interface.number}" for service, _, _ in COMMITTED for interface in service.interfaces],
)


@EVERY_WSDL
def test_the_committed_wsdl_is_what_the_catalogue_gives(service: SoapService, path: Path, address: str) -> None:
    assert path.read_bytes() == render_wsdl(service, address=address), "run `make wsdl`"


def test_every_interface_has_its_place_in_one_wsdl() -> None:
    numbers = [interface.number for service in soap_api.wsdl.SERVICES for interface in service.interfaces]
    assert sorted(numbers) == [
        "10110", "10610", "10620", "10710", "10720", "11110", "12110", "12210", "12310", "12410", "13110",
    ]  # fmt: skip
    assert [interface.number for interface in grid_stub.wsdl.LOW_VOLTAGE.interfaces] == [
        "10110", "10610", "10620", "10710", "10720", "11110",
    ]  # fmt: skip


@EVERY_INTERFACE
@pytest.mark.parametrize("kind", list(ProcessKind))
@pytest.mark.parametrize("optional", [True, False], ids=["all fields", "required fields"])
def test_a_request_of_examples_is_valid_and_accepted(
    service: SoapService, path: Path, interface: Interface, kind: ProcessKind, optional: bool
) -> None:
    raw = raw_example(interface.request, kind=kind, optional=optional)
    element = request_element(interface.operation, raw, namespace=service.namespace)
    schema_of(path.read_bytes()).assertValid(element)
    result = from_xml(element, interface.request)
    assert not isinstance(result, Faulty), result
    assert getattr(result, "message_id", None) == raw["messageId"]


@EVERY_INTERFACE
def test_a_response_of_examples_is_valid_and_is_read_as_it_was(
    service: SoapService, path: Path, interface: Interface
) -> None:
    response = typed_example(interface.response)
    element = etree.fromstring(etree.tostring(to_xml(response, response_element(interface), service.namespace)))
    schema_of(path.read_bytes()).assertValid(element)
    assert from_xml(element, interface.response) == response


@EVERY_INTERFACE
def test_the_schema_shows_the_bounds_of_each_field(service: SoapService, path: Path, interface: Interface) -> None:
    schema = schema_of(path.read_bytes())
    raw = dict(raw_example(interface.request))
    for member in members(interface.request):
        if member.field.max_length is None or member.repeated or member.xml_name not in raw:
            continue
        wrong = {**raw, member.xml_name: "9" * (member.field.max_length + 1)}
        assert not schema.validate(request_element(interface.operation, wrong, namespace=service.namespace))


@EVERY_WSDL
def test_every_element_and_value_is_explained_in_japanese(service: SoapService, path: Path, address: str) -> None:
    schema = next(etree.parse(str(path)).iter(f"{{{XML_SCHEMA}}}schema"))
    documentation = f"{{{XML_SCHEMA}}}annotation/{{{XML_SCHEMA}}}documentation"
    explained = schema.findall(f".//{{{XML_SCHEMA}}}complexType//{{{XML_SCHEMA}}}element")
    explained += schema.findall(f".//{{{XML_SCHEMA}}}enumeration")
    assert explained
    for element in explained:
        words = element.findtext(documentation) or ""
        assert any(ord(character) > 0x3000 for character in words), etree.tostring(element)


def test_the_values_of_a_code_carry_their_labels() -> None:
    root = etree.parse(str(soap_api.wsdl.file_of(soap_api.wsdl.COMMON)))
    (area,) = [simple for simple in root.iter(f"{{{XML_SCHEMA}}}simpleType") if simple.get("name") == "Area"]
    shown = {
        value.get("value"): value.findtext(f".//{{{XML_SCHEMA}}}documentation")
        for value in area.iter(f"{{{XML_SCHEMA}}}enumeration")
    }
    assert shown == {code.value: code.label for code in Area}
    assert issubclass(Area, Code)


@EVERY_WSDL
def test_the_if_number_is_in_the_action_and_the_documentation(service: SoapService, path: Path, address: str) -> None:
    root = etree.parse(str(path)).getroot()
    actions = {
        operation.get("name"): operation[0].get("soapAction")
        for operation in root.findall(f"{{{WSDL}}}binding/{{{WSDL}}}operation")
    }
    words = {
        operation.get("name"): operation.findtext(f"{{{WSDL}}}documentation") or ""
        for operation in root.findall(f"{{{WSDL}}}portType/{{{WSDL}}}operation")
    }
    assert len(actions) == len(service.interfaces)
    for interface in service.interfaces:
        assert actions[interface.operation] == f"{service.namespace}/{interface.number}"
        assert words[interface.operation].startswith(f"IF{interface.number} {interface.label}")


@EVERY_WSDL
def test_the_wsdl_has_the_shape_that_client_stacks_need(service: SoapService, path: Path, address: str) -> None:
    root = etree.parse(str(path)).getroot()
    assert [etree.QName(child).localname for child in root if etree.QName(child).localname != "message"] == [
        "types", "portType", "binding", "service",
    ]  # fmt: skip
    assert {schema.get("targetNamespace") for schema in root.iter(f"{{{XML_SCHEMA}}}schema")} == {service.namespace}
    assert not list(root.iter(f"{{{XML_SCHEMA}}}import"))
    for message in root.findall(f"{{{WSDL}}}message"):
        (part,) = message
        assert part.get("name") == ("HubFault" if message.get("name") == "HubFault" else "parameters")
        assert part.get("element") == f"tns:{message.get('name')}"
    for operation in root.findall(f"{{{WSDL}}}portType/{{{WSDL}}}operation"):
        assert operation.get("parameterOrder") is None
        assert [fault.get("message") for fault in operation.findall(f"{{{WSDL}}}fault")] == ["tns:HubFault"]
    for operation in root.findall(f"{{{WSDL}}}binding/{{{WSDL}}}operation"):
        assert operation[0].get("style") == "document"
        assert [body.get("use") for body in operation.iter(f"{{{WSDL_SOAP}}}body")] == ["literal", "literal"]
        assert [fault.get("name") for fault in operation.iter(f"{{{WSDL_SOAP}}}fault")] == ["HubFault"]
    assert [found.get("location") for found in root.iter(f"{{{WSDL_SOAP}}}address")] == [address]


@EVERY_WSDL
def test_nothing_may_be_nil_and_nothing_occurs_without_limit_by_accident(
    service: SoapService, path: Path, address: str
) -> None:
    for element in etree.parse(str(path)).iter(f"{{{XML_SCHEMA}}}element"):
        assert element.get("nillable") is None
        assert element.get("maxOccurs") != "unbounded"


def test_two_types_of_one_name_are_noticed() -> None:
    @dataclass(frozen=True)
    class Consent:
        message_id: Annotated[str, fields.MESSAGE_ID]

    @dataclass(frozen=True)
    class Area:
        message_id: Annotated[str, fields.MESSAGE_ID]

    for clash, message in ((Consent, FACILITY_INQUIRY.request), (Area, STATUS_LIST.request)):
        types = TypeFactory("urn:jp:switching-hub:test")
        types.group(message)
        with pytest.raises(NameTaken, match=clash.__name__):
            types.group(clash)


def test_another_address_changes_nothing_but_the_address() -> None:
    committed = soap_api.wsdl.file_of(soap_api.wsdl.COMMON).read_bytes()
    public = "https://hub.example.jp/soap/common?a=1&b=2"
    moved = with_address(committed, public)
    address = next(etree.fromstring(moved).iter(f"{{{WSDL_SOAP}}}address"))
    assert address.get("location") == public
    assert moved.replace(public.replace("&", "&amp;").encode(), b"https://localhost:8443/soap/common") == committed
