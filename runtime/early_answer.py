"""An answer that is given before the whole request was read: what still comes is taken in, so that it is not lost.

A connection that is closed with something unread is reset, and a caller that is still sending may then never see the
answer that went out before.
"""

import time
from collections.abc import Iterable, Iterator
from typing import Any

UNREAD = "hub.unread"
"""Key of the WSGI environment: True where the answer does not wait for the end of the request."""

_MOST, _PIECE = 16 * 1024 * 1024, 65_536
"""Bytes; who sends more is reset."""
_WITHIN, _SILENT = 5.0, 1.5
"""Seconds in all, and without a byte: the caller has sent everything, or has seen the answer. A machine that has much
to do may be silent for half a second in the middle of what it sends."""


class EarlyAnswer:
    """The body of an answer; once it was sent, the rest of the request is taken in and thrown away."""

    def __init__(self, body: Iterable[bytes], connection: Any) -> None:
        self._body = body
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Take in what still comes, within its limits; servers call it after the last byte."""
        end, left = time.monotonic() + _WITHIN, _MOST
        try:
            self._connection.settimeout(_SILENT)
            while left > 0 and time.monotonic() < end and (piece := self._connection.recv(_PIECE)):
                left -= len(piece)
        except OSError:
            return  # nothing more comes, or nobody is there any more
