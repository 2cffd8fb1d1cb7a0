"""Answers over HTTP that cannot grow without end: so many bytes as they come, and so many once unpacked."""

import zlib
from collections.abc import Iterator
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

_PIECE = 65_536
_GZIP = zlib.MAX_WBITS | 16
ENCODINGS = "gzip, identity"
"""What is to be asked for (Accept-Encoding)."""


class UnusableBody(requests.RequestException):
    """An answer's body is too large, or packed in a way that cannot be unpacked; its words hold nothing of it."""


class BoundedAdapter(HTTPAdapter):
    """Reads each answer whole, up to a limit, whatever its sender announces."""

    def __init__(self, *, most: int, **options: Any) -> None:
        """Let ``most`` bytes come, and as many become of them."""
        self._most = most
        super().__init__(**options)

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Send the request and give its answer, which is already read.

        :raises UnusableBody: where there is more than the limit; the connection is closed then.
        """
        options["stream"] = True
        response = super().send(request, *arguments[1:], **options)
        try:
            response._content = whole_body(response.raw, most=self._most)
        except HTTPError as error:
            raise requests.ConnectionError(error, request=request) from error
        response._content_consumed = True  # type: ignore[attr-defined]  # so that requests gives it as any other
        return response


def whole_body(response: BaseHTTPResponse, *, most: int) -> bytes:
    """Read an answer's body to its end, or close its connection.

    :raises UnusableBody: where more than ``most`` bytes come, or become of them.
    :raises HTTPError: where it breaks off.
    """
    try:
        return b"".join(_pieces(response, most))
    except BaseException:
        response.close()
        raise
    finally:
        response.release_conn()


def _pieces(response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise UnusableBody("content-encoding")
    unpacked = _unpacked(response, most) if "gzip" in encoding else _came(response, most)
    left = most
    for piece in unpacked:
        left -= len(piece)
        if left < 0:
            raise UnusableBody("too-large")
        yield piece


def _came(response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
    left = most
    while left >= 0 and (piece := response.read(_PIECE, decode_content=False)):
        left -= len(piece)
        yield piece
    if left < 0:
        raise UnusableBody("too-large")


def _unpacked(response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
    """Unpack piece by piece, none larger than the limit: a thousandth of a bomb is enough to know it."""
    stream = zlib.decompressobj(_GZIP)
    try:
        for piece in _came(response, most):
            unpacked = stream.decompress(piece, most + 1)
            if stream.unused_data:
                raise UnusableBody("after-its-end")
            yield unpacked
    except zlib.error:
        raise UnusableBody("not-gzip") from None
    if not stream.eof:
        raise UnusableBody("incomplete")
