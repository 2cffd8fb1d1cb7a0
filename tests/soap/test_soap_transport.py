"""What HTTP may bring to a SOAP address: each wrong thing has its status, its code and a fault in Japanese."""

import io
from typing import Any

import pytest

from schemas.findings import Refusal, Refused
from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode
from soap.guard import MAX_BODY
from tests.soap_support.answers import Answer
from tests.soap_support.calls import ask, call_wsgi
from tests.soap_support.envelopes import envelope, request_bytes, request_element
from tests.soap_support.toy import TOY, ToyResponse, toy_application, toy_wsdl

APPLICATION = toy_application()
VALID = {"messageId": "M-1", "text": "髙﨑市①番地㈱"}
BODY = request_bytes("echo", VALID, namespace=TOY.namespace)
TEXT = BODY.decode().encode("ascii", "xmlcharrefreplace").decode()  # as etree wrote it, readable in any encoding


def send(body: bytes = BODY, **environ: Any) -> Answer:
    return ask(APPLICATION, body, wsdl=toy_wsdl(), **environ)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post", ""])
def test_only_post_is_taken(method: str) -> None:
    answer = send(REQUEST_METHOD=method)
    assert (answer.status, answer.code) == (405, "HUB-T001")
    assert answer.headers["allow"] == "POST"


def test_the_wsdl_is_served_byte_for_byte() -> None:
    status, headers, body = call_wsgi(APPLICATION, REQUEST_METHOD="GET", QUERY_STRING="wsdl")
    assert (status, headers["Content-Type"], body) == (200, "text/xml; charset=utf-8", toy_wsdl())
    status, headers, body = call_wsgi(APPLICATION, REQUEST_METHOD="HEAD", QUERY_STRING="wsdl")
    assert (status, headers["Content-Length"], body) == (200, str(len(toy_wsdl())), b"")


def test_a_post_with_wsdl_in_the_query_is_an_ordinary_request() -> None:
    assert send(QUERY_STRING="wsdl").status == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "text/xml",
        "text/xml; charset=utf-8",
        'TEXT/XML; Charset="UTF-8"',
        "text/xml;charset=utf-8; action=x",
        "text/xml; charset=us-ascii",
    ],
)
def test_these_content_types_are_taken(content_type: str) -> None:
    assert send(TEXT.encode("ascii"), CONTENT_TYPE=content_type).status == 200


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "application/json",
        "application/xml",
        "application/soap+xml; charset=utf-8",
        "application/x-www-form-urlencoded",
        'multipart/related; type="text/xml"; boundary="b"',
        "text/xml; charset=shift_jis",
        "text/xml; charset=cp932",
        "text/xml; charset=euc-jp",
        "text/xml; charset=bogus",
        "text/xml; charset=utf-7",
        "text/xml; charset=utf-32",
        "text/xml; charset=unicode_escape",
        "text/xml; charset=",
        "text/xml; charset*=utf-8''utf-8",
        "\xff\xfe",
    ],
)
def test_other_content_types_are_refused(content_type: str | None) -> None:
    answer = send(CONTENT_TYPE=content_type)
    assert (answer.status, answer.code) == (415, "HUB-T002")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip", "x"])
def test_compressed_messages_are_refused_without_being_looked_at(encoding: str) -> None:
    answer = send(HTTP_CONTENT_ENCODING=encoding)
    assert (answer.status, answer.code) == (415, "HUB-T003")


