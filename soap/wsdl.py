"""The spyne application of a service, and the WSDL that spyne makes of it."""

from collections.abc import Mapping
from typing import Any

from spyne import Application, Service, rpc
from spyne.server.wsgi import WsgiApplication

from schemas.contract import Interface
from schemas.fault import HubFault
from soap.dispatch import Exchange
from soap.names import in_namespace
from soap.polish import polish
from soap.protocol import StrictSoap11, calling, forget
from soap.service import SoapService, response_element
from soap.types import TypeFactory


def render_wsdl(service: SoapService, *, address: str) -> bytes:
    """Write the WSDL of a service; the same bytes in every process."""
    application = spyne_application(Exchange(service, _answer_nothing))
    application.doc.wsdl11.build_interface_document(address)
    return polish(application.doc.wsdl11.get_interface_document(), service)


def spyne_application(exchange: Exchange) -> Any:
    """Build spyne's WSGI application of a service."""
    service, types = exchange.service, TypeFactory(exchange.service.namespace, exchange.service.segment)
    operations = {item.operation: _operation(item, exchange=exchange, types=types) for item in service.interfaces}
    application = Application(
        [type(service.name, (Service,), operations)],
        service.namespace,
        name=service.name,
        in_protocol=StrictSoap11(exchange),
        out_protocol=StrictSoap11(exchange),
    )
    application.event_manager.add_listener("method_context_closed", forget)
    return WsgiApplication(application)


def _operation(interface: Interface, *, exchange: Exchange, types: TypeFactory) -> Any:
    service = exchange.service
    call = calling(exchange, interface)
    call.__name__ = interface.operation
    call.__doc__ = f"IF{interface.number_in(service.segment)} {interface.label}。{interface.meaning}"
    declare = rpc(
        types.group(interface.request, name=interface.operation),
        _returns=types.group(interface.response, name=response_element(interface)),
        _in_message_name=in_namespace(service.namespace, interface.operation),
        _out_message_name=in_namespace(service.namespace, response_element(interface)),
        _throws=[types.fault(HubFault)],
        _body_style="bare",  # the wrapper is the catalogue's message itself
        _wsdl_part_name="parameters",  # .NET looks for this name to unwrap
    )
    return declare(call)


def _answer_nothing(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
    raise NotImplementedError
