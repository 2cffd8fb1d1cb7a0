"""TLS sockets that nobody holds for ever: also a peer that sends or takes a byte now and then comes to an end.

A socket's own timeout begins anew with each byte; these have a moment besides, by which the whole must be done.
"""

import ssl
import time
from collections.abc import Callable
from typing import Any, TypeVar

Given = TypeVar("Given")


class TimedSocket(ssl.SSLSocket):
    """Each operation ends by the socket's timeout, or by the moment that its kind names where that is sooner."""

    def receive_by(self) -> float:
        """Give the moment, on the clock that never goes back, by which all is to be received."""
        raise NotImplementedError

    def send_by(self) -> float:
        """Give the moment by which all is to be sent."""
        raise NotImplementedError

    def read(self, len: int = 1024, buffer: Any = None) -> Any:
        """Receive, whichever of the socket's methods asks for it.

        :raises TimeoutError: when nothing came in time.
        """
        return self._until(self.receive_by(), lambda: super(TimedSocket, self).read(len, buffer))

    def send(self, data: Any, flags: int = 0) -> int:
        """Send a piece.

        :raises TimeoutError: when nothing was taken in time.
        """
        return self._until(self.send_by(), lambda: super(TimedSocket, self).send(data, flags))

    def _until(self, moment: float, act: Callable[[], Given]) -> Given:
        own = self.gettimeout()
        if own == 0:  # polled: it waits for nothing
            return act()
        left = moment - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left if own is None else min(own, left))
        try:
            return act()
        finally:
            self.settimeout(own)


class CallClock:
    """How long the calls of one thread may take, one after the other."""

    def __init__(self) -> None:
        self._end = 0.0

    def begin(self, *, seconds: float) -> None:
        """Begin a call that must be over in so many seconds."""
        self._end = time.monotonic() + seconds

    def sockets(self) -> type[ssl.SSLSocket]:
        """Give the kind of socket whose calls end with this clock."""
        clock = self

        class CallSocket(TimedSocket):
            def receive_by(self) -> float:
                return clock._end

            def send_by(self) -> float:
                return clock._end

        return CallSocket
