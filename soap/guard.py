"""What a request must be before its message is looked at: method, type, encoding, size."""

import io
from collections.abc import Callable, Iterable
from email.message import Message
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog

from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.envelope import ENCODINGS, to_bytes
from soap.failures import log_failure, refusal_of
from soap.faults import fault_envelope
from soap.names import CONTENT_TYPE, RETRY_AFTER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 1024 * 1024
"""Bytes. A small cap is what keeps the dearest XML of an attacker under a second."""

RULES = Rulebook()
COMPLETE = RULES.declare("complete", code=RefusalCode.NOT_WELL_FORMED, message="電文が途中で終わっています。")

Admit = Callable[["WSGIEnvironment"], Refusal | None]

_STATUS = {
    RefusalCode.METHOD_NOT_ALLOWED: "405 Method Not Allowed",
    RefusalCode.UNSUPPORTED_CONTENT_TYPE: "415 Unsupported Media Type",
    RefusalCode.UNSUPPORTED_CONTENT_ENCODING: "415 Unsupported Media Type",
    RefusalCode.TOO_LARGE: "413 Content Too Large",
    RefusalCode.UNKNOWN_ADDRESS: "404 Not Found",
    RefusalCode.TOO_SLOW: "408 Request Timeout",
    RefusalCode.BAD_REQUEST: "400 Bad Request",
    RefusalCode.OVERLOADED: "503 Service Unavailable",
}
_FAULT_STATUS = "500 Internal Server Error"
"""SOAP 1.1 gives every fault this status, and some client stacks read faults at no other."""


class Guard:
    """A WSGI application in front of spyne's, which sees only whole POST requests of text/xml."""

    def __init__(self, inner: "WSGIApplication", *, namespace: str, wsdl: bytes, admit: Admit | None) -> None:
        self._inner = inner
        self._namespace = namespace
        self._wsdl = wsdl
        self._admit = admit

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, whatever happens, with a WSDL, a response or a fault."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and _asks_for_wsdl(environ):
            start_response("200 OK", _headers(self._wsdl))
            return [self._wsdl] if environ["REQUEST_METHOD"] == "GET" else []
        try:
            status, headers, body = self._answer(environ)
        except Refused as refused:
            return refusal_response(refused.refusal, start_response, namespace=self._namespace)
        except Exception as error:
            log_failure("request failed", error)
            refusal = refusal_of(error)
            structlog.contextvars.bind_contextvars(outcome=refusal.code.value)
            return refusal_response(refusal, start_response, namespace=self._namespace)
        start_response(status, headers)
        return [body]

    def _answer(self, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            raise Refused(Refusal(RefusalCode.METHOD_NOT_ALLOWED))
        refusal = self._admit(environ) if self._admit is not None else None
        if refusal is not None:
            raise Refused(refusal)
        _check_content_type(environ.get("CONTENT_TYPE", ""))
        if environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
            raise Refused(Refusal(RefusalCode.UNSUPPORTED_CONTENT_ENCODING))
        body = _whole_body(environ)
        with io.BytesIO(body) as whole:  # spyne's circles may keep it for some time, closed and empty
            return _collect(self._inner, {**environ, "wsgi.input": whole, "CONTENT_LENGTH": str(len(body))})


def refusal_response(refusal: Refusal, start_response: "StartResponse", *, namespace: str) -> list[bytes]:
    """Answer a request with a refusal alone, as a fault with its HTTP status."""
    body = to_bytes(fault_envelope(refusal, namespace=namespace))
    headers = _headers(body)
    if refusal.code is RefusalCode.METHOD_NOT_ALLOWED:
        headers.append(("Allow", "POST"))
    if refusal.retry_after is not None:
        headers.append((RETRY_AFTER, str(refusal.retry_after)))
    start_response(status_of(refusal.code), headers)
    return [body]


def status_of(code: RefusalCode) -> str:
    """Give the HTTP status that a refusal is answered with."""
    return _STATUS.get(code, _FAULT_STATUS)


def _headers(body: bytes) -> list[tuple[str, str]]:
    return [("Content-Type", CONTENT_TYPE), ("Content-Length", str(len(body)))]


def _asks_for_wsdl(environ: "WSGIEnvironment") -> bool:
    return str(environ.get("QUERY_STRING", "")).partition("=")[0].lower() in ("wsdl", "singlewsdl")


@lru_cache(maxsize=256)
def _check_content_type(value: str) -> None:
    """Check the type, and remember what passes: it takes its time, and each client stack always sends the same."""
    header = Message()
    header["Content-Type"] = value
    charset = header.get_param("charset", "utf-8")
    if header.get_content_type() != "text/xml" or not isinstance(charset, str) or charset.lower() not in ENCODINGS:
        raise Refused(Refusal(RefusalCode.UNSUPPORTED_CONTENT_TYPE))


def _whole_body(environ: "WSGIEnvironment") -> bytes:
    announced = environ.get("CONTENT_LENGTH") or ""
    if announced:
        length = int(announced) if announced.isascii() and announced.isdecimal() else -1
        if length < 0:
            raise Refused(COMPLETE.refusal())
        if length > MAX_BODY:
            raise Refused(Refusal(RefusalCode.TOO_LARGE))
        body = _read(environ["wsgi.input"], length)
        if len(body) != length:
            raise Refused(COMPLETE.refusal())
        return body
    if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        return b""
    body = _read(environ["wsgi.input"], MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise Refused(Refusal(RefusalCode.TOO_LARGE))
    return body


def _read(stream: Any, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most
    try:
        while left > 0 and (piece := stream.read(min(left, 65_536))):
            pieces.append(piece)
            left -= len(piece)
    except MemoryError:  # ours, and no fault of the message
        raise
    except Exception as error:  # a server's own errors about broken chunks and lost lines
        raise Refused(COMPLETE.refusal()) from error
    return b"".join(pieces)


def _collect(application: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda data: None

    body = b"".join(application(environ, start_response))
    status, headers = started[-1]
    return status, headers, body
