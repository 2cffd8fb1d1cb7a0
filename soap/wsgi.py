"""A SOAP service as a WSGI application: the guard in front, the dispatch behind it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from schemas.contract import Interface
from soap.checking import ResponseCheck
from soap.dispatch import Dispatch, Exchange, Handle
from soap.guard import Admit, Guard, refusal_response
from soap.polish import with_address
from soap.protocol import BySpyne
from soap.service import SoapService
from soap.wsdl import spyne_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

__all__ = ["Admit", "Handle", "SoapService", "refusal_response", "soap_wsgi", "with_address"]


def soap_wsgi(
    service: SoapService,
    *,
    wsdl: bytes,
    handle: Handle,
    admit: Admit | None = None,
    hot: Collection[Interface] = (),
) -> "WSGIApplication":
    """Serve ``service``: its WSDL as the bytes given, each request by ``handle``.

    ``handle`` gets the interface, the typed request and the WSGI environment, gives the response's
    dataclass, and raises Refused for a fault. ``admit`` is asked before a request's body is read;
    what it refuses becomes a fault. Anything else that is raised becomes HUB-R004.

    :param hot: interfaces that are answered past spyne.
    """
    exchange = Exchange(service, handle, ResponseCheck(wsdl))
    dispatch = Dispatch(exchange, hot=hot, others=BySpyne(spyne_application(exchange)))
    return Guard(dispatch, namespace=service.namespace, wsdl=wsdl, admit=admit)
