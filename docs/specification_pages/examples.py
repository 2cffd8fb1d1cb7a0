"""A request and a response of each interface: as tests have exchanged it, or else made of sample values.

What was exchanged lies in ``docs/specification/examples``; ``tests/e2e/test_examples.py`` writes it and holds the
hub to it.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from docs.specification_pages.samples import sample_text
from runtime.soap.names import SOAP_ENVELOPE, in_namespace
from runtime.soap.service import SoapService, response_element
from schemas.codes import ApplicationKind, ProcessKind
from schemas.contract import Interface, Member, members

FOLDER = Path(__file__).parents[1] / "specification" / "examples"
REQUEST, RESPONSE = "request", "response"
FAULT = FOLDER / "fault.xml"

_NOT_ALWAYS = frozenset(
    {"findings", "matched_at", "completed_at", "rejection_reasons", "rejection_text", "next_cursor", "valid_to", "area"}
)
"""What an answer leaves out where all is well and there is no more."""


@dataclass(frozen=True)
class Example:
    """One exchange as a page shows it."""

    request: str
    response: str
    exchanged: bool
    """True where tests have exchanged it; False where it is made of sample values."""


def example_of(service: SoapService, interface: Interface) -> Example:
    """This function will give the example of an interface in a segment."""
    number = interface.number_in(service.segment)
    if file_of(number, REQUEST).exists():
        request, response = (file_of(number, side).read_text(encoding="utf-8") for side in (REQUEST, RESPONSE))
        return Example(request, response, exchanged=True)
    return Example(
        _made(service, interface, service_element=interface.operation, message=interface.request),
        _made(service, interface, service_element=response_element(interface), message=interface.response),
        exchanged=False,
    )


def exchanged_fault() -> str:
    """This function will give a fault that tests have exchanged."""
    return FAULT.read_text(encoding="utf-8")


def file_of(number: str, side: str) -> Path:
    """This function will give the file of what was exchanged: ``K12110-request.xml``."""
    return FOLDER / f"{number}-{side}.xml"


def envelope_of(element: etree._Element) -> str:
    """This function will write an element as people read it, in an envelope, with one prefix for each namespace."""
    namespace = etree.QName(element).namespace
    assert namespace is not None
    envelope = etree.Element(
        in_namespace(SOAP_ENVELOPE, "Envelope"), nsmap={"soapenv": SOAP_ENVELOPE, "hub": namespace}
    )
    etree.SubElement(envelope, in_namespace(SOAP_ENVELOPE, "Body")).append(element)
    etree.cleanup_namespaces(envelope, keep_ns_prefixes=["soapenv", "hub"])
    etree.indent(envelope)
    return etree.tostring(envelope, encoding="unicode") + "\n"


def _made(service: SoapService, interface: Interface, *, service_element: str, message: type) -> str:
    root = etree.Element(in_namespace(service.namespace, service_element))
    _fill(root, message, service, interface)
    return envelope_of(root)


def _fill(parent: etree._Element, message: type, service: SoapService, interface: Interface) -> None:
    for member in members(message, service.segment):
        if not _shown(member, asks=message is interface.request, files=interface.applies_for is not None):
            continue
        element = etree.SubElement(parent, in_namespace(service.namespace, member.xml_name))
        if member.item is not None:
            _fill(element, member.item, service, interface)
        elif member.field.code is ApplicationKind and interface.tells_status_of is not None:
            element.text = interface.tells_status_of.value
        else:
            element.text = sample_text(member, service.segment)


def _shown(member: Member, *, asks: bool, files: bool) -> bool:
    """A registration with all it can carry, a question without its filters, an answer in which nothing is wrong."""
    for_kinds = member.needed or member.allowed
    if for_kinds is not None:
        return ProcessKind.REGISTER in for_kinds.kinds
    if asks and not member.required:
        return files
    return member.required or member.name not in _NOT_ALWAYS
