"""An application message as the stub works on it: the same for all kinds."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from grid_stub.examine import Content
from rules.lone_application.registration import declared_work
from schemas.codes import ApplicationKind, Area, ProcessKind, Segment
from schemas.contract import Interface


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One message about one application."""

    area: Area
    segment: Segment
    kind: ApplicationKind
    process_kind: ProcessKind
    message_id: str
    retailer_code: str
    number: str
    case_number: str | None
    """None for an application on its own."""
    content: Content | None
    """None for a 取消."""
    digest: str
    """Over everything but the message id: equal digests are the same message sent again."""


def submission(request: Any, *, interface: Interface, area: Area, segment: Segment) -> Submission:
    """Read an application request of the grid's interfaces."""
    kind = interface.applies_for
    assert kind is not None, "only applications are submitted"
    return Submission(
        area=area,
        segment=segment,
        kind=kind,
        process_kind=request.process_kind,
        message_id=request.message_id,
        retailer_code=request.retailer_code,
        number=request.application_number,
        case_number=getattr(request, "case_number", None),
        content=None if request.process_kind is ProcessKind.WITHDRAW else _content(request, kind),
        digest=_digest(request, interface),
    )


def _content(request: Any, kind: ApplicationKind) -> Content:
    """What an interface does not have, its applications do not say."""
    return Content(
        kind=kind,
        filed_on=request.filed_on,
        point_number=request.point_number,
        effective_date=getattr(request, "effective_date", None),
        meter_work=declared_work(kind, getattr(request, "meter_work", None)),
        supply_kind=getattr(request, "supply_kind", None),
        contract_basis=getattr(request, "contract_basis", None),
        contract_capacity=getattr(request, "contract_capacity", None),
        high_voltage=getattr(request, "high_voltage_terms", None),
        purchase=getattr(request, "purchase_contract", None),
    )


def _digest(request: Any, interface: Interface) -> str:
    values = asdict(request) | {"message_id": interface.number}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