@pytest.mark.parametrize(
    ("charset", "python"),
    [("utf-16", "utf-16"), ("utf-16le", "utf-16-le"), ("UTF-16BE", "utf-16-be"), (None, "utf-16")],
)
def test_utf_16_is_read(charset: str | None, python: str) -> None:
    body = ('<?xml version="1.0" encoding="UTF-16"?>' + TEXT).encode(python)
    content_type = "text/xml" if charset is None else f"text/xml; charset={charset}"
    assert send(body, CONTENT_TYPE=content_type).read(ToyResponse).text == VALID["text"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("python", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_mark_or_charset_is_recognised(python: str) -> None:
    assert send(TEXT.encode(python), CONTENT_TYPE="text/xml").status == 200


def test_a_byte_order_mark_is_passed_over() -> None:
    assert send(b"\xef\xbb\xbf" + BODY).status == 200
    assert send(b"\xef\xbb\xbf" + BODY, CONTENT_TYPE="text/xml").status == 200


def test_the_charset_of_http_goes_before_what_the_xml_says_of_itself() -> None:
    body = b'<?xml version="1.0" encoding="Shift_JIS"?>' + BODY
    assert send(body).read(ToyResponse).text == VALID["text"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("declared", ["Shift_JIS", "CP932", "EUC-JP", "UTF-7", "UTF-32", "bogus"])
def test_other_encodings_are_refused_also_where_only_the_xml_names_them(declared: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?>{TEXT}'.encode("ascii")
    answer = send(body, CONTENT_TYPE="text/xml")
    assert (answer.status, answer.code) == (500, "HUB-T005")
    assert answer.broken_rules == {(None, "encoding")}


@pytest.mark.parametrize("python", ["cp932", "euc-jp"])
def test_bytes_of_another_encoding_are_not_guessed_at(python: str) -> None:
    text = "<text>東京都</text>".join(TEXT.split("</h:text>", 1))
    answer = send(text.encode(python))
    assert (answer.code, answer.broken_rules) == ("HUB-T005", {(None, "encoding")})


def _padded(size: int) -> bytes:
    start, end = envelope(request_element("echo", VALID, namespace=TOY.namespace)).split(b"</e:Body>")
    return start + b" " * (size - len(start) - len(end) - len(b"</e:Body>")) + b"</e:Body>" + end


def test_a_message_of_exactly_one_mebibyte_is_taken_and_one_byte_more_is_not() -> None:
    assert MAX_BODY == 1024 * 1024
    assert send(_padded(MAX_BODY)).status == 200
    answer = send(_padded(MAX_BODY + 1))
    assert (answer.status, answer.code) == (413, "HUB-T004")


class _Unreadable(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise AssertionError("must not be read")


def test_an_announced_length_over_the_limit_is_refused_unread() -> None:
    answer = send(CONTENT_LENGTH=str(10**12), more={"wsgi.input": _Unreadable()})
    assert (answer.status, answer.code) == (413, "HUB-T004")


def test_a_message_without_announced_length_is_counted_as_it_comes() -> None:
    chunked = {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert send(_padded(MAX_BODY), **chunked).status == 200
    answer = send(_padded(MAX_BODY + 1), **chunked)
    assert (answer.status, answer.code) == (413, "HUB-T004")


def test_a_message_without_any_length_is_empty() -> None:
    assert send(CONTENT_LENGTH=None, more={"wsgi.input": _Unreadable()}).code == "HUB-T005"


@pytest.mark.parametrize("length", [str(len(BODY) + 1), "-1", "1e3", "abc", "１０"])
def test_a_message_shorter_than_announced_is_not_acted_on(length: str) -> None:
    answer = send(CONTENT_LENGTH=length)
    assert (answer.code, answer.broken_rules) == ("HUB-T005", {(None, "complete")})


class _BrokenLine(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise OSError("connection reset")


def test_a_line_that_breaks_while_the_message_comes_in_is_no_internal_error() -> None:
    assert send(more={"wsgi.input": _BrokenLine()}).code == "HUB-T005"


OVERLOADED = Refusal(RefusalCode.OVERLOADED)


def refuses(*arguments: object) -> object:
    raise Refused(OVERLOADED)


@pytest.mark.parametrize(
    "application",
    [toy_application(refuses), toy_application(admit=lambda environ: OVERLOADED)],
    ids=["by-the-use-case", "before-the-body-is-read"],
)
def test_who_shall_wait_is_told_how_long_whoever_refuses(application: Any) -> None:
    answer = ask(application, BODY, wsdl=toy_wsdl())

    assert answer.code == "HUB-R006"
    assert answer.headers["retry-after"] == str(REFUSAL_WORDS[RefusalCode.OVERLOADED].retry_after)


def test_a_refusal_without_a_pause_names_none() -> None:
    assert "retry-after" not in send(REQUEST_METHOD="PUT").headers
