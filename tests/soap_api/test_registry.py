"""Every interface that is served is answered by one function, and every function answers one."""

import pytest

from runtime.soap.service import SoapService
from soap_api.registry import HANDLERS
from soap_api.wsdl import SERVICES

OPERATIONS = sorted({interface.operation for service in SERVICES for interface in service.interfaces})


def test_what_is_served_is_answered_and_nothing_else() -> None:
    assert sorted(HANDLERS) == OPERATIONS


def test_handlers_are_named_after_their_operation() -> None:
    for operation in OPERATIONS:
        words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation)
        assert HANDLERS[operation].__name__ == words


@pytest.mark.parametrize("service", SERVICES, ids=[service.name for service in SERVICES])
def test_a_switch_can_be_carried_out_in_each_segment(service: SoapService) -> None:
    switch = {"10610", "10620", "10710", "10720", "11110", "12110", "12210", "12310", "12410"}
    if service.segment is not None:
        assert switch <= {interface.number for interface in service.interfaces}
