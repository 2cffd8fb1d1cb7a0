"""Answers that cannot grow without end: the hub packs none, and none of it is large."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

MOST_BYTES = 16 * 1024 * 1024
_PIECE = 65_536


class UnusableAnswer(requests.RequestException):
    """What came is larger than any answer of the hub, or packed; what became of the message is not known."""


class BoundedAdapter(HTTPAdapter):
    """Reads each answer whole, up to a limit, whatever its sender announces."""

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """Send the request and give its answer, which is already read.

        :raises UnusableAnswer: where there is more than the limit; the connection is closed then.
        """
        options["stream"] = True
        response = super().send(request, *arguments[1:], **options)
        try:
            response._content = _whole(response)
        except BaseException as error:
            response.close()
            if isinstance(error, HTTPError):
                raise requests.ConnectionError(error, request=request) from error
            raise
        response._content_consumed = True  # type: ignore[attr-defined]  # so that requests gives it as any other
        return response


def _whole(response: requests.Response) -> bytes:
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise UnusableAnswer("content-encoding")
    body = bytearray()
    while piece := response.raw.read(_PIECE, decode_content=False):
        body += piece
        if len(body) > MOST_BYTES:
            raise UnusableAnswer("too-large")
    return bytes(body)
