"""The way of each message: hot operations straight to what handles them, all others by spyne.

spyne takes some of each message's time, however small it is (docs/performance.md): much of what one costs that is sent
at volume and asks little of the database. Both ways take the same steps, and answer the same bytes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import structlog
from lxml import etree

from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.reading import Faulty
from schemas.refusal_codes import RefusalCode
from schemas.wording import worded_for
from soap.checking import ResponseCheck
from soap.envelope import in_envelope, read_envelope
from soap.failures import log_failure, refusal_of
from soap.faults import fault_envelope
from soap.names import in_namespace
from soap.reading import from_xml, message_id_of
from soap.response import FAULT, Response, response_of
from soap.service import SoapService, response_element
from soap.writing import to_xml

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Handle = Callable[[Interface, object, Mapping[str, Any]], object]
"""Gets the interface, the typed request and the WSGI environment, gives the response's dataclass, or raises Refused."""
Answering = Callable[["WSGIEnvironment", Element], Response]
"""Answers a message by the one element in its Body."""


@dataclass(frozen=True)
class Exchange:
    """The steps of a message of one service, in their order; what log lines bear is noted on the way."""

    service: SoapService
    handle: Handle
    check: ResponseCheck | None = None

    def interface_of(self, request: Element) -> Interface:
        """Find the interface by the element in the Body.

        :raises Refused: HUB-T008 where the service has none of that name.
        """
        interface = self.service.interface_of(request.tag.rpartition("}")[2])
        if interface is None or request.tag != in_namespace(self.service.namespace, interface.operation):
            raise Refused(Refusal(RefusalCode.UNKNOWN_OPERATION))
        _note(interface=interface.number_in(self.service.segment))
        return interface

    def read(self, request: Element, interface: Interface) -> object:
        """Read the typed request.

        :raises Refused: HUB-F001 with every finding.
        """
        result = from_xml(request, interface.request, segment=self.service.segment)
        if isinstance(result, Faulty):
            raise Refused(Refusal(RefusalCode.FORM, result.findings), message_id_of(request))
        _note(message_id=_message_id(result))
        return result

    def answer(self, interface: Interface, message: object, environ: Mapping[str, Any]) -> object:
        """Have a request handled.

        :raises Refused: for whatever was raised, in words that tell nothing they should not.
        """
        try:
            return self.handle(interface, message, environ)
        except Refused as refused:
            refusal = worded_for(refused.refusal, interface.request, self.service.segment)
            raise Refused(refusal, refused.message_id or _message_id(message)) from None
        except Exception as error:
            log_failure(f"{interface.number} {interface.operation} failed", error)
            raise Refused(refusal_of(error), _message_id(message)) from None

    def write(self, interface: Interface, message: object, response: object) -> etree._Element:
        """Write the envelope of a response.

        :raises Refused: where it cannot be written, or its WSDL forbids it.
        """
        try:
            return in_envelope(self._element(interface, response))
        except Exception as error:
            log_failure(f"{interface.number} {interface.operation} has no valid response", error)
            raise Refused(refusal_of(error), _message_id(message)) from None

    def fault(self, refused: Refused) -> etree._Element:
        """Write the envelope of a fault."""
        _note(outcome=refused.refusal.code.value, message_id=refused.message_id)
        return fault_envelope(refused.refusal, namespace=self.service.namespace, message_id=refused.message_id)

    def _element(self, interface: Interface, response: object) -> etree._Element:
        if not isinstance(response, interface.response):
            raise TypeError(f"{interface.response.__name__} is wanted")
        service = self.service
        element = to_xml(response, response_element(interface), service.namespace, segment=service.segment)
        if self.check is not None:
            self.check(element)
        return element


class Dispatch:
    """Answers the messages of one service, each of which is parsed once."""

    def __init__(self, exchange: Exchange, *, hot: Collection[Interface], others: Answering) -> None:
        """Describe it.

        :param hot: what is answered without spyne.
        :param others: answers all else.
        """
        self._exchange = exchange
        self._hot = frozenset(interface.operation for interface in hot)
        self._others = others

    def __call__(self, environ: "WSGIEnvironment", body: bytes, charset: str | None) -> Response:
        """Answer a whole message, by its response or a fault."""
        exchange = self._exchange
        try:
            request = read_envelope(body, charset=charset)
            interface = exchange.interface_of(request)
            if interface.operation not in self._hot:
                return self._others(environ, request)
            message = exchange.read(request, interface)
            envelope = exchange.write(interface, message, exchange.answer(interface, message, environ))
        except Refused as refused:
            return response_of(exchange.fault(refused), status=FAULT, retry_after=refused.refusal.retry_after)
        return response_of(envelope)


def _message_id(message: object) -> str | None:
    return getattr(message, "message_id", None)


def _note(**values: str | None) -> None:
    """Note what log lines of this request bear from here on."""
    structlog.contextvars.bind_contextvars(**{name: value for name, value in values.items() if value is not None})
