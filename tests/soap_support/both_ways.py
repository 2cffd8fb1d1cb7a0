"""A service that sends each message both ways, past spyne and through it, and holds their answers to the same bytes."""

from contextvars import copy_context
from typing import TYPE_CHECKING

import pytest
import structlog

from soap.checking import ResponseCheck
from soap.dispatch import Dispatch, Exchange, Handle
from soap.guard import Admit, Answering, Guard
from soap.protocol import BySpyne
from soap.response import Response
from soap.service import SoapService
from soap.wsdl import spyne_application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment


def asked_both_ways(
    service: SoapService, *, wsdl: bytes, handle: Handle, admit: Admit | None = None
) -> "WSGIApplication":
    """Serve a service as ``soap_wsgi`` does; a test in which the ways part fails. ``handle`` is asked twice."""
    exchange = Exchange(service, handle, ResponseCheck(wsdl))
    spyne = BySpyne(spyne_application(exchange))
    through_spyne = Dispatch(exchange, hot=(), others=spyne)
    past_spyne = Dispatch(exchange, hot=service.interfaces, others=spyne)

    def answer(environ: "WSGIEnvironment", body: bytes, charset: str | None) -> Response:
        other = copy_context().run(_outcome, through_spyne, environ, body, charset)
        own = _outcome(past_spyne, environ, body, charset)
        if _told(own) != _told(other):
            pytest.fail(f"past spyne {own}, through spyne {other}")
        result, _ = own
        if isinstance(result, Exception):
            raise result
        return result

    return Guard(answer, namespace=service.namespace, wsdl=wsdl, admit=admit)


_Outcome = tuple[Response | Exception, dict[str, object]]
"""What was answered or raised, and what log lines bear of it."""


def _outcome(way: Answering, environ: "WSGIEnvironment", body: bytes, charset: str | None) -> _Outcome:
    try:
        result: Response | Exception = way(environ, body, charset)
    except Exception as error:
        result = error
    return result, dict(structlog.contextvars.get_contextvars())


def _told(outcome: _Outcome) -> object:
    result, noted = outcome
    return type(result) if isinstance(result, Exception) else result, noted
