"""The grid operators' contract follows from the hub's own."""

import pytest

from schemas import fields
from schemas.catalogue import interfaces_of
from schemas.checks import check
from schemas.codes import Segment
from schemas.contract import Interface, members
from schemas.grid import HUB_ITSELF, GridAnswer, grid_interface, grid_interfaces_of, grid_namespace

RELAYED = [(interface, segment) for segment in Segment for interface in interfaces_of(segment) if interface.relayed]
EVERY_RELAYED = pytest.mark.parametrize(
    ("interface", "segment"),
    RELAYED,
    ids=[interface.number_in(segment) for interface, segment in RELAYED],
)


def names(message: type, segment: Segment) -> list[str]:
    return [member.name for member in members(message, segment)]


@pytest.mark.parametrize("segment", list(Segment))
def test_it_has_the_relayed_interfaces_and_no_others(segment: Segment) -> None:
    derived = [(interface.number, interface.operation, interface.label) for interface in grid_interfaces_of(segment)]
    assert derived == [
        (interface.number, interface.operation, interface.label) for interface, of in RELAYED if of is segment
    ]


@EVERY_RELAYED
def test_a_request_begins_with_message_id_and_on_whose_behalf_it_is_sent(
    interface: Interface, segment: Segment
) -> None:
    request = grid_interface(interface.number, segment).request
    assert names(request, segment)[:2] == ["message_id", "retailer_code"]
    assert all(member.required for member in members(request, segment)[:2])


@EVERY_RELAYED
def test_a_request_carries_every_field_of_the_retailers(interface: Interface, segment: Segment) -> None:
    request = grid_interface(interface.number, segment).request
    at_grid = {member.name: member for member in members(request, segment)}
    own = members(interface.request, segment)
    assert set(at_grid) - {member.name for member in own} <= {"retailer_code", "application_number", "filed_on"}
    for member in own:
        derived = at_grid[member.name]
        assert (derived.field, derived.item) == (member.field, member.item)
        if member.name != "application_number":
            assert derived == member


@EVERY_RELAYED
def test_an_application_always_carries_its_number_and_is_answered_at_once(
    interface: Interface, segment: Segment
) -> None:
    derived = grid_interface(interface.number, segment)
    assert derived.applies_for is interface.applies_for
    numbered = [member for member in members(derived.request, segment) if member.name == "application_number"]
    if interface.applies_for is not None:
        assert [(member.required, member.needed) for member in numbered] == [(True, None)]
    assert (derived.response is GridAnswer) == (interface.applies_for is not None)


@EVERY_RELAYED
def test_inquiries_are_answered_as_retailers_are(interface: Interface, segment: Segment) -> None:
    derived = grid_interface(interface.number, segment)
    assert derived.tells_status_of is interface.tells_status_of
    if interface.applies_for is None:
        assert derived.response is interface.response


def test_the_hub_itself_has_a_code_that_fits_and_is_no_retailers() -> None:
    assert check(fields.RETAILER_CODE, HUB_ITSELF) == (HUB_ITSELF, None)
    assert not HUB_ITSELF.isdigit()


def test_each_segment_has_a_namespace_of_its_own_apart_from_the_hubs() -> None:
    namespaces = {grid_namespace(segment) for segment in Segment}
    assert len(namespaces) == len(Segment)
    assert all(":grid:" in namespace for namespace in namespaces)
