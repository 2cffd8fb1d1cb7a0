"""The committed WSDLs and the catalogue say the same, for every interface of the hub and of the grid operators."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated

import pytest
from lxml import etree

import grid_stub.services
import soap_api.services
from schemas import fields
from schemas.codes import Area, Code, ProcessKind
from schemas.contract import Interface, members
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY
from schemas.interfaces.processing_status import STATUS_LIST
from schemas.reading import Faulty
from soap.names import WSDL, WSDL_SOAP, XML_SCHEMA
from soap.polish import schema_of, with_address
from soap.reading import from_xml
from soap.service import SoapService, response_element
from soap.types import NameTaken, TypeFactory
from soap.writing import UnwritableValue, to_xml
from soap.wsdl import render_wsdl
from tests.soap_support.envelopes import as_read, request_element
from tests.soap_support.examples import raw_example, typed_example
from tools.write_wsdls import committed

COMMITTED: list[tuple[SoapService, Path, str]] = [(service, path, address) for path, service, address in committed()]
EVERY_WSDL = pytest.mark.parametrize(
    ("service", "path", "address"), COMMITTED, ids=[entry[0].name for entry in COMMITTED]
)
EVERY_INTERFACE = pytest.mark.parametrize(
    ("service", "path", "interface"),
    [(service, path, interface) for service, path, _ in COMMITTED for interface in service.interfaces],
    ids=[
        f"{service.name}-{interface.number_in(service.segment)}"
        for service, _, _ in COMMITTED
        for interface in service.interfaces
    ],
)

SCREENS_ONLY = (
    "スイッチング廃止取次一括登録",
    "スイッチング開始一括申請",
    "スイッチング廃止取次一括判断",
    "スイッチング廃止一括申請",
    "ユーザ一覧表示",
    "ユーザ一覧ファイルダウンロード",
    "ユーザ詳細表示",
    "ユーザ登録",
    "ユーザ一括登録",
    "ユーザ修正",
    "ユーザ削除",
    "ロック解除",
    "有効/無効切替",
    "パスワード再発行",
    "利用者権限設定",
    "APIレポジット閲覧",
    "API運用情報一覧表示",
    "API運用情報詳細表示",
    "インフォメーション一覧",
    "インフォメーション詳細",
)
"""The functions of the terms §2.2 (2) and (3), which are for screens alone."""
SCREENS_ONLY_WORDS = (
    "一括登録",
    "一括申請",
    "一括判断",
    "ユーザ",
    "利用者",
    "ロック",
    "権限",
    "運用情報",
    "インフォメーション",
)
"""What would tell such a function under another name."""


@EVERY_WSDL
def test_the_committed_wsdl_is_what_the_catalogue_gives(service: SoapService, path: Path, address: str) -> None:
    assert path.read_bytes() == render_wsdl(service, address=address), "run `make wsdl`"


@cache
def schema_in(path: Path) -> etree.XMLSchema:
    return schema_of(path.read_bytes())


def operations(path: Path) -> list[str]:
    elements = etree.parse(str(path)).getroot().findall(f"{{{WSDL}}}portType/{{{WSDL}}}operation")
    return [operation.findtext(f"{{{WSDL}}}documentation") or "" for operation in elements]


def test_the_wsdls_of_the_hub_have_54_interfaces_and_those_of_the_grid_operators_41() -> None:
    of_the_hub = [len(operations(soap_api.services.file_of(service))) for service in soap_api.services.SERVICES]
    of_the_grid = [len(operations(grid_stub.services.file_of(service))) for service in grid_stub.services.SERVICES]
    assert (of_the_hub, of_the_grid) == ([21, 16, 16, 1], [17, 12, 12])
    assert (sum(of_the_hub), sum(of_the_grid)) == (54, 41)


@pytest.mark.parametrize("service", soap_api.services.SERVICES, ids=lambda service: service.name)
def test_nothing_that_is_for_screens_alone_is_offered(service: SoapService) -> None:
    # Terms §2.2 (2) and (3).
    wsdl = soap_api.services.file_of(service).read_text()
    for function in SCREENS_ONLY:
        assert function not in wsdl
    for words in operations(soap_api.services.file_of(service)):
        assert not {word for word in SCREENS_ONLY_WORDS if word in words}, words


@EVERY_INTERFACE
@pytest.mark.parametrize("kind", list(ProcessKind))
@pytest.mark.parametrize("optional", [True, False], ids=["all fields", "required fields"])
def test_a_request_of_examples_is_valid_and_accepted(
    service: SoapService, path: Path, interface: Interface, kind: ProcessKind, optional: bool
) -> None:
    raw = raw_example(interface.request, kind=kind, optional=optional, segment=service.segment)
    element = request_element(interface.operation, raw, namespace=service.namespace)
    schema_in(path).assertValid(element)
    result = from_xml(as_read(element), interface.request, segment=service.segment)
    assert not isinstance(result, Faulty), result
    assert getattr(result, "message_id", None) == raw["messageId"]


@EVERY_INTERFACE
def test_a_response_of_examples_is_valid_and_is_read_as_it_was(
    service: SoapService, path: Path, interface: Interface
) -> None:
    segment = service.segment
    response = typed_example(interface.response, segment=segment)
    written = to_xml(response, response_element(interface), service.namespace, segment=segment)
    element = etree.fromstring(etree.tostring(written))
    schema_in(path).assertValid(element)
    assert from_xml(as_read(element), interface.response, segment=segment) == response


@EVERY_INTERFACE
def test_elements_of_other_segments_are_unknown_and_none_is_written(
    service: SoapService, path: Path, interface: Interface
) -> None:
    segment, schema = service.segment, schema_in(path)
    of_all = raw_example(interface.request, segment=None)
    own = {member.xml_name for member in members(interface.request, segment)}
    for name in of_all.keys() - own:
        raw = {**raw_example(interface.request, segment=segment), name: of_all[name]}
        element = request_element(interface.operation, raw, namespace=service.namespace)
        result = from_xml(as_read(element), interface.request, segment=segment)
        assert isinstance(result, Faulty)
        assert (name, "unknown-element") in {(finding.field, finding.rule) for finding in result.findings}
        assert not schema.validate(element)
    response = typed_example(interface.response, segment=segment)
    everything = typed_example(interface.response, segment=None)
    own = {member.name for member in members(interface.response, segment)}
    for foreign in (member for member in members(interface.response) if member.name not in own):
        wrong_response = replace(response, **{foreign.name: getattr(everything, foreign.name)})
        with pytest.raises(UnwritableValue):
            to_xml(wrong_response, response_element(interface), service.namespace, segment=segment)


@EVERY_INTERFACE
def test_the_schema_shows_the_bounds_of_each_field(service: SoapService, path: Path, interface: Interface) -> None:
    schema = schema_in(path)
    raw = dict(raw_example(interface.request, segment=service.segment))
    for member in members(interface.request, service.segment):
        if member.field.max_length is None or member.repeated or member.xml_name not in raw:
            continue
        wrong_values = {**raw, member.xml_name: "9" * (member.field.max_length + 1)}
        assert not schema.validate(request_element(interface.operation, wrong_values, namespace=service.namespace))


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
    root = etree.parse(str(soap_api.services.file_of(soap_api.services.COMMON)))
    (area,) = [simple for simple in root.iter(f"{{{XML_SCHEMA}}}simpleType") if simple.get("name") == "Area"]
    elements = {
        value.get("value"): value.findtext(f".//{{{XML_SCHEMA}}}documentation")
        for value in area.iter(f"{{{XML_SCHEMA}}}enumeration")
    }
    assert elements == {code.value: code.label for code in Area}
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
        assert actions[interface.operation] == f"{service.namespace}/{interface.number_in(service.segment)}"
        assert words[interface.operation].startswith(f"IF{interface.number_in(service.segment)} {interface.label}")


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
        types = TypeFactory("urn:jp:switching-hub:test", None)
        types.group(message)
        with pytest.raises(NameTaken, match=clash.__name__):
            types.group(clash)


def test_another_address_changes_nothing_but_the_address() -> None:
    committed = soap_api.services.file_of(soap_api.services.COMMON).read_bytes()
    public = "https://hub.example.jp/soap/common?a=1&b=2"
    moved = with_address(committed, public)
    address = next(etree.fromstring(moved).iter(f"{{{WSDL_SOAP}}}address"))
    assert address.get("location") == public
    assert moved.replace(public.replace("&", "&amp;").encode(), b"https://localhost:8443/soap/common") == committed
