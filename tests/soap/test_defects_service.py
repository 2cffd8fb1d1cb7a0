"""Defects of spyne 2.14 as a service (M and O to S of the list it was examined by)."""

import gc
import logging
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import spyne.const
from lxml import etree

from schemas.contract import Interface
from soap.names import WSDL
from tests.soap_support.calls import ask, call_wsgi
from tests.soap_support.envelopes import envelope, request_bytes, request_element
from tests.soap_support.toy import TOY, toy_application, toy_wsdl

VALID = {"messageId": "M-1", "text": "東京都"}
_ROOT = Path(__file__).parents[2]


def test_a_response_comes_whole_with_its_length() -> None:
    # M: the option to send responses unchunked is a TypeError on Python 3; they come in one piece anyway.
    status, headers, body = call_wsgi(toy_application(), request_bytes("echo", VALID, namespace=TOY.namespace))
    assert (status, headers["Content-Length"]) == (200, str(len(body)))
    assert "Transfer-Encoding" not in headers


@pytest.mark.parametrize("query", ["wsdl", "WSDL", "wsdl="])
def test_the_address_is_not_what_a_caller_says_it_is(query: str) -> None:
    # O: spyne made the address from the Host of the first request, and kept it.
    application = toy_application()
    for host in ("evil.example", "other.example"):
        response = call_wsgi(
            application, REQUEST_METHOD="GET", QUERY_STRING=query, HTTP_HOST=host, more={"wsgi.url_scheme": "http"}
        )
        assert response[0] == 200
        assert response[2] == toy_wsdl()


def test_every_process_writes_the_same_wsdl() -> None:
    # P: spyne's text depended on the seed of Python's hashes.
    program = (
        "import hashlib, sys; from soap_api.services import LOW_VOLTAGE; from soap.wsdl import render_wsdl; "
        "sys.stdout.write(hashlib.sha256(render_wsdl(LOW_VOLTAGE, address='x')).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=_ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 64


@pytest.mark.parametrize(
    "body",
    [
        b"<a>SECRET",
        b"<a>SECRET\xff</a>",
        envelope("<SECRET/>"),
        request_bytes("echo", {"messageId": "M-1", "text": "SECRET", "flag": "SECRET"}, namespace=TOY.namespace),
        request_bytes("say", {"messageId": "M-1", "text": "SECRET"}, namespace=TOY.namespace),
        request_bytes("echo", {"messageId": "M-1", "text": "SECRET"}, namespace=TOY.namespace),
    ],
    ids=["broken", "undecodable", "unknown", "faulty", "failing", "unwritable"],
)
def test_no_log_holds_a_message(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    # Q: spyne logged messages that are not well-formed in full, and faults with their text.
    def fail(interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        if interface.operation == "echo":
            return request
        try:
            raise ValueError(request.text)
        except ValueError as error:
            raise RuntimeError(request) from error

    with caplog.at_level(logging.DEBUG):
        assert ask(toy_application(fail), body, wsdl=toy_wsdl()).status == 500
    log = caplog.text + "".join(f"{record.__dict__}" for record in caplog.records)
    assert "SECRET" not in log


def test_the_log_tells_kind_and_place_of_an_error(caplog: pytest.LogCaptureFixture) -> None:
    # Q: without its text it must still be possible to find it.
    def fail_here(interface: Interface, request: Any, environ: Mapping[str, Any]) -> object:
        raise LookupError from ZeroDivisionError()

    ask(toy_application(fail_here), request_bytes("say", VALID, namespace=TOY.namespace), wsdl=toy_wsdl())
    (message,) = {record.getMessage() for record in caplog.records}  # the same both ways
    assert "90020 say" in message
    assert "LookupError" in message
    assert "fail_here" in message
    assert "ZeroDivisionError" in message


def test_no_request_makes_python_collect_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    # R: spyne collected garbage after requests, once a second, in the middle of the others.
    collected: list[object] = []
    monkeypatch.setattr(gc, "collect", lambda *generation: collected.append(generation))
    monkeypatch.setattr("spyne.context._LAST_GC_RUN", 0.0, raising=True)
    ask(toy_application(), request_bytes("echo", VALID, namespace=TOY.namespace), wsdl=toy_wsdl())
    assert collected == []
    assert math.inf == spyne.const.MIN_GC_INTERVAL


def test_all_operations_are_in_the_one_port_type() -> None:
    # S: with several port types in a service, spyne puts all operations into the last.
    root = etree.fromstring(toy_wsdl())
    (port_type,) = root.findall(f"{{{WSDL}}}portType")
    (binding,) = root.findall(f"{{{WSDL}}}binding")
    for parent in (port_type, binding):
        names = [operation.get("name") for operation in parent.findall(f"{{{WSDL}}}operation")]
        assert names == [interface.operation for interface in TOY.interfaces]
    (port,) = root.findall(f"{{{WSDL}}}service/{{{WSDL}}}port")
    assert port.get("binding") == f"tns:{binding.get('name')}"
    assert binding.get("type") == f"tns:{port_type.get('name')}"


def test_each_operation_answers_under_its_own_name() -> None:
    # S: and is found by the element in the Body alone, whatever SOAPAction says.
    for interface in TOY.interfaces:
        body = envelope(request_element(interface.operation, VALID, namespace=TOY.namespace))
        answer = ask(toy_application(), body, wsdl=toy_wsdl(), HTTP_SOAPACTION='"urn:something/else"')
        assert answer.element.tag == f"{{{TOY.namespace}}}{interface.operation}Response"
