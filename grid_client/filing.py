"""Requests to the grid operators, made from what a retailer filed."""

from datetime import date
from uuid import uuid4

from schemas.codes import ApplicationKind, ProcessKind, Segment
from schemas.contract import Interface, members, values_of
from schemas.grid import HUB_ITSELF, grid_interfaces_of


def application_interface(kind: ApplicationKind, segment: Segment) -> Interface:
    """Give the grid's interface that takes an application."""
    return next(interface for interface in grid_interfaces_of(segment) if interface.applies_for is kind)


def status_interface(kind: ApplicationKind, segment: Segment) -> Interface:
    """Give the grid's interface that tells where an application stands."""
    return next(interface for interface in grid_interfaces_of(segment) if interface.tells_status_of is kind)


def filing(
    content: object,
    *,
    interface: Interface,
    process_kind: ProcessKind,
    message_id: str,
    retailer_code: str,
    application_number: str,
    filed_on: date | None,
) -> object:
    """Make the request that files or corrects an application with a retailer's content.

    :param retailer_code: of the retailer that filed it first.
    :param filed_on: the day on which the hub stored this content.
    """
    head = {
        "message_id": message_id,
        "retailer_code": retailer_code,
        "application_number": application_number,
        "process_kind": process_kind,
        "filed_on": filed_on,
    }
    values = values_of(content)
    body = {member.name: values[member.name] for member in members(interface.request) if member.name not in head}
    return interface.request(**head, **body)


def withdrawal(
    *, interface: Interface, message_id: str, retailer_code: str, application_number: str, case_number: str | None
) -> object:
    """Make the request that takes an application back (取消).

    :param case_number: the case it belongs to, where it belongs to one.
    """
    values = {
        "message_id": message_id,
        "retailer_code": retailer_code,
        "application_number": application_number,
        "process_kind": ProcessKind.WITHDRAW,
        "case_number": case_number,
    }
    return interface.request(**{member.name: values.get(member.name) for member in members(interface.request)})


def status_inquiry(*, interface: Interface, application_number: str) -> object:
    """Make the hub's own question where an application stands."""
    return interface.request(message_id=str(uuid4()), retailer_code=HUB_ITSELF, application_number=application_number)
