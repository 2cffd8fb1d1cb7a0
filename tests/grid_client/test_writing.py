"""What goes out and comes in is what the committed WSDLs say, by a reader and writer of WSDLs that is not ours."""

from functools import cache
from typing import Any

import pytest
import zeep
import zeep.helpers
from lxml import etree

from grid_client.answers import Question, read_answer
from grid_client.errors import UnsendableRequest
from grid_client.http_answer import HttpAnswer
from grid_client.writing import headers_of, write_request
from grid_stub.services import SERVICES, file_of
from schemas.codes import Area, MeterWork, Segment
from schemas.contract import Interface
from schemas.grid import grid_interface, grid_interfaces_of
from soap.checking import ResponseCheck
from soap.envelope import read_envelope
from soap.reading import from_xml
from tests.soap_support.examples import raw_example, typed_example
from tests.support.grid_requests import start_request

LOW = Segment.LOW_VOLTAGE
WSDLS = {service.segment: file_of(service) for service in SERVICES}
INTERFACES = [(interface, segment) for segment in Segment for interface in grid_interfaces_of(segment)]
EVERY_INTERFACE = pytest.mark.parametrize(
    ("interface", "segment"), INTERFACES, ids=[interface.number_in(segment) for interface, segment in INTERFACES]
)
_to_plain: Any = zeep.helpers.serialize_object


@cache
def contract(segment: Segment) -> Any:
    """Give the operations of a segment's WSDL as zeep reads them."""
    client: Any = zeep.Client(str(WSDLS[segment]))  # type: ignore[no-untyped-call]
    (binding,) = client.wsdl.bindings.values()
    return binding


@cache
def schema(segment: Segment) -> ResponseCheck:
    return ResponseCheck(WSDLS[segment].read_bytes())


@EVERY_INTERFACE
def test_zeep_reads_a_request_and_writes_it_back_the_same(interface: Interface, segment: Segment) -> None:
    request = typed_example(interface.request, segment=segment)

    sent = etree.fromstring(write_request(request, interface=interface, segment=segment))
    operation = contract(segment).get(interface.operation)
    written = operation.input.serialize(**_to_plain(operation.input.deserialize(sent)))

    schema(segment)(sent[0][0])
    body = read_envelope(etree.tostring(written.content), charset=None)
    assert from_xml(body, interface.request, segment=segment, empty_is_none=False) == request


@EVERY_INTERFACE
def test_a_request_names_the_action_of_the_wsdl(interface: Interface, segment: Segment) -> None:
    operation = contract(segment).get(interface.operation)

    assert headers_of(interface, segment)["SOAPAction"] == f'"{operation.soapaction}"'


@EVERY_INTERFACE
def test_an_answer_that_zeep_writes_is_read(interface: Interface, segment: Segment) -> None:
    answer = raw_example(interface.response, segment=segment)
    written = contract(segment).get(interface.operation).output.serialize(**answer)
    for state in written.content.iter("{*}applicationState"):  # of all states the example has one of the hub's own
        state.text = "received"
    for kind in written.content.iter("{*}applicationKind"):
        kind.text = kind.text if interface.tells_status_of is None else interface.tells_status_of.value

    came = HttpAnswer(200, {"Content-Type": "text/xml; charset=utf-8"}, etree.tostring(written.content))
    question = Question(Area.TOKYO, segment, interface, typed_example(interface.request, segment=segment))

    assert isinstance(read_answer(came, question).message, interface.response)


def test_what_a_request_does_not_say_has_no_element() -> None:
    request = start_request(effective_date=None, meter_work=None)

    sent = write_request(request, interface=grid_interface("10610", LOW), segment=LOW)

    assert b"meterWork" not in sent and b"effectiveDate" not in sent


@pytest.mark.parametrize(
    "changes",
    [{"process_kind": None}, {"meter_work": "needed"}, {"telephone": "03-1234\x00"}, {"contract_capacity": "40"}],
    ids=["missing", "no code", "no character of XML", "no number"],
)
def test_what_the_catalogue_does_not_allow_is_not_sent_and_named_without_its_value(changes: dict[str, Any]) -> None:
    with pytest.raises(UnsendableRequest) as error:
        write_request(start_request(**changes), interface=grid_interface("10610", LOW), segment=LOW)

    (name,) = changes
    assert str(error.value).startswith(name)
    assert str(changes[name]) not in str(error.value) or changes[name] is None


def test_a_code_travels_as_its_value() -> None:
    sent = write_request(
        start_request(meter_work=MeterWork.NEEDED), interface=grid_interface("10610", LOW), segment=LOW
    )

    assert b"<meterWork>needed</meterWork>" in sent
