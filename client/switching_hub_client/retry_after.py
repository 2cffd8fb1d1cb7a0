"""How long the hub, or what stands before it, asks to wait before a message is sent again (Retry-After)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests


class AskedToWait:
    """What the last answer asked for. For one thread at a time, as the connections are."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def forget(self) -> None:
        """Begin anew, with the next message."""
        self.seconds = 0.0

    def note(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        """Note what an answer asks for; for the hooks of ``requests``."""
        self.seconds = seconds_to_wait(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))


def seconds_to_wait(header: str, *, now: datetime) -> float:
    """Read the header, seconds or a moment; 0 where it says nothing that can be read."""
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
