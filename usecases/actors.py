"""Who does something: the actor that every face hands to a use case."""

from dataclasses import dataclass, field
from typing import ClassVar

from models.users.queries import Viewer
from rules.access.standing import Capacity, Standing


@dataclass(frozen=True)
class RetailerSystem:
    """A retailer's system, known by the certificate of its connection."""

    retailer_code: str
    source_address: str
    user_id: ClassVar[None] = None
    capacity: ClassVar[Standing] = Standing(frozenset({Capacity.SYSTEM}))


@dataclass(frozen=True)
class RetailerPerson:
    """Somebody of a retailer who is logged in at a screen."""

    retailer_code: str
    source_address: str
    user_id: str
    capacity: Standing


@dataclass(frozen=True)
class FileRow:
    """A row of a bulk file, on behalf of the person who confirmed the file, with the right that they have now."""

    retailer_code: str
    source_address: str
    user_id: str
    capacity: Standing


@dataclass(frozen=True)
class HubOperator:
    """Somebody of the hub operator, at a screen or at a command line."""

    user_id: str
    source_address: str = ""
    """Empty at a command line."""
    retailer_code: ClassVar[None] = None
    capacity: Standing = field(kw_only=True)


@dataclass(frozen=True)
class Maintainer:
    """Whoever runs the hub's processes, at the machine itself, which lets nobody else in: no name is asked for."""

    user_id: ClassVar[None] = None
    source_address: ClassVar[str] = ""
    retailer_code: ClassVar[None] = None
    capacity: ClassVar[Standing] = Standing(frozenset({Capacity.MAINTAINER}))


Retailer = RetailerSystem | RetailerPerson | FileRow
Person = RetailerPerson | HubOperator
Actor = Retailer | HubOperator
Operator = HubOperator | Maintainer
"""Who looks after the hub itself: its records, its clock, how it calls the grid operators."""


def person(viewer: Viewer, *, source_address: str = "") -> RetailerPerson | HubOperator:
    if viewer.retailer_code is None:
        return HubOperator(viewer.user_id, source_address, capacity=viewer.standing)
    return RetailerPerson(viewer.retailer_code, source_address, viewer.user_id, viewer.standing)
