"""Pages of long lists: a cursor names the last row of a page by its sort key, so that rows that come or go
between two pages neither hide nor repeat others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.calendar import JST
from schemas.findings import Refused, refuse
from schemas.messages import MessageCode

_EPOCH = datetime(1970, 1, 1, tzinfo=JST)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page ends: a moment, and a number that tells rows of the same moment apart."""

    at: datetime
    number: str

    def cursor(self) -> str:
        """This function will write the place as callers carry it."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.number}"


def place_of(cursor: str) -> Place:
    """This function will read a cursor back.

    :raises Refused: HUB-F001 when it is none of ours.
    """
    microseconds, dot, number = cursor.partition(".")
    try:
        if dot and number:
            return Place(_EPOCH + int(microseconds) * _MICROSECOND, number)
    except (ValueError, OverflowError):
        pass
    raise Refused(
        refuse(
            MessageCode.FORM,
            rule="cursor",
            field="cursor",
            label="続きの位置",
            message="続きの位置が読み取れません。",
            action="前の応答にあった値をそのまま指定してください。",
        )
    )
