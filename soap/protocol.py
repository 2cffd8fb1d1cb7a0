"""spyne's SOAP 1.1 with its reading and writing of messages replaced by the catalogue's."""

import io
import logging
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import spyne.const
from lxml import etree
from spyne import Fault
from spyne.const.http import HTTP_500
from spyne.protocol.soap import Soap11

from schemas.contract import Interface
from schemas.findings import Refused
from soap.dispatch import Exchange
from soap.failures import log_failure, refusal_of
from soap.names import RETRY_AFTER
from soap.response import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_REQUEST = "hub.request"
"""Key in the WSGI environ: the element in the Body, which is parsed before spyne hears of the message."""

spyne.const.MIN_GC_INTERVAL = math.inf  # or spyne collects garbage after a request, once a second
logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)  # it logs whole messages


class RefusalFault(Fault):  # type: ignore[misc]
    """Carries a refusal through spyne."""

    def __init__(self, refused: Refused) -> None:
        super().__init__("Client", refused.refusal.code.value)
        self.refused = refused


def calling(exchange: Exchange, interface: Interface) -> Callable[[Any, object], object]:
    """Give what spyne calls for a request of an interface."""

    def call(ctx: Any, message: object) -> object:
        try:
            return exchange.answer(interface, message, ctx.transport.req_env)
        except Refused as refused:
            raise RefusalFault(refused) from None

    return call


class BySpyne:
    """Answers the messages of one service through spyne's WSGI application of it."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", request: Element) -> Response:
        """Answer a message by the one element in its Body."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            started.append((status, headers))

        whole = {**environ, _REQUEST: request, "wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0"}  # it is read already
        try:
            body = b"".join(self._application(whole, start))
        finally:
            del whole[_REQUEST]  # what spyne holds in circles holds this too
        return Response(*started[-1], body)


class StrictSoap11(Soap11):  # type: ignore[misc]
    """One service's protocol, for both directions."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self._exchange = exchange

    def create_in_document(self, ctx: Any, charset: str | None = None) -> None:
        """Leave the request where it is, parsed; spyne's own also resolves ids and hrefs across the message."""

    def decompose_incoming_envelope(self, ctx: Any, message: Any = None) -> None:
        """Name the operation by the element in the Body."""
        ctx.method_request_string = _request(ctx).tag

    def deserialize(self, ctx: Any, message: Any) -> None:
        """Read the typed request, or refuse it with every finding."""
        try:
            ctx.in_object = self._exchange.read(_request(ctx), self._interface(ctx))
        except Refused as refused:
            raise RefusalFault(refused) from None

    def serialize(self, ctx: Any, message: Any) -> None:
        """Write the response or the fault; a response that cannot be written becomes a fault."""
        if ctx.out_error is None:
            (request,), (response,) = ctx.in_object, ctx.out_object
            try:
                ctx.out_document = self._exchange.write(self._interface(ctx), request, response)
                return
            except Refused as refused:
                ctx.out_error = RefusalFault(refused)
                ctx.transport.resp_code = HTTP_500
        ctx.out_document = self._fault(ctx)

    def _fault(self, ctx: Any) -> etree._Element:
        error: Exception = ctx.out_error
        if isinstance(error, RefusalFault):
            refused = error.refused
        else:
            log_failure("spyne failed", error)
            refused = Refused(refusal_of(error))
        if refused.refusal.retry_after is not None:
            ctx.transport.resp_headers[RETRY_AFTER] = str(refused.refusal.retry_after)
        return self._exchange.fault(refused)

    def _interface(self, ctx: Any) -> Interface:
        interface = self._exchange.service.interface_of(ctx.descriptor.operation_name)
        assert interface is not None
        return interface


def _request(ctx: Any) -> Element:
    request: Element = ctx.transport.req_env[_REQUEST]
    return request


def forget(ctx: Any) -> None:
    """Let go of the message when it is answered.

    spyne's contexts hold one another in circles, which Python's collector breaks some hundreds of requests later:
    without this, hundreds of megabytes of refused messages wait for it.
    """
    ctx.in_object = ctx.in_error = None
    ctx.out_object = ctx.out_document = ctx.out_string = ctx.out_error = None
