"""Not saying the same thing over and over to somebody who does not react."""

import threading
import time
from collections.abc import Callable, Hashable
from datetime import timedelta


class Repeats:
    """What was said to whom, and not long ago. May be used by several threads; each process has its own."""

    def __init__(self, *, again_after: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self._again_after = again_after.total_seconds()
        self._clock = clock
        self._last_content: dict[str, tuple[Hashable, float]] = {}
        self._lock = threading.Lock()

    def lately(self, receiver: str, content: Hashable) -> bool:
        """Tell whether this was the last that was said to somebody, and not long ago."""
        with self._lock:
            last_content, at = self._last_content.get(receiver, (None, 0.0))
        return last_content == content and self._clock() - at < self._again_after

    def note(self, receiver: str, content: Hashable) -> None:
        """Note what was said; what was said long ago is forgotten."""
        now = self._clock()
        with self._lock:
            self._last_content[receiver] = (content, now)
            for old in [former for former, (_, at) in self._last_content.items() if now - at >= self._again_after]:
                del self._last_content[old]

    def __len__(self) -> int:
        """Count those that something was said to not long ago."""
        with self._lock:
            return len(self._last_content)
