"""The passwords of 使用量情報照会: issued for a point on a day, good for a month at most (the field's practice).

A grid operator would keep what it issued. The stub makes it from the point number, whose first digits are the area,
and the day, and so knows it again without keeping it.
"""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_KEY = b"the stub's own; no secret, as all it opens is made up"
_LENGTH = 12
_DAYS = 28
"""At most a month, whichever month it is."""
_REMEMBERED = 366
"""So many days back an expired one is known as such."""


class Standing(StrEnum):
    """What a password that somebody brought is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    WRONG = "wrong"


@dataclass(frozen=True)
class IssuedPassword:
    """A password, and the last day on which it opens the usage of its point."""

    password: str = field(repr=False)
    valid_to: date


def issue(point_number: str, *, on: date) -> IssuedPassword:
    """Issue the password of a point; the same whenever it is asked for on one day."""
    digest = hmac.new(_KEY, f"{point_number} {on.isoformat()}".encode(), hashlib.sha256).digest()
    return IssuedPassword(b32encode(digest).decode()[:_LENGTH], on + timedelta(days=_DAYS))


def standing(password: str, *, point_number: str, today: date) -> Standing:
    """Tell what a password is worth today."""
    for age in range(_REMEMBERED):
        issued = issue(point_number, on=today - timedelta(days=age))
        if hmac.compare_digest(issued.password.encode(), password.encode()):
            return Standing.GOOD if today <= issued.valid_to else Standing.EXPIRED
    return Standing.WRONG
