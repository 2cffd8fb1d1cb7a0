"""spyne's SOAP 1.1 with its reading and writing of messages replaced by the catalogue's."""

import logging
import math
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import spyne.const
import structlog
from lxml import etree
from spyne import Fault
from spyne.const.http import HTTP_500
from spyne.protocol.soap import Soap11

from schemas.codes import Segment
from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.reading import Faulty
from schemas.refusal_codes import RefusalCode
from schemas.wording import worded_for
from soap.checking import ResponseCheck
from soap.envelope import in_envelope, read_envelope
from soap.failures import log_failure, refusal_of
from soap.faults import fault_envelope
from soap.names import RETRY_AFTER, in_namespace
from soap.reading import from_xml, message_id_of
from soap.service import SoapService, response_element
from soap.writing import to_xml

Handle = Callable[[Interface, object, Mapping[str, Any]], object]

spyne.const.MIN_GC_INTERVAL = math.inf  # or spyne collects garbage after a request, once a second
logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)  # it logs whole messages


class RefusalFault(Fault):  # type: ignore[misc]
    """Carries a refusal through spyne."""

    def __init__(self, refusal: Refusal, message_id: str | None = None) -> None:
        super().__init__("Client", refusal.code.value)
        self.refusal = refusal
        self.message_id = message_id


def calling(handle: Handle, interface: Interface, segment: Segment | None) -> Callable[[Any, object], object]:
    """Wrap ``handle`` for spyne: what it raises becomes a fault, and tells nothing it should not."""

    def call(ctx: Any, request: object) -> object:
        message_id = getattr(request, "message_id", None)
        try:
            return handle(interface, request, ctx.transport.req_env)
        except Refused as refused:
            refusal = worded_for(refused.refusal, interface.request, segment)
            raise RefusalFault(refusal, refused.message_id or message_id) from None
        except Exception as error:
            log_failure(f"{interface.number} {interface.operation} failed", error)
            raise RefusalFault(refusal_of(error), message_id) from None

    return call


class StrictSoap11(Soap11):  # type: ignore[misc]
    """One service's protocol, for both directions."""

    def __init__(self, service: SoapService, check: ResponseCheck | None = None) -> None:
        super().__init__()
        self._service = service
        self._check = check

    def create_in_document(self, ctx: Any, charset: str | None = None) -> None:
        """Parse the envelope; spyne's own also resolves ids and hrefs across the message."""
        try:
            ctx.in_document = read_envelope(b"".join(ctx.in_string), charset=charset)
        except Refused as refused:
            raise RefusalFault(refused.refusal) from None

    def decompose_incoming_envelope(self, ctx: Any, message: Any = None) -> None:
        """Find the operation by the element in the Body."""
        request: Element = ctx.in_document
        interface = self._service.interface_of(request.tag.rpartition("}")[2])
        if interface is None or request.tag != in_namespace(self._service.namespace, interface.operation):
            raise RefusalFault(Refusal(RefusalCode.UNKNOWN_OPERATION))
        _note(interface=interface.number_in(self._service.segment))
        ctx.in_body_doc = request
        ctx.method_request_string = request.tag

    def deserialize(self, ctx: Any, message: Any) -> None:
        """Read the typed request, or refuse it with every finding."""
        request: Element = ctx.in_body_doc
        result = from_xml(request, self._interface(ctx).request, segment=self._service.segment)
        if isinstance(result, Faulty):
            raise RefusalFault(Refusal(RefusalCode.FORM, result.findings), message_id_of(request))
        _note(message_id=getattr(result, "message_id", None))
        ctx.in_object = result

    def serialize(self, ctx: Any, message: Any) -> None:
        """Write the response or the fault; a response that cannot be written becomes a fault."""
        if ctx.out_error is None:
            try:
                ctx.out_document = in_envelope(self._response(ctx))
                return
            except Exception as error:
                interface = self._interface(ctx)
                log_failure(f"{interface.number} {interface.operation} has no valid response", error)
                ctx.out_error = RefusalFault(refusal_of(error), self._message_id(ctx))
                ctx.transport.resp_code = HTTP_500
        ctx.out_document = self._fault(ctx)

    def _response(self, ctx: Any) -> etree._Element:
        interface = self._interface(ctx)
        (response,) = ctx.out_object
        if not isinstance(response, interface.response):
            raise TypeError(f"{interface.response.__name__} is wanted")
        service = self._service
        element = to_xml(response, response_element(interface), service.namespace, segment=service.segment)
        if self._check is not None:
            self._check(element)
        return element

    def _fault(self, ctx: Any) -> etree._Element:
        error: Exception = ctx.out_error
        if not isinstance(error, RefusalFault):
            log_failure("spyne failed", error)
            error = RefusalFault(refusal_of(error))
        _note(outcome=error.refusal.code.value, message_id=error.message_id)
        if error.refusal.retry_after is not None:
            ctx.transport.resp_headers[RETRY_AFTER] = str(error.refusal.retry_after)
        return fault_envelope(error.refusal, namespace=self._service.namespace, message_id=error.message_id)

    def _interface(self, ctx: Any) -> Interface:
        interface = self._service.interface_of(ctx.descriptor.operation_name)
        assert interface is not None
        return interface

    def _message_id(self, ctx: Any) -> str | None:
        return next((getattr(request, "message_id", None) for request in ctx.in_object or ()), None)


def forget(ctx: Any) -> None:
    """Let go of the message when it is answered.

    spyne's contexts hold one another in circles, which Python's collector breaks some hundreds of requests later:
    without this, hundreds of megabytes of refused messages wait for it.
    """
    ctx.in_string = ctx.in_document = ctx.in_body_doc = ctx.in_object = ctx.in_error = None
    ctx.out_object = ctx.out_document = ctx.out_string = ctx.out_error = None


def _note(**values: str | None) -> None:
    """Note what log lines of this request bear from here on."""
    structlog.contextvars.bind_contextvars(**{name: value for name, value in values.items() if value is not None})
