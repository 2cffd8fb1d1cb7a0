"""Every interface of the catalogue is answered by one function, and no function by none."""

from schemas.catalogue import INTERFACES
from soap_api.registry import HANDLERS
from soap_api.wsdl import SERVICES


def test_every_interface_has_its_handler() -> None:
    assert set(HANDLERS) == {interface.number for interface in INTERFACES}


def test_handlers_are_named_after_their_operation() -> None:
    for interface in INTERFACES:
        words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in interface.operation)
        assert HANDLERS[interface.number].__name__ == words


def test_what_is_served_is_answered() -> None:
    for service in SERVICES:
        assert {interface.number for interface in service.interfaces} <= set(HANDLERS), service.name
