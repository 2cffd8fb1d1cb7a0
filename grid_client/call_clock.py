"""How long a call may take as a whole, also where a peer sends or takes a byte now and then.

A socket's own timeout begins anew with each byte; those of a clock end with the call besides.
"""

import ssl
import time
from collections.abc import Callable
from typing import Any, TypeVar

Given = TypeVar("Given")


class CallClock:
    """How long the calls of one thread may take, one after the other."""

    def __init__(self) -> None:
        self._end = 0.0

    def begin(self, *, seconds: float) -> None:
        """Begin a call that must be over in so many seconds."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left of the call.

        :raises TimeoutError: when none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def sockets(self) -> type[ssl.SSLSocket]:
        """Give the kind of socket whose operations end with this clock."""
        clock = self

        class CallSocket(ssl.SSLSocket):
            def read(self, len: int = 1024, buffer: Any = None) -> Any:
                """Receive, whichever of the socket's methods asks for it."""
                return self._in_time(lambda: super(CallSocket, self).read(len, buffer))

            def send(self, data: Any, flags: int = 0) -> int:
                return self._in_time(lambda: super(CallSocket, self).send(data, flags))

            def _in_time(self, act: Callable[[], Given]) -> Given:
                own = self.gettimeout()
                if own == 0:  # polled: it waits for nothing
                    return act()
                left = clock.left()
                self.settimeout(left if own is None else min(own, left))
                try:
                    return act()
                finally:
                    self.settimeout(own)

        return CallSocket
