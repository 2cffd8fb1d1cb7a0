"""The grid operators' contract follows from the hub's own."""

import pytest

from schemas import fields
from schemas.catalogue import INTERFACES, interfaces_of
from schemas.checks import check
from schemas.codes import Segment
from schemas.contract import Interface, members
from schemas.grid import HUB_ITSELF, GridAnswer, grid_interface, grid_interfaces_of, grid_namespace

LOW = Segment.LOW_VOLTAGE
RELAYED = [interface for interface in interfaces_of(LOW) if interface.relayed]
APPLICATIONS = ("10610", "10710")


def names(message: type) -> list[str]:
    return [member.name for member in members(message)]


def test_it_has_the_relayed_interfaces_and_no_others() -> None:
    derived = [(one.number, one.operation, one.label) for one in grid_interfaces_of(LOW)]
    assert derived == [(one.number, one.operation, one.label) for one in RELAYED]


@pytest.mark.parametrize("interface", RELAYED, ids=lambda interface: interface.number)
def test_a_request_begins_with_message_id_and_on_whose_behalf_it_is_sent(interface: Interface) -> None:
    request = grid_interface(interface.number, LOW).request
    assert names(request)[:2] == ["message_id", "retailer_code"]
    assert all(member.required for member in members(request)[:2])


@pytest.mark.parametrize("interface", RELAYED, ids=lambda interface: interface.number)
def test_a_request_carries_every_field_of_the_retailers(interface: Interface) -> None:
    at_grid = {member.name: member for member in members(grid_interface(interface.number, LOW).request)}
    for member in members(interface.request):
        derived = at_grid[member.name]
        assert (derived.field, derived.item) == (member.field, member.item)
        if member.name != "application_number":
            assert derived == member


@pytest.mark.parametrize("number", APPLICATIONS)
def test_an_application_always_carries_its_number_and_is_answered_at_once(number: str) -> None:
    interface = grid_interface(number, LOW)
    (numbered,) = (member for member in members(interface.request) if member.name == "application_number")
    assert numbered.required and numbered.needed is None
    assert interface.response is GridAnswer


@pytest.mark.parametrize("number", [one.number for one in RELAYED if one.number not in APPLICATIONS])
def test_inquiries_are_answered_as_retailers_are(number: str) -> None:
    (own,) = (interface for interface in INTERFACES if interface.number == number)
    assert grid_interface(number, LOW).response is own.response


def test_the_hub_itself_has_a_code_that_fits_and_is_no_retailers() -> None:
    assert check(fields.RETAILER_CODE, HUB_ITSELF) == (HUB_ITSELF, None)
    assert not HUB_ITSELF.isdigit()


def test_each_segment_has_a_namespace_of_its_own_apart_from_the_hubs() -> None:
    namespaces = {grid_namespace(segment) for segment in Segment}
    assert len(namespaces) == len(Segment)
    assert all(":grid:" in one for one in namespaces)
