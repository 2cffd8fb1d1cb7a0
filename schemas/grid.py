"""The contract between the hub and the systems of the grid operators (スイッチング連携システム).

It follows from the hub's own: a relayed interface keeps its number, its operation and its fields, in each
segment those that it has there.
The message id is the hub's own, and four things are added: in whose name the hub calls, which stays the one that an
application was filed under; the application's number where the retailer's message has none yet; the day on which the
hub stored what it sends; and the grid operator's answer.
"""

from dataclasses import dataclass, field, make_dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, get_type_hints

from schemas import fields
from schemas.catalogue import INTERFACES
from schemas.codes import ApplicationState, Flag, MeterWork, Segment
from schemas.contract import Interface
from schemas.interfaces.common import GRID_FINDINGS, GridFinding

_NAMESPACE_ROOT = "urn:jp:switching-hub:2026:grid:"

HUB_ITSELF = "HUB0"
"""Stands in ``retailerCode`` where the hub asks for itself, as its status watch does."""

FILED_ON = fields.DAY.called(
    "申請日", "この内容の登録・訂正を広域機関が保存した日。異動日の限りはこの日から数える。取消では省略する。"
)

TOO_LATE_RULE = "too-late"
"""Rule that a grid operator names where an application came too late, so that a later status says so too."""


@dataclass(frozen=True, kw_only=True)
class GridAnswer:
    """What a grid operator answers to an application: received (受付) or defective (不備), at once."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    application_number: Annotated[str, fields.APPLICATION_NUMBER]
    application_state: Annotated[ApplicationState, fields.APPLICATION_STATE]
    effective_date: Annotated[date | None, fields.EFFECTIVE_DATE]
    meter_work: Annotated[MeterWork | None, fields.METER_WORK]
    duplicate: Annotated[Flag, fields.FLAG.called("重複", "同じ目的の申請が別の番号で受付済みか。")]
    too_late: Annotated[Flag, fields.FLAG.called("期限超過", "期限を過ぎたために受け付けなかったか。")]
    findings: Annotated[tuple[GridFinding, ...], GRID_FINDINGS]
    processed_at: Annotated[datetime, fields.MOMENT.called("処理日時", "一般送配電事業者が処理した日時。")]


def grid_namespace(segment: Segment) -> str:
    """Give the XML namespace of a segment's interfaces at the grid operators."""
    return _NAMESPACE_ROOT + segment.value


@cache
def grid_interfaces_of(segment: Segment) -> tuple[Interface, ...]:
    """Derive the interfaces that a grid operator serves for a segment."""
    return tuple(_at_grid(interface) for interface in INTERFACES if interface.relayed and segment in interface.segments)


@cache
def grid_interface(number: str, segment: Segment) -> Interface:
    """Find one interface of the grid operators by its number without letter."""
    return next(interface for interface in grid_interfaces_of(segment) if interface.number == number)


@cache
def _at_grid(interface: Interface) -> Interface:
    is_application = interface.applies_for is not None
    head: list[tuple[str, Any] | tuple[str, Any, Any]] = [
        ("message_id", Annotated[str, fields.MESSAGE_ID]),
        ("retailer_code", Annotated[str, fields.RETAILER_CODE]),
    ]
    if is_application:
        head.append(("application_number", Annotated[str, fields.APPLICATION_NUMBER]))
        head.append(("filed_on", Annotated[date | None, FILED_ON], field(default=None)))
    taken = {name for name, *_ in head}
    hints = get_type_hints(interface.request, include_extras=True)
    body: list[tuple[str, Any, Any]] = [
        (attribute.name, hints[attribute.name], field(default=attribute.default, repr=attribute.repr))
        for attribute in dataclass_fields(interface.request)
        if attribute.name not in taken
    ]
    return replace(
        interface,
        request=make_dataclass(f"Grid{interface.request.__name__}", [*head, *body], frozen=True, kw_only=True),
        response=GridAnswer if is_application else interface.response,
    )
