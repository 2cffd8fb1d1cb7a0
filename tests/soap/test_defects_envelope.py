"""Defects of spyne 2.14 in headers, faults and versions (C, D, E and N of the list it was examined by)."""

from collections.abc import Mapping
from typing import Any

import pytest

from schemas.codes import Flag
from schemas.contract import Interface
from schemas.findings import Finding, Refusal, Refused, Rulebook
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from soap.names import SOAP_ENVELOPE
from tests.soap_support.calls import ask, call_wsgi
from tests.soap_support.envelopes import envelope, request_bytes, request_element
from tests.soap_support.toy import TOY, toy_application, toy_wsdl

VALID = {"messageId": "M-1", "text": "東京都"}
ELEMENT = request_element("echo", VALID, namespace=TOY.namespace)


def _never(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
    raise AssertionError("must not be reached")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"\x00",
        b"text",
        b"<a/>",
        b"<a>&undefined;</a>",
        b"<a>&#0;</a>",
        b"<a>\xff\xfe</a>",
        b"<a" + b" b='c'" * 2 + b"/>",
        envelope(None),
        envelope("text only"),
        envelope(f"<Fault xmlns='{SOAP_ENVELOPE}'><faultcode>Client</faultcode></Fault>"),
        envelope("<unknown/>"),
        envelope(f"<h:unknown xmlns:h='{TOY.namespace}'/>"),
        envelope("<echo/>"),
        envelope("<h:echo xmlns:h='urn:other'/>"),
        envelope(f"<h:echo xmlns:h='{TOY.namespace}'/>"),
        envelope(f"<h:echo xmlns:h='{TOY.namespace}' id='a'><h:text href='#a'/></h:echo>"),
        f"<Envelope xmlns='{SOAP_ENVELOPE}'/>".encode(),
        f"<Envelope xmlns='{SOAP_ENVELOPE}'><Header/></Envelope>".encode(),
    ],
    ids=range(20),
)
def test_whatever_comes_in_gets_a_fault_of_the_client(body: bytes) -> None:
    # C: 17 of 73 probes were uncaught exceptions in spyne, so that no SOAP fault left it.
    answer = ask(toy_application(_never), body, wsdl=toy_wsdl())
    assert (answer.status, answer.fault_code) == (500, "Client")
    assert answer.fault is not None
    assert answer.fault.retryable is Flag.NO


