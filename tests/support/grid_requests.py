"""Start and end applications as they are sent to the grid stub."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from rules.numbers import application_number, case_number
from schemas.codes import ApplicationKind, Area, ContractBasis, MeterWork, ProcessKind, Segment, SupplyKind
from schemas.contract import members
from schemas.grid import grid_interface
from tests.support.cast import CONTRACT_NUMBER, CURRENT, HOLDER, NEW, TELEPHONE, consent

SEGMENT = Segment.LOW_VOLTAGE
NUMBERS = {ApplicationKind.START: "10610", ApplicationKind.END: "10710"}
"""Of the interface that takes each."""

_serials = count(1)


def new_number(
    area: Area = Area.TOKYO, *, make: Callable[..., str] = application_number, day: date = date(2026, 8, 12)
) -> str:
    """Make an application number that no test had before, of a registration on ``day``."""
    return make(area=area, segment=SEGMENT, day=day, serial=next(_serials))


def new_point(area: Area = Area.TOKYO) -> str:
    """Make the number of a point that no test had before."""
    return f"{area.value}{next(_serials):016d}0001"


def start_request(*, number: str | None = None, area: Area = Area.TOKYO, retailer: str = NEW, **changes: Any) -> Any:
    """Fill in a start application."""
    content = {
        "point_number": new_point(area),
        **HOLDER,
        "telephone": TELEPHONE,
        "supply_kind": SupplyKind.LIGHTING,
        "contract_basis": ContractBasis.MEASURED_DEMAND,
        "contract_capacity": 40,
        "meter_work": MeterWork.NOT_NEEDED,
        "consent": consent(),
    }
    return _request(ApplicationKind.START, number or new_number(area), retailer, content | changes)


def end_request(*, number: str | None = None, area: Area = Area.TOKYO, retailer: str = CURRENT, **changes: Any) -> Any:
    """Fill in an end application."""
    content = {"point_number": new_point(area), "contract_number": CONTRACT_NUMBER}
    return _request(ApplicationKind.END, number or new_number(area), retailer, content | changes)


def withdrawal_request(kind: ApplicationKind, number: str, **changes: Any) -> Any:
    """Fill in a 取消."""
    retailer = changes.pop("retailer", NEW if kind is ApplicationKind.START else CURRENT)
    return _request(kind, number, retailer, {"process_kind": ProcessKind.WITHDRAW, "consent": None} | changes)


def _request(kind: ApplicationKind, number: str, retailer: str, content: Mapping[str, Any]) -> Any:
    request = grid_interface(NUMBERS[kind], SEGMENT).request
    head = {
        "message_id": str(uuid4()),
        "retailer_code": retailer,
        "application_number": number,
        "process_kind": ProcessKind.REGISTER,
        "case_number": new_number(Area(number[2:4]), make=case_number),
    }
    names = [member.name for member in members(request)]
    values = dict.fromkeys(names) | head | dict(content)
    return request(**{name: values[name] for name in names})
