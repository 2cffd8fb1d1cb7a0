"""Calls of a WSGI application in this process."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.soap_support.answers import Answer, answer_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def call_wsgi(
    application: "WSGIApplication", body: bytes = b"", *, more: Mapping[str, Any] | None = None, **environ: Any
) -> tuple[int, dict[str, str], bytes]:
    """Make one call, a POST of text/xml unless ``environ`` says otherwise (None removes a key).

    ``more`` is for the keys of WSGI that are no names in Python.
    """
    whole: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "CONTENT_TYPE": "text/xml; charset=utf-8",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "https",
        **environ,
        **(more or {}),
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started.append((status, headers))

    content = b"".join(application({k: v for k, v in whole.items() if v is not None}, start_response))
    ((status, headers),) = started
    assert len(dict(headers)) == len(headers), "a header twice"
    return int(status.split()[0]), dict(headers), content


def ask(application: "WSGIApplication", body: bytes, *, wsdl: bytes, **environ: Any) -> Answer:
    """Make one call and check the answer in full."""
    return answer_of(*call_wsgi(application, body, **environ), wsdl=wsdl)
