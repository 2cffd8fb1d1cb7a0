"""What is answered over HTTP: status, headers and body."""

from typing import NamedTuple

from lxml import etree

from soap.envelope import to_bytes
from soap.names import CONTENT_TYPE, RETRY_AFTER

OK = "200 OK"
FAULT = "500 Internal Server Error"
"""SOAP 1.1 gives every fault this status, and some client stacks read faults at no other."""


class Response(NamedTuple):
    """One answer, whole."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


def response_of(envelope: etree._Element, *, status: str = OK, retry_after: int | None = None) -> Response:
    """Make the answer that carries an envelope."""
    body = to_bytes(envelope)
    return Response(status, headers_of(body, retry_after=retry_after), body)


def headers_of(body: bytes, *, retry_after: int | None = None) -> list[tuple[str, str]]:
    """Give the headers of a body of XML."""
    again = [] if retry_after is None else [(RETRY_AFTER, str(retry_after))]
    return [("Content-Type", CONTENT_TYPE), *again, ("Content-Length", str(len(body)))]
