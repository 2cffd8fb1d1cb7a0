"""Requests as they travel, built from plain values, right or wrong."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from lxml import etree

from schemas.reading import RawValue
from soap.envelope import read_envelope
from soap.names import SOAP_ENVELOPE


def request_element(operation: str, values: Mapping[str, RawValue], *, namespace: str) -> etree._Element:
    """Build the element of a request, its children in the order of ``values``."""
    element = etree.Element(f"{{{namespace}}}{operation}", nsmap={"h": namespace})
    _fill(element, values, namespace)
    return element


def envelope(content: etree._Element | str | None, *, header: str = "") -> bytes:
    """Wrap a request, or any XML text, into an envelope."""
    inner = "" if content is None else content if isinstance(content, str) else etree.tostring(content).decode()
    headers = f"<e:Header>{header}</e:Header>" if header else ""
    return f'<e:Envelope xmlns:e="{SOAP_ENVELOPE}">{headers}<e:Body>{inner}</e:Body></e:Envelope>'.encode()


def as_read(element: etree._Element) -> Element:
    """Give an element as the reader has it once it has travelled in an envelope."""
    return read_envelope(envelope(etree.tostring(element, with_tail=False).decode()), charset="utf-8")


def request_bytes(operation: str, values: Mapping[str, RawValue], *, namespace: str) -> bytes:
    return envelope(request_element(operation, values, namespace=namespace))


def _fill(parent: etree._Element, values: Mapping[str, RawValue], namespace: str) -> None:
    for name, value in values.items():
        for item in [value] if isinstance(value, str | Mapping) else value:
            child = etree.SubElement(parent, f"{{{namespace}}}{name}")
            if isinstance(item, Mapping):
                _fill(child, item, namespace)
            else:
                assert isinstance(item, str)
                child.text = item
