"""zeep reads the committed WSDLs as they are, and calls every operation in Japanese."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import zeep.exceptions
import zeep.helpers

import grid_stub.services
import soap_api.services
from schemas.contract import Interface, members
from schemas.fault import HubFault
from schemas.findings import Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.reading import from_xml
from soap.wsgi import Handle, SoapService, soap_wsgi
from tests.soap_support.envelopes import as_read
from tests.soap_support.examples import raw_example, typed_example
from tests.soap_support.zeep_calls import zeep_client

FILES = {
    service: module.file_of(service)
    for module in (soap_api.services, grid_stub.services)
    for service in module.SERVICES
}
EVERY_INTERFACE = pytest.mark.parametrize(
    ("service", "interface"),
    [(service, interface) for service in FILES for interface in service.interfaces],
    ids=[
        f"{service.name}-{interface.number_in(service.segment)}"
        for service in FILES
        for interface in service.interfaces
    ],
)


class Desk:
    """Answers the calls of a client, in each test as that test says."""

    handle: Handle

    def __call__(self, interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        return self.handle(interface, request, environ)


@cache
def client_and_desk(service: SoapService) -> tuple[Any, Desk]:
    wsdl, desk = FILES[service], Desk()
    return zeep_client(wsdl, soap_wsgi(service, wsdl=wsdl.read_bytes(), handle=desk)), desk


def client_of(service: SoapService, handle: Any) -> Any:
    client, desk = client_and_desk(service)
    desk.handle = handle
    return client


@EVERY_INTERFACE
def test_zeep_calls_every_operation_with_the_examples(service: SoapService, interface: Interface) -> None:
    requests: list[object] = []

    def answer(asked: Interface, request: object, environ: Mapping[str, Any]) -> object:
        requests.append((asked, request, environ["HTTP_SOAPACTION"]))
        return typed_example(interface.response, segment=service.segment)

    client = client_of(service, answer)
    to_plain: Any = zeep.helpers.serialize_object
    values = raw_example(interface.request, segment=service.segment)
    response = to_plain(client.service[interface.operation](**values))
    request = typed_example(interface.request, segment=service.segment)
    assert requests == [(interface, request, f'"{service.action(interface)}"')]
    expected = typed_example(interface.response, segment=service.segment)
    for member in members(interface.response, service.segment):
        if member.item is None and not member.repeated:
            assert response[member.xml_name] == getattr(expected, member.name), member.name


def test_zeep_reads_the_typed_fault() -> None:
    def refuse_it(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        rules = Rulebook(code=RefusalCode.POINT_BUSY)
        raise Refused(rules.declare("open-procedure", ("pointNumber", "供給地点特定番号")).refusal())

    client = client_of(soap_api.services.COMMON, refuse_it)
    with pytest.raises(zeep.exceptions.Fault) as caught:
        client.service.getParticipants(messageId="M-1")
    assert caught.value.code == "soapenv:Client"
    assert caught.value.message == "HUB-B002 この地点では別の手続きが進行中です。"
    fault = from_xml(as_read(caught.value.detail[0]), HubFault)
    assert isinstance(fault, HubFault)
    assert fault.findings is not None
    assert (fault.message_id, fault.findings.finding[0].label) == ("M-1", "供給地点特定番号")
    typed = client.get_element(f"{{{soap_api.services.COMMON.namespace}}}HubFault").parse(
        caught.value.detail[0], client.wsdl.types
    )
    assert typed.findings.finding[0].rule == "open-procedure"


def test_zeep_shows_the_operations_by_name_and_in_order() -> None:
    client = client_of(soap_api.services.LOW_VOLTAGE, None)
    binding = client.service._binding
    assert list(binding._operations) == [interface.operation for interface in soap_api.services.LOW_VOLTAGE.interfaces]
    assert client.service._binding_options["address"] == "https://localhost:8443/soap/low_voltage"
