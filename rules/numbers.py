"""Case and application numbers: made to be read out on the telephone, with a check digit.

No number is given out twice, whatever is restored: its serial says at which second of its day it was given. A database
that was put back, or a standby that took over a little behind, counts on from an earlier place, but at a later time.
"""

import re
from datetime import date, datetime

from rules.calendar import JST
from schemas.codes import Area, Segment

SERIALS_A_SECOND = 1157
"""How many serials of 8 digits there are for each second of a day (100,000,000 / 86,400)."""

_CASE, _APPLICATION = "SW", "AP"
_FORM = re.compile(r"(SW|AP)(0[1-9]|10)[LKF][0-9]{17}")

_DAMM = [
    [int(digit) for digit in row]
    for row in (
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    )
]
"""A quasigroup that tells every wrong digit and every swap of neighbours (H. M. Damm, 2004)."""

_SEGMENT_LETTER = {Segment.LOW_VOLTAGE: "L", Segment.HIGH_VOLTAGE: "K", Segment.LOW_VOLTAGE_FIT: "F"}
_LETTER_SEGMENT = {letter: segment for segment, letter in _SEGMENT_LETTER.items()}


def case_number(*, area: Area, segment: Segment, day: date, serial: int) -> str:
    """Make a 廃止取次番号: SW, area, segment, day, serial of 8 digits, check digit."""
    return _number(_CASE, area=area, segment=segment, day=day, serial=serial)


def application_number(*, area: Area, segment: Segment, day: date, serial: int) -> str:
    """Make a 申請番号, in the form of a case number with AP in front."""
    return _number(_APPLICATION, area=area, segment=segment, day=day, serial=serial)


def serial_at(at: datetime, *, turn: int) -> int:
    """Answer the serial for a moment; ``turn`` tells apart those of one second, up to :data:`SERIALS_A_SECOND`."""
    local = at.astimezone(JST)
    second = (local.hour * 60 + local.minute) * 60 + local.second
    return second * SERIALS_A_SECOND + turn % SERIALS_A_SECOND


def is_sound(number: str) -> bool:
    """Tell whether a number can be one of ours: one wrong or two swapped characters are seen."""
    return bool(_FORM.fullmatch(number)) and check_digit(number[:-1]) == number[-1]


def is_of_application(number: str) -> bool:
    """Tell whether a number names an application, not a case."""
    return number.startswith(_APPLICATION)


def area_of(number: str) -> Area:
    """Read the area out of a case or application number."""
    return Area(number[2:4])


def segment_of(number: str) -> Segment:
    """Read the segment out of a case or application number."""
    return _LETTER_SEGMENT[number[4]]


def area_of_point(point_number: str) -> Area:
    """Read the area out of a point number."""
    return Area(point_number[:2])


def check_digit(body: str) -> str:
    """Compute the check digit by Damm's method; letters count by their place in the alphabet."""
    interim = 0
    for character in body:
        interim = _DAMM[interim][int(character, 36) % 10]
    return str(interim)


def _number(prefix: str, *, area: Area, segment: Segment, day: date, serial: int) -> str:
    body = f"{prefix}{area.value}{_SEGMENT_LETTER[segment]}{day:%Y%m%d}{serial % 100_000_000:08d}"
    return body + check_digit(body)
