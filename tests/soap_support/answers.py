"""What came back, held to everything an answer promises."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from schemas.fault import FaultFinding, HubFault
from schemas.reading import Faulty
from soap.names import SOAP_ENVELOPE
from soap.polish import schema_of
from soap.reading import from_xml
from tests.soap_support.envelopes import as_read

_FAULT_CODES = {"soapenv:Client", "soapenv:Server", "soapenv:MustUnderstand", "soapenv:VersionMismatch"}


@dataclass(frozen=True)
class Answer:
    """One HTTP response; ``answer_of`` makes it, and nothing that breaks a promise gets through."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    element: etree._Element
    """The response element, or the HubFault."""
    fault: HubFault | None
    fault_code: str | None
    """``Client``, ``Server``, ``MustUnderstand`` or ``VersionMismatch``."""

    @property
    def code(self) -> str | None:
        return self.fault.code if self.fault else None

    @property
    def findings(self) -> tuple[FaultFinding, ...]:
        """What the fault says field by field."""
        return self.fault.findings.finding if self.fault and self.fault.findings else ()

    @property
    def broken_rules(self) -> set[tuple[str | None, str]]:
        """The findings as pairs of field and rule."""
        return {(finding.field, finding.rule) for finding in self.findings}

    def read(self, message: type) -> object:
        """Read the response as ``message``."""
        assert self.fault is None, self.fault
        result = from_xml(as_read(self.element), message)
        assert not isinstance(result, Faulty), result
        return result


def answer_of(status: int, headers: dict[str, str], body: bytes, *, wsdl: bytes) -> Answer:
    """Check an HTTP response in full: envelope, schema of the WSDL, status, typed fault."""
    headers = {name.lower(): value for name, value in headers.items()}
    assert headers["content-type"] == "text/xml; charset=utf-8"
    assert headers["content-length"] == str(len(body))
    root = etree.fromstring(body)
    assert root.tag == f"{{{SOAP_ENVELOPE}}}Envelope"
    assert [child.tag for child in root] == [f"{{{SOAP_ENVELOPE}}}Body"]
    (content,) = root[0]
    if content.tag != f"{{{SOAP_ENVELOPE}}}Fault":
        assert status == 200
        _assert_valid(content, wsdl)
        return Answer(status, headers, body, content, None, None)
    assert status in (400, 404, 405, 408, 413, 415, 500, 503)
    assert [child.tag for child in content] == ["faultcode", "faultstring", "detail"]
    fault_code, text, detail = content
    assert fault_code.text in _FAULT_CODES
    assert root.nsmap["soapenv"] == SOAP_ENVELOPE
    (typed,) = detail
    _assert_valid(typed, wsdl)
    fault = from_xml(as_read(typed), HubFault)
    assert isinstance(fault, HubFault), fault
    assert text.text == f"{fault.code} {fault.message}"
    return Answer(status, headers, body, typed, fault, fault_code.text.partition(":")[2])


@cache
def _schema(wsdl: bytes) -> etree.XMLSchema:
    return schema_of(wsdl)


def _assert_valid(element: etree._Element, wsdl: bytes) -> None:
    # written and read again: alone, as a client's validator has it
    _schema(wsdl).assertValid(etree.fromstring(etree.tostring(element)))