@pytest.mark.parametrize(
    "error", [RuntimeError("x"), StopIteration(), RecursionError(), KeyError("x"), GeneratorExit()]
)
def test_whatever_is_raised_behind_the_adapter_is_a_fault_that_tells_nothing(error: BaseException) -> None:
    # C: StopIteration made gunicorn close the line without an answer.
    def fail(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        raise error

    if not isinstance(error, Exception):
        with pytest.raises(type(error)):  # what ends a process is not an answer
            call_wsgi(toy_application(fail), envelope(ELEMENT))
        return
    answer = ask(toy_application(fail), envelope(ELEMENT), wsdl=toy_wsdl())
    assert (answer.code, answer.fault_code) == ("HUB-R004", "Server")
    assert answer.fault is not None
    assert (answer.fault.message_id, answer.fault.retryable) == ("M-1", Flag.YES)
    assert answer.findings == ()


def test_an_error_while_admitting_is_a_fault() -> None:
    # C: also before the message is read.
    def broken(environ: Mapping[str, Any]) -> Refusal | None:
        raise OSError("the database is away")

    answer = ask(toy_application(_never, admit=broken), envelope(ELEMENT), wsdl=toy_wsdl())
    assert (answer.status, answer.code) == (500, "HUB-R004")


@pytest.mark.parametrize("mark", ['e:mustUnderstand="1"', 'e:mustUnderstand=" 1 "', 'e:mustUnderstand="true"'])
@pytest.mark.parametrize("actor", ["", 'e:actor="http://schemas.xmlsoap.org/soap/actor/next"', 'e:actor=""'])
def test_a_header_that_must_be_understood_is_refused(mark: str, actor: str) -> None:
    # D: spyne ran the operation whatever the header said.
    header = f'<x:Security xmlns:x="urn:x" {mark} {actor}>secret</x:Security>'
    answer = ask(toy_application(_never), envelope(ELEMENT, header=header), wsdl=toy_wsdl())
    assert (answer.code, answer.fault_code) == ("HUB-T009", "MustUnderstand")


@pytest.mark.parametrize(
    "header",
    [
        '<x:Trace xmlns:x="urn:x">1</x:Trace>',
        '<x:Trace xmlns:x="urn:x" e:mustUnderstand="0">1</x:Trace>',
        '<x:Trace xmlns:x="urn:x" e:mustUnderstand="1" e:actor="urn:a-gateway-before-us">1</x:Trace>',
    ],
)
def test_a_header_that_need_not_be_understood_is_passed_over(header: str) -> None:
    # D: SOAP 1.1 asks for that.
    assert ask(toy_application(), envelope(ELEMENT, header=header), wsdl=toy_wsdl()).status == 200


def test_who_is_not_admitted_reaches_nothing() -> None:
    # D: whether a call runs never depends on a header that may be missing: admission comes before the message.
    calls: list[str] = []

    def refuse_all(environ: Mapping[str, Any]) -> Refusal | None:
        calls.append(environ["PATH_INFO"])
        return Refusal(RefusalCode.NO_CERTIFICATE)

    answer = ask(toy_application(_never, admit=refuse_all), b"not even XML", wsdl=toy_wsdl())
    assert (answer.status, answer.code, calls) == (500, "HUB-A001", ["/"])


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_is_a_typed_fault(code: RefusalCode) -> None:
    # E: spyne put a fault's members beside faultcode, or crashed on those not set.
    def refuse_it(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        raise Refused(Rulebook(code=code).declare("some-rule", ("text", "需要場所住所")).refusal())

    answer = ask(toy_application(refuse_it), envelope(ELEMENT), wsdl=toy_wsdl())
    words = REFUSAL_WORDS[code]
    assert answer.fault is not None
    assert (answer.fault.code, answer.fault.message, answer.fault.action) == (code.value, words.text, words.action)
    assert (answer.fault.retryable is Flag.YES) == words.retryable
    assert answer.fault.message_id == "M-1"
    assert answer.broken_rules == {("text", "some-rule")}
    assert answer.fault_code == ("MustUnderstand" if code == "HUB-T009" else "Server" if words.retryable else "Client")


def test_a_fault_without_findings_and_message_id_is_typed_too() -> None:
    # E: the members that are not set are left out.
    answer = ask(toy_application(), envelope(None), wsdl=toy_wsdl())
    assert answer.fault is not None
    assert answer.fault.message_id is None
    admitted = ask(toy_application(admit=lambda _: Refusal(RefusalCode.SOURCE_ADDRESS)), b"", wsdl=toy_wsdl())
    assert (admitted.code, admitted.findings) == ("HUB-A005", ())


def test_a_fault_is_whole_whatever_its_findings_say() -> None:
    # E: words from elsewhere, a grid operator's say, cannot break the fault that carries them.
    wild = Finding(field="a" * 999, label="\x00\ud800", rule="", message="\x0b<&]]>" + "長" * 5_000, action="")

    def refuse_it(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
        raise Refused(Refusal(RefusalCode.GRID_REFUSED, (wild,) * 500), message_id="not an id \x00")

    answer = ask(toy_application(refuse_it), envelope(ELEMENT), wsdl=toy_wsdl())
    assert answer.code == "HUB-B003"
    assert len(answer.findings) == 200
    assert answer.findings[0].message.startswith("\ufffd<&]]>長")
    assert answer.fault is not None
    assert answer.fault.message_id is None


def test_the_message_id_of_a_refused_message_is_named() -> None:
    # E: also where the rest of the message cannot be read.
    body = request_bytes("echo", {"messageId": "M-77", "number": "x"}, namespace=TOY.namespace)
    answer = ask(toy_application(_never), body, wsdl=toy_wsdl())
    assert answer.fault is not None
    assert (answer.code, answer.fault.message_id) == ("HUB-F001", "M-77")
    wrong = request_bytes("echo", {"messageId": "M 77"}, namespace=TOY.namespace)
    answer = ask(toy_application(_never), wrong, wsdl=toy_wsdl())
    assert answer.fault is not None
    assert answer.fault.message_id is None


def test_soap_1_2_is_told_which_version_is_spoken() -> None:
    # N: spyne's SOAP 1.2 raised TypeError for every message with a fault in it.
    body = envelope(ELEMENT).replace(SOAP_ENVELOPE.encode(), b"http://www.w3.org/2003/05/soap-envelope")
    answer = ask(toy_application(_never), body, wsdl=toy_wsdl())
    assert (answer.status, answer.code, answer.fault_code) == (500, "HUB-T007", "VersionMismatch")
    typed = ask(toy_application(_never), body, wsdl=toy_wsdl(), CONTENT_TYPE="application/soap+xml; charset=utf-8")
    assert (typed.status, typed.code) == (415, "HUB-T002")
