"""A small service with every form of field, so that the adapter is tested apart from the hub's own messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from schemas import codes, fields
from schemas.contract import Interface
from schemas.fields import group
from soap.wsdl import render_wsdl
from soap.wsgi import Admit, Handle, SoapService
from tests.soap_support.both_ways import asked_both_ways

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True, kw_only=True)
class ToyGroup:
    name: Annotated[str, fields.HOLDER_NAME]
    area: Annotated[codes.Area | None, fields.AREA]


@dataclass(frozen=True, kw_only=True)
class ToyRequest:
    message_id: Annotated[str, fields.MESSAGE_ID]
    text: Annotated[str, fields.ADDRESS]
    flag: Annotated[codes.Flag | None, fields.FLAG]
    day: Annotated[date | None, fields.DAY]
    moment: Annotated[datetime | None, fields.MOMENT]
    number: Annotated[int | None, fields.VERSION]
    areas: Annotated[tuple[codes.Area, ...], fields.AREA.many(3)]
    inner: Annotated[ToyGroup | None, group("まとまり", "1つだけ。")]
    rows: Annotated[tuple[ToyGroup, ...], group("行", "いくつか。", max_items=1_000)]


@dataclass(frozen=True, kw_only=True)
class ToyResponse(ToyRequest):
    """The same fields again."""


def _interface(number: str, operation: str) -> Interface:
    return Interface(
        number=number,
        operation=operation,
        label="試験",
        meaning="受け取った値を返す。",
        request=ToyRequest,
        response=ToyResponse,
        segments=frozenset(),
        relayed=False,
        category=codes.InterfaceCategory.PARTICIPANTS,
    )


TOY = SoapService(
    "Toy", "urn:jp:switching-hub:test:toy", (_interface("90010", "echo"), _interface("90020", "say")), None
)


@cache
def toy_wsdl() -> bytes:
    return render_wsdl(TOY, address="https://localhost/toy")


def toy_application(handle: Handle | None = None, *, admit: Admit | None = None) -> "WSGIApplication":
    """Serve the toy service, both ways of a message; without ``handle`` it answers with what it was sent."""
    return asked_both_ways(TOY, wsdl=toy_wsdl(), handle=handle or echo, admit=admit)


def echo(interface: Interface, request: object, environ: Mapping[str, Any]) -> ToyResponse:
    """Answer a request with its own values."""
    return ToyResponse(**vars(request))


def served() -> "WSGIApplication":
    """Be what a real server loads."""
    return toy_application()
