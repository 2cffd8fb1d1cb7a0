"""Writing what is sent to a grid operator: by the catalogue, with the writer of the hub's own answers."""

from grid_client.errors import UnsendableRequest
from schemas.codes import Segment
from schemas.contract import Interface
from schemas.grid import grid_namespace
from soap.envelope import in_envelope, to_bytes
from soap.names import CONTENT_TYPE
from soap.service import soap_action
from soap.writing import UnwritableValue, to_xml


def write_request(request: object, *, interface: Interface, segment: Segment) -> bytes:
    """Write a request as it travels.

    :raises UnsendableRequest: when it breaks the contract.
    """
    try:
        element = to_xml(request, interface.operation, grid_namespace(segment), segment=segment)
    except UnwritableValue as error:
        raise UnsendableRequest(str(error)) from None
    return to_bytes(in_envelope(element))


def headers_of(interface: Interface, segment: Segment) -> dict[str, str]:
    """Give the HTTP headers by which SOAP 1.1 names a request."""
    action = soap_action(grid_namespace(segment), interface, segment)
    return {"Content-Type": CONTENT_TYPE, "SOAPAction": f'"{action}"'}
