"""A pair of applications that stands in the hub and in the stub alike."""

from typing import Any

from schemas.codes import ApplicationKind, Area, MeterWork, Segment
from tests.support import decisions
from tests.support.grid import Grid
from tests.support.grid_requests import end_request, start_request
from tests.support.hub import Hub

PLACE = (Area.TOKYO, Segment.LOW_VOLTAGE)
"""Where it stands."""


def matched_pair(hub: Hub, grid: Grid, **changes: object) -> str:
    """Bring a case to both applications, and the same two into the stub, where they match."""
    case = hub.open(**changes)
    hub.give(case, decisions.decide)
    hub.apply_both(case)
    state = hub.state(case)
    same: dict[str, Any] = {
        "case_number": case,
        "point_number": state.point_number,
        "effective_date": state.effective_date,
    }
    grid.send(ApplicationKind.START, start_request(number=state.start.number, meter_work=MeterWork.NEEDED, **same))
    grid.send(ApplicationKind.END, end_request(number=state.end.number, **same))
    return case
