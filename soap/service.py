"""What one SOAP service is: a WSDL's namespace, and the interfaces of the catalogue it offers."""

from dataclasses import dataclass
from functools import cached_property

from schemas.codes import Segment
from schemas.contract import Interface


@dataclass(frozen=True)
class SoapService:
    """One service, one WSDL, one namespace."""

    name: str
    """Name of the ``wsdl:service``; clients make class names of it."""
    namespace: str
    interfaces: tuple[Interface, ...]
    segment: Segment | None

    def action(self, interface: Interface) -> str:
        """Give the soapAction of an interface."""
        return soap_action(self.namespace, interface, self.segment)

    def interface_of(self, operation: str) -> Interface | None:
        """Find the interface of an operation."""
        return self._by_operation.get(operation)

    @cached_property
    def _by_operation(self) -> dict[str, Interface]:
        return {interface.operation: interface for interface in self.interfaces}


def soap_action(namespace: str, interface: Interface, segment: Segment | None) -> str:
    """Name what a request is for: the namespace and the IF number."""
    return f"{namespace}/{interface.number_in(segment)}"


def response_element(interface: Interface) -> str:
    """Name the element that answers an interface."""
    return interface.operation + "Response"
