"""A request and a response of each interface, as tests have exchanged them.

They lie in ``docs/specification/examples``; ``tests/e2e/test_examples.py`` writes them and holds the hub to them.
"""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from schemas.contract import Interface
from soap.names import SOAP_ENVELOPE, in_namespace
from soap.service import SoapService

FOLDER = Path(__file__).parents[1] / "specification" / "examples"
REQUEST, RESPONSE = "request", "response"
FAULT = FOLDER / "fault.xml"


@dataclass(frozen=True)
class Example:
    """One exchange as a page shows it."""

    request: str
    response: str


def example_of(service: SoapService, interface: Interface) -> Example:
    """Give the example of an interface in a segment.

    :raises FileNotFoundError: where no test has exchanged it; the file's name tells its number.
    """
    number = interface.number_in(service.segment)
    request, response = (file_of(number, side).read_text(encoding="utf-8") for side in (REQUEST, RESPONSE))
    return Example(request, response)


def exchanged_fault() -> str:
    """Give a fault that tests have exchanged."""
    return FAULT.read_text(encoding="utf-8")


def file_of(number: str, side: str) -> Path:
    """Give the file of what was exchanged: ``K12110-request.xml``."""
    return FOLDER / f"{number}-{side}.xml"


def envelope_of(element: etree._Element) -> str:
    """Write an element as people read it, in an envelope, with one prefix for each namespace."""
    namespace = etree.QName(element).namespace
    assert namespace is not None
    envelope = etree.Element(
        in_namespace(SOAP_ENVELOPE, "Envelope"), nsmap={"soapenv": SOAP_ENVELOPE, "hub": namespace}
    )
    etree.SubElement(envelope, in_namespace(SOAP_ENVELOPE, "Body")).append(element)
    etree.cleanup_namespaces(envelope, keep_ns_prefixes=["soapenv", "hub"])
    etree.indent(envelope)
    return etree.tostring(envelope, encoding="unicode") + "\n"
