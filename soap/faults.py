"""Refusals as SOAP 1.1 faults with a typed detail."""

import re

from lxml import etree

from schemas import fields
from schemas.codes import Flag
from schemas.contract import members
from schemas.fault import MAX_FINDINGS, FaultFinding, FaultFindings, HubFault
from schemas.findings import Finding, Refusal
from schemas.reading import check
from schemas.refusal_codes import RefusalCode
from soap.envelope import in_envelope
from soap.names import FAULT_ELEMENT, SOAP_ENVELOPE, in_namespace
from soap.writing import to_xml

_NOT_XML_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIMITS = {member.name: member.field.max_length for member in members(FaultFinding)}


def fault_envelope(refusal: Refusal, *, namespace: str, message_id: str | None = None) -> etree._Element:
    """Write a refusal as an envelope with a fault; it never fails on what the refusal says."""
    fault = etree.Element(in_namespace(SOAP_ENVELOPE, "Fault"), nsmap={"soapenv": SOAP_ENVELOPE})
    etree.SubElement(fault, "faultcode").text = "soapenv:" + fault_code(refusal)
    etree.SubElement(fault, "faultstring").text = f"{refusal.code.value} {refusal.text}"
    etree.SubElement(fault, "detail").append(to_xml(_typed(refusal, message_id), FAULT_ELEMENT, namespace))
    return in_envelope(fault)


def fault_code(refusal: Refusal) -> str:
    """Give the local name of one of the four fault codes of SOAP 1.1."""
    if refusal.code is RefusalCode.MUST_UNDERSTAND:
        return "MustUnderstand"
    if any(finding.rule == "soap-version" for finding in refusal.findings):
        return "VersionMismatch"
    return "Server" if refusal.retryable else "Client"  # Server: the same message may succeed later


def _typed(refusal: Refusal, message_id: str | None) -> HubFault:
    findings = tuple(_finding(finding) for finding in refusal.findings[:MAX_FINDINGS])
    return HubFault(
        code=refusal.code.value,
        message=refusal.text,
        action=refusal.action,
        retryable=Flag.YES if refusal.retryable else Flag.NO,
        message_id=message_id if message_id and check(fields.MESSAGE_ID, message_id)[1] is None else None,
        findings=FaultFindings(finding=findings) if findings else None,
        resumes_at=refusal.resumes_at,
    )


def _finding(finding: Finding) -> FaultFinding:
    return FaultFinding(
        field=_clean("field", finding.field) or None,
        label=_clean("label", finding.label) or None,
        rule=_clean("rule", finding.rule) or "-",
        message=_clean("message", finding.message) or "-",
        action=_clean("action", finding.action) or "-",
    )


def _clean(name: str, text: str) -> str:
    return _NOT_XML_CHARACTERS.sub("\ufffd", text)[: _LIMITS[name]]
