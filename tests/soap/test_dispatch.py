"""A message is answered the same, to the byte, whether it goes past spyne or through it.

All tests with the toy service hold both ways to the same bytes as well (``both_ways``).
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from weakref import ref
from xml.etree.ElementTree import Element

import pytest
from werkzeug.test import EnvironBuilder

from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.refusal_codes import RefusalCode
from soap.dispatch import Dispatch, Exchange, Handle
from soap.envelope import read_envelope
from soap.names import SOAP_ENVELOPE
from soap.protocol import BySpyne
from soap.response import Response
from soap.wsdl import spyne_application
from soap.wsgi import soap_wsgi
from tests.soap_support.calls import call_wsgi
from tests.soap_support.envelopes import envelope, request_bytes
from tests.soap_support.toy import TOY, echo, toy_application, toy_wsdl

VALID = {"messageId": "M-1", "text": "東京都"}
SOUND = request_bytes("echo", VALID, namespace=TOY.namespace)
SAYING = request_bytes("say", VALID, namespace=TOY.namespace)
ROWS = request_bytes("echo", {**VALID, "rows": [{"name": "髙橋"}] * 20}, namespace=TOY.namespace)
WRONG = request_bytes("echo", {**VALID, "flag": "x", "strange": "y"}, namespace=TOY.namespace)
NOT_UNDERSTOOD = f"<x xmlns:e='{SOAP_ENVELOPE}' e:mustUnderstand='1'/>"


def raising(error: Callable[[], Exception]) -> Handle:
    def handle(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        raise error()

    return handle


def unwritable(interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
    return replace(echo(interface, request, environ), text="\x01")


def forbidden(interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
    return replace(echo(interface, request, environ), text="長" * 3_000)


@pytest.mark.parametrize(
    ("body", "handle", "status", "said"),
    [
        (SOUND, echo, 200, "echoResponse"),
        (ROWS, echo, 200, "髙橋"),
        (WRONG, echo, 500, "HUB-F001"),
        (envelope(f"<a xmlns='{TOY.namespace}'/>"), echo, 500, "HUB-T008"),
        (envelope("<echo xmlns='urn:other'/>"), echo, 500, "HUB-T008"),
        (b"<a>", echo, 500, "HUB-T005"),
        (b"<!DOCTYPE a><a/>", echo, 500, "HUB-T006"),
        (b"<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'/>", echo, 500, "HUB-T007"),
        (envelope("<a/>", header=NOT_UNDERSTOOD), echo, 500, "HUB-T009"),
        (SOUND, raising(lambda: Refused(Refusal(RefusalCode.POINT_BUSY))), 500, "HUB-B002"),
        (SOUND, raising(lambda: Refused(Refusal(RefusalCode.POINT_BUSY), "M-2")), 500, "M-2"),
        (SOUND, raising(lambda: Refused(Refusal(RefusalCode.OVERLOADED))), 500, RefusalCode.OVERLOADED.value),
        (SOUND, raising(MemoryError), 500, "HUB-R007"),
        (SOUND, raising(ValueError), 500, "HUB-R004"),
        (SOUND, lambda *_: None, 500, "HUB-R004"),
        (SOUND, unwritable, 500, "HUB-R004"),
        (SOUND, forbidden, 500, "HUB-R004"),
    ],
    ids=[
        "answer",
        "list",
        "form",
        "unknown operation",
        "other namespace",
        "no XML",
        "doctype",
        "other SOAP",
        "header not understood",
        "business",
        "business with its message id",
        "try again later",
        "no memory",
        "internal error",
        "no response",
        "unwritable response",
        "response that its WSDL forbids",
    ],
)
def test_answers_are_the_same_past_spyne_and_through_it(body: bytes, handle: Handle, status: int, said: str) -> None:
    past = call_wsgi(soap_wsgi(TOY, wsdl=toy_wsdl(), handle=handle, hot=TOY.interfaces), body)
    through = call_wsgi(soap_wsgi(TOY, wsdl=toy_wsdl(), handle=handle), body)

    assert past[0] == status
    assert said in past[2].decode()
    assert (past[0], list(past[1].items()), past[2]) == (through[0], list(through[1].items()), through[2])


def test_who_may_try_again_is_told_when_both_ways() -> None:
    handle = raising(lambda: Refused(Refusal(RefusalCode.EXHAUSTED)))
    _, headers, _ = call_wsgi(toy_application(handle), SOUND)
    assert list(headers) == ["Content-Type", "Retry-After", "Content-Length"]


def test_ways_that_part_are_noticed() -> None:
    answers = iter(["東京都", "大阪府"])

    def fickle(interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        return replace(echo(interface, request, environ), text=next(answers))

    with pytest.raises(pytest.fail.Exception):
        call_wsgi(toy_application(fickle), SOUND)


def test_what_is_hot_goes_past_spyne_and_all_else_there_as_it_was_parsed() -> None:
    elements: list[Element] = []

    def others(environ: object, request: Element) -> Response:
        elements.append(request)
        return Response("200 OK", [], b"others")

    hot, cold = TOY.interfaces
    dispatch = Dispatch(Exchange(TOY, echo), hot=[hot], others=others)

    assert b"echoResponse" in dispatch({}, SOUND, "utf-8").body
    assert dispatch({}, SAYING, "utf-8").body == b"others"
    assert [request.tag for request in elements] == [f"{{{TOY.namespace}}}{cold.operation}"]


@pytest.mark.parametrize("body", [SOUND, WRONG], ids=["answered", "refused"])
def test_spyne_keeps_nothing_of_a_message_until_garbage_is_collected(body: bytes) -> None:
    by_spyne = BySpyne(spyne_application(Exchange(TOY, echo)))
    environ = EnvironBuilder("/", method="POST").get_environ()
    with no_collection_of_garbage():
        request = read_envelope(body, charset=None)
        kept = ref(request)
        by_spyne(environ, request)
        del request
        assert kept() is None


@contextmanager
def no_collection_of_garbage() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
