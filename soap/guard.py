"""What a request must be before its message is looked at: method, type, encoding, size."""

from collections.abc import Callable, Iterable
from email.message import Message
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog

from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.envelope import ENCODINGS
from soap.failures import log_failure, refusal_of
from soap.faults import fault_envelope
from soap.response import FAULT, OK, Response, headers_of, response_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MAX_BODY = 1024 * 1024
"""Bytes. A small cap is what keeps the dearest XML of an attacker under a second."""

RULES = Rulebook()
COMPLETE = RULES.declare("complete", code=RefusalCode.NOT_WELL_FORMED, message="電文が途中で終わっています。")

Admit = Callable[["WSGIEnvironment"], Refusal | None]
Answering = Callable[["WSGIEnvironment", bytes, str | None], Response]
"""Answers a whole message by its bytes and the charset that its Content-Type names."""

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


class Guard:
    """A WSGI application in front of what answers, which sees only whole POST requests of text/xml."""

    def __init__(self, answering: Answering, *, namespace: str, wsdl: bytes, admit: Admit | None) -> None:
        self._answering = answering
        self._namespace = namespace
        self._wsdl = wsdl
        self._admit = admit

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, whatever happens, with a WSDL, a response or a fault."""
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and _asks_for_wsdl(environ):
            start_response(OK, headers_of(self._wsdl))
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

    def _answer(self, environ: "WSGIEnvironment") -> Response:
        if environ["REQUEST_METHOD"] != "POST":
            raise Refused(Refusal(RefusalCode.METHOD_NOT_ALLOWED))
        refusal = self._admit(environ) if self._admit is not None else None
        if refusal is not None:
            raise Refused(refusal)
        charset = _charset(environ.get("CONTENT_TYPE", ""))
        if environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
            raise Refused(Refusal(RefusalCode.UNSUPPORTED_CONTENT_ENCODING))
        return self._answering(environ, _whole_body(environ), charset)


def refusal_response(refusal: Refusal, start_response: "StartResponse", *, namespace: str) -> list[bytes]:
    """Answer a request with a refusal alone, as a fault with its HTTP status."""
    envelope = fault_envelope(refusal, namespace=namespace)
    status, headers, body = response_of(envelope, status=status_of(refusal.code), retry_after=refusal.retry_after)
    if refusal.code is RefusalCode.METHOD_NOT_ALLOWED:
        headers.append(("Allow", "POST"))
    start_response(status, headers)
    return [body]


def status_of(code: RefusalCode) -> str:
    """Give the HTTP status that a refusal is answered with."""
    return _STATUS.get(code, FAULT)


def _asks_for_wsdl(environ: "WSGIEnvironment") -> bool:
    return str(environ.get("QUERY_STRING", "")).partition("=")[0].lower() in ("wsdl", "singlewsdl")


@lru_cache(maxsize=256)
def _charset(content_type: str) -> str | None:
    """Check the type, and give the charset that it names.

    What passes is remembered: it takes its time, and each client stack always sends the same.
    """
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_param("charset")
    if header.get_content_type() == "text/xml":
        if charset is None:
            return None
        if isinstance(charset, str) and charset.lower() in ENCODINGS:
            return charset
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
