"""The way of each message: hot operations straight to what handles them, all others by spyne.

spyne takes some of each message's time, however small it is (docs/performance.md): much of what one costs that is sent
at volume and asks little of the database. Both ways take the same steps, and answer the same bytes.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from schemas.contract import Interface
from schemas.findings import Refused
from soap.envelope import read_envelope
from soap.exchange import Exchange
from soap.response import FAULT, Response, response_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Answering = Callable[["WSGIEnvironment", Element], Response]
"""Answers a message by the one element in its Body."""


class Dispatch:
    """Answers the messages of one service, each of which is parsed once."""

    def __init__(self, exchange: Exchange, *, hot: Collection[Interface], others: Answering) -> None:
        """Describe it.

        :param hot: what is answered without spyne.
        :param others: answers all else.
        """
        self._exchange = exchange
        self._hot = frozenset(interface.operation for interface in hot)
        self._others = others

    def __call__(self, environ: "WSGIEnvironment", body: bytes, charset: str | None) -> Response:
        """Answer a whole message, by its response or a fault."""
        exchange = self._exchange
        try:
            request = read_envelope(body, charset=charset)
            interface = exchange.interface_of(request)
            if interface.operation not in self._hot:
                return self._others(environ, request)
            message = exchange.read(request, interface)
            envelope = exchange.write(interface, message, exchange.answer(interface, message, environ))
        except Refused as refused:
            return response_of(exchange.fault(refused), status=FAULT, retry_after=refused.refusal.retry_after)
        return response_of(envelope)
