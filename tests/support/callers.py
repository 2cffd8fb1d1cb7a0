"""The three retailers' systems, and how tests have a use case carried out for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from schemas.codes import Segment
from tests.support.cast import CURRENT, NEW, OTHER
from usecases.actors import RetailerSystem
from usecases.hub import Hub

Response = TypeVar("Response")


@dataclass(frozen=True)
class Caller:
    """A retailer's system, and the segment of the address that it calls."""

    actor: RetailerSystem
    segment: Segment | None
    """None at the address of what all segments share."""

    @property
    def retailer_code(self) -> str:
        """Whose system it is."""
        return self.actor.retailer_code


def caller_of(code: str, *, segment: Segment | None = Segment.LOW_VOLTAGE) -> Caller:
    """Give a retailer as it calls the address of a segment."""
    return Caller(RetailerSystem(code, "127.0.0.1"), segment)


def ask(use_case: Callable[..., Response], request: object, caller: Caller, hub: Hub) -> Response:
    """Have a use case carried out for a caller."""
    return use_case(request, actor=caller.actor, segment=caller.segment, hub=hub)


def called(use_case: Callable[..., Any]) -> Callable[[object, Caller, Hub], Any]:
    """Make a use case of the registry a function of request, caller and hub."""
    return lambda request, caller, hub: ask(use_case, request, caller, hub)


NEW_RETAILER = caller_of(NEW)
CURRENT_RETAILER = caller_of(CURRENT)
OTHER_RETAILER = caller_of(OTHER)
