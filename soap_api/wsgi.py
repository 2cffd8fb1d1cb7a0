"""The hub's SOAP face as a WSGI application: one address for each segment, and one for what all share."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

from runtime.serving import PEER_CERTIFICATE
from runtime.slots.board import NoSlot
from runtime.succession import WORN_OUT
from schemas.catalogue import COMMON, namespace
from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.refusal_codes import RefusalCode
from soap.wsgi import SoapService, refusal_response, soap_wsgi, with_address
from soap_api.callers import identify
from soap_api.figures import counted
from soap_api.services import HOT, SERVICES, file_of, path_of
from usecases.actors import RetailerSystem
from usecases.hub import Hub
from usecases.registry import ANSWERING
from usecases.slots import NO_SLOT

_CALLER = "hub.caller"


def hub_wsgi(hub: Hub, *, public_url: str, hot: Collection[Interface] = HOT) -> WSGIApplication:
    """Make the application; another path than those of the WSDLs gets fault HUB-T010.

    :param public_url: what the WSDLs name as address, without path.
    :param hot: what is answered past spyne.
    """
    addresses = {path_of(service): _service_wsgi(service, hub, public_url, hot) for service in SERVICES}

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        application = addresses.get(environ.get("PATH_INFO", ""))
        if application is None:
            refusal = Refusal(RefusalCode.UNKNOWN_ADDRESS)
            return refusal_response(refusal, start_response, namespace=namespace(COMMON))
        answer = application(environ, start_response)
        if structlog.contextvars.get_contextvars().get("outcome") == RefusalCode.EXHAUSTED:
            environ[WORN_OUT] = True  # what a process holds of memory is given back by its end alone
        return answer

    return counted(called)


def _service_wsgi(service: SoapService, hub: Hub, public_url: str, hot: Collection[Interface]) -> WSGIApplication:
    def admit(environ: WSGIEnvironment) -> Refusal | None:
        caller = identify(
            environ.get(PEER_CERTIFICATE),
            source_address=environ["REMOTE_ADDR"],
            now=datetime.now(UTC),
            database=hub.database,
        )
        if isinstance(caller, Refusal):
            _note(source_address=environ["REMOTE_ADDR"], outcome=caller.code.value)
            return caller
        environ[_CALLER] = caller
        _note(retailer=caller.retailer_code)
        return None

    def answer(interface: Interface, request: object, caller: RetailerSystem) -> object:
        try:
            with hub.slots.begun(caller.retailer_code):
                return ANSWERING[interface.operation](request, actor=caller, segment=service.segment, hub=hub)
        except NoSlot as none:
            raise Refused(NO_SLOT[none.hindrance]) from None

    def handle(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        caller: RetailerSystem = environ[_CALLER]
        _note(interface=interface.number_in(service.segment))
        _note_case(request)
        try:
            response = answer(interface, request, caller)
        except Refused as refused:
            _note(outcome=refused.refusal.code.value)
            raise
        _note_case(response)
        _note(outcome="ok")
        return response

    return soap_wsgi(
        service,
        wsdl=with_address(file_of(service).read_bytes(), public_url + path_of(service)),
        handle=handle,
        admit=admit,
        hot=hot,
    )


def _note_case(message: object) -> None:
    """Note the case that every line logged from here on is about, and the application in it or on its own.

    Messages share no class, only names: here any that has the element counts, whatever the interface.
    """
    for name in ("case_number", "application_number"):
        value = getattr(message, name, None)
        if value is not None:
            _note(**{name: value})


def _note(**values: str) -> None:
    """Note what the access log will say of this request; the server forgets it at the next one."""
    structlog.contextvars.bind_contextvars(**values)
