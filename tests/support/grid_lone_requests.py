"""Applications that need no other one, as they are sent to the grid stub."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from rules.calendar import day_of
from schemas.codes import ApplicationKind, Area, Segment
from schemas.contract import Interface, members
from schemas.grid import grid_interfaces_of
from schemas.interfaces.filing import PurchaseContract
from tests.soap_support.examples import typed_example
from tests.support.cast import NEW
from tests.support.grid import Grid
from tests.support.grid_requests import new_number, new_point

LOW = Segment.LOW_VOLTAGE


def interface_for(kind: ApplicationKind) -> Interface:
    """Give the grid\'s interface that takes a kind in 低圧託送."""
    return next(each for each in grid_interfaces_of(LOW) if each.applies_for is kind)


def content(interface: Interface, grid: Grid, *, segment: Segment = LOW, **changes: Any) -> Any:
    """Fill in a sound application for tomorrow, at a point that no test had before."""
    today = day_of(grid.now())
    values: dict[str, Any] = {
        "message_id": str(uuid4()),
        "retailer_code": NEW,
        "application_number": new_number(day=today),
        "filed_on": today,
        "point_number": new_point(),
        "effective_date": today + timedelta(days=1),
        "purchase_contract": PurchaseContract(
            facility_id="A123456A13", contracted_on=today, procurement_ends_on=today + timedelta(days=900)
        ),
    }
    names = {member.name for member in members(interface.request, segment)}
    own = {name: value for name, value in (values | changes).items() if name in names}
    return typed_example(interface.request, segment=segment, **own)


def send(grid: Grid, interface: Interface, request: Any, *, segment: Segment = LOW) -> Any:
    """Send it to the grid operator that its number names."""
    area = Area(request.application_number[2:4])
    return grid.client.call(area=area, segment=segment, interface_number=interface.number, request=request)
