"""An application message as the stub works on it: the same for all kinds."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from grid_stub.examination import Content
from grid_stub.requests import FilingRequest
from rules.lone_application.registration import declared_work
from schemas.codes import ApplicationKind, Area, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.application_contents import ApplicationContent


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


def submission(
    request: FilingRequest, *, interface: Interface, kind: ApplicationKind, area: Area, segment: Segment
) -> Submission:
    """Read an application request of the grid's interfaces."""
    return Submission(
        area=area,
        segment=segment,
        kind=kind,
        process_kind=request.process_kind,
        message_id=request.message_id,
        retailer_code=request.retailer_code,
        number=request.application_number,
        case_number=vars(request).get("case_number"),
        content=None if request.process_kind is ProcessKind.WITHDRAW else _content(request, kind),
        digest=_digest(request, interface),
    )


def _content(request: FilingRequest, kind: ApplicationKind) -> Content:
    content = ApplicationContent.of(request)
    return Content(
        kind=kind,
        filed_on=request.filed_on,
        point_number=content.point_number,
        effective_date=content.effective_date,
        meter_work=declared_work(kind, content.meter_work),
        supply_kind=content.supply_kind,
        contract_basis=content.contract_basis,
        contract_capacity=content.contract_capacity,
        high_voltage=content.high_voltage_terms,
        purchase=content.purchase_contract,
    )


def _digest(request: Any, interface: Interface) -> str:
    values = asdict(request) | {"message_id": interface.number}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
