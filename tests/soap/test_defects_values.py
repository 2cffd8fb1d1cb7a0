"""Defects of spyne 2.14 in reading and writing values (A, B, F to L of the list it was examined by)."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import pytest
from lxml import etree

from schemas.codes import Area, Flag
from schemas.contract import Interface
from soap.names import XML_SCHEMA
from tests.soap_support.answers import Answer
from tests.soap_support.calls import ask
from tests.soap_support.envelopes import request_bytes
from tests.soap_support.toy import TOY, ToyGroup, ToyResponse, toy_application, toy_wsdl

APPLICATION = toy_application()
VALID: dict[str, Any] = {"messageId": "M-1", "text": "東京都"}


def send(**values: Any) -> Answer:
    body = request_bytes("echo", {**VALID, **values}, namespace=TOY.namespace)
    return ask(APPLICATION, body, wsdl=toy_wsdl())


def answered_with(**values: Any) -> Answer:
    """Give what a caller hears when the application behind the adapter answers with these values."""
    response = ToyResponse(**{**vars(EMPTY), **values})
    application = toy_application(lambda *_: response)
    return ask(application, request_bytes("echo", VALID, namespace=TOY.namespace), wsdl=toy_wsdl())


def type_name(value: object) -> str:
    """Name a case the same in every process."""
    return value if isinstance(value, str) else type(value).__name__


EMPTY = ToyResponse(
    message_id="M-1", text="東京都", flag=None, day=None, moment=None, number=None, areas=(), inner=None, rows=()
)


def test_no_thread_hears_of_another_threads_value() -> None:
    # A: spyne reads the shared error log of one schema, and so told callers each other's values.
    def wrong(number: int) -> tuple[str, Answer]:
        mark = f"x{number:06d}x"
        body = request_bytes("echo", {**VALID, mark: mark, "flag": mark}, namespace=TOY.namespace)
        return mark, ask(APPLICATION, body, wsdl=toy_wsdl())

    with ThreadPoolExecutor(8) as pool:
        for mark, answer in pool.map(wrong, range(400)):
            assert (mark, "unknown-element") in answer.broken_rules
            assert answer.body.count(b"x0") == answer.body.count(mark.encode())


def test_no_thread_hears_of_another_threads_invalid_response() -> None:
    # A: the schema that responses are checked against is shared by all threads, its words are not passed on.
    def lengthen(interface: Interface, request: Any, environ: Mapping[str, Any]) -> ToyResponse:
        return ToyResponse(**{**vars(request), "text": request.text * (1 + 100 * (request.number % 2))})

    application = toy_application(lengthen)

    def call(number: int) -> Answer:
        values = {**VALID, "text": "住所", "number": str(number)}
        return ask(application, request_bytes("echo", values, namespace=TOY.namespace), wsdl=toy_wsdl())

    with ThreadPoolExecutor(8) as pool:
        for number, answer in enumerate(pool.map(call, range(1, 400)), start=1):
            if number % 2:
                assert answer.code == "HUB-R004"
                assert "住所".encode() not in answer.body
            else:
                assert f"<number>{number}</number>".encode() in answer.body


def _rows_then_failure() -> Iterator[ToyGroup]:
    yield ToyGroup(name="髙橋", area=None)
    raise RuntimeError("in the middle")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "control \x0b character"),
        ("text", "lone \ud800 surrogate"),
        ("text", "not a character \uffff"),
        ("text", b"bytes"),
        ("text", None),
        ("message_id", 17),
        ("flag", "yes"),
        ("flag", Area.TOKYO),
        ("day", "2026-08-12"),
        ("number", "1"),
        ("number", True),
        ("areas", None),
        ("areas", "03"),
        ("inner", {"name": "髙橋"}),
        ("inner", EMPTY),
        ("rows", (None,)),
        ("rows", _rows_then_failure()),
    ],
    ids=type_name,
)
def test_a_response_that_cannot_be_written_is_a_whole_fault(name: str, value: object) -> None:
    # B: spyne sent HTTP 200 with an envelope without Body and without Fault.
    answer = answered_with(**{name: value})
    assert (answer.status, answer.code, answer.fault_code) == (500, "HUB-R004", "Server")
    assert answer.fault is not None
    assert answer.fault.message_id == "M-1"


@pytest.mark.parametrize(
    "answer",
    [None, "text", object(), iter(()), (EMPTY, EMPTY)],
    ids=type_name,
)
def test_something_else_than_the_response_is_a_whole_fault(answer: object) -> None:
    # B: also where the whole answer is of a wrong type.
    application = toy_application(lambda *_: answer)
    got = ask(application, request_bytes("echo", VALID, namespace=TOY.namespace), wsdl=toy_wsdl())
    assert (got.status, got.code) == (500, "HUB-R004")


def test_a_flag_between_white_space_keeps_its_meaning() -> None:
    # F: spyne read " true " as false.
    response = cast(ToyResponse, send(flag=" yes\n").read(ToyResponse))
    assert response.flag is Flag.YES
    assert ("flag", "code") in send(flag="true").broken_rules


@pytest.mark.parametrize("value", [Decimal("1E+2"), Decimal("NaN"), 1.5, float("inf")], ids=str)
def test_a_number_is_never_written_with_an_exponent(value: object) -> None:
    # G: spyne wrote decimals as 1E+2, 1E-8 and NaN.
    assert answered_with(number=value).code == "HUB-R004"


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("moment", "2026-08-12T24:00:01+09:00", "moment"),
        ("moment", "2026-08-12T10:00:60+09:00", "moment"),
        ("moment", "2026-02-30T10:00:00+09:00", "moment"),
        ("day", "2026-02-30", "date"),
        ("day", "0000-01-01", "date"),
        ("day", "-2026-01-01", "date"),
    ],
)
def test_a_time_that_python_does_not_know_is_a_finding(field: str, value: str, rule: str) -> None:
    # H: such times were an uncaught ValueError in spyne.
    answer = send(**{field: value})
    assert answer.code == "HUB-F001"
    assert answer.broken_rules == {(field, rule)}


def test_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    # H: 24:00:00 is valid for the schema, and was an uncaught ValueError in spyne.
    assert "<moment>2026-08-13T00:00:00+09:00</moment>" in send(moment="2026-08-12T24:00:00+09:00").body.decode()


def test_no_field_is_binary() -> None:
    # I: libxml2 lets "!!!" pass as base64Binary and spyne made empty bytes of it; the contract has no such type.
    used = {element.get("type") for element in etree.fromstring(toy_wsdl()).iter() if element.get("type")}
    assert used.isdisjoint({"xs:base64Binary", "xs:hexBinary", "xs:anyType"})
    assert cast(ToyResponse, send(text="！！！").read(ToyResponse)).text == "！！！"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "長" * 101),
        ("text", ""),
        ("message_id", "M 1"),
        ("number", 0),
        ("number", 1000),
        ("areas", (Area.TOKYO,) * 4),
        ("inner", ToyGroup(name="", area=None)),
    ],
    ids=str,
)
def test_a_response_that_the_wsdl_forbids_is_not_sent(name: str, value: object) -> None:
    # J: spyne sent over-long, out-of-range and missing values with HTTP 200.
    answer = answered_with(**{name: value})
    assert (answer.status, answer.code) == (500, "HUB-R004")


@pytest.mark.parametrize("digits", [10, 1_000, 10_000])
def test_a_number_of_many_digits_is_a_finding(digits: int) -> None:
    # K: an unbounded xs:integer takes a thousand digits.
    assert send(number="9" * digits).broken_rules == {("number", "integer")}


def test_every_integer_of_the_schema_has_bounds() -> None:
    # K: so that client stacks make a plain int of it, too.
    restrictions = [
        restriction
        for restriction in etree.fromstring(toy_wsdl()).iter(f"{{{XML_SCHEMA}}}restriction")
        if restriction.get("base") == "xs:integer"
    ]
    assert restrictions
    for restriction in restrictions:
        assert {etree.QName(facet).localname for facet in restriction} == {"minInclusive", "maxInclusive"}


def test_a_time_without_zone_does_not_go_out() -> None:
    # L: spyne wrote naive times without a zone.
    assert answered_with(moment=datetime(2026, 8, 12, 10, 0)).code == "HUB-R004"  # noqa: DTZ001
    assert answered_with(day=datetime(2026, 8, 12, 10, 0)).code == "HUB-R004"  # noqa: DTZ001


def test_times_go_out_in_japanese_time() -> None:
    # L: with their offset, whatever zone they were given in.
    answer = answered_with(moment=datetime.fromisoformat("2026-08-12T01:00:00+00:00"), day=date(2026, 8, 12))
    assert "<moment>2026-08-12T10:00:00+09:00</moment>" in answer.body.decode()
    assert "<day>2026-08-12</day>" in answer.body.decode()


@pytest.mark.parametrize("zone", ["Z", "+00:00", "+14:00", "-09:00", "+09:01"])
def test_a_date_of_another_zone_is_a_finding_that_names_it(zone: str) -> None:
    # L: spyne dropped the zone of a date.
    (finding,) = send(day=f"2026-01-02{zone}").findings
    assert (finding.field, finding.rule) == ("day", "date")
    assert f"「{zone}」" in finding.message and "+09:00" in finding.message


def test_a_date_of_japans_own_zone_is_that_day() -> None:
    # L: JAXB writes the zone of the computer it runs on.
    assert "<day>2026-01-02</day>" in send(day="2026-01-02+09:00").body.decode()


def test_a_time_without_zone_is_a_finding() -> None:
    # L: and took a time without one.
    assert send(moment="2026-08-12T10:00:00").broken_rules == {("moment", "moment")}
