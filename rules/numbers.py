"""Case and application numbers: made to be read out on the telephone, with a check digit."""

from datetime import date

from schemas.codes import Area, Segment

_SEGMENT_LETTER = {Segment.LOW_VOLTAGE: "L", Segment.HIGH_VOLTAGE: "K", Segment.LOW_VOLTAGE_FIT: "F"}
_LETTER_SEGMENT = {letter: segment for segment, letter in _SEGMENT_LETTER.items()}


def case_number(*, area: Area, segment: Segment, day: date, serial: int) -> str:
    """This function will make a 廃止取次番号: SW, area, segment, day, serial of 8 digits, check digit."""
    return _number("SW", area=area, segment=segment, day=day, serial=serial)


def application_number(*, area: Area, segment: Segment, day: date, serial: int) -> str:
    """This function will make a 申請番号, in the form of a case number with AP in front."""
    return _number("AP", area=area, segment=segment, day=day, serial=serial)


def is_sound(number: str) -> bool:
    """This function will tell whether the check digit fits: one wrong or two swapped characters are seen."""
    return len(number) == 22 and check_digit(number[:-1]) == number[-1]


def area_of(number: str) -> Area:
    """This function will read the area out of a case or application number."""
    return Area(number[2:4])


def segment_of(number: str) -> Segment:
    """This function will read the segment out of a case or application number."""
    return _LETTER_SEGMENT[number[4]]


def area_of_point(point_number: str) -> Area:
    """This function will read the area out of a point number."""
    return Area(point_number[:2])


def check_digit(body: str) -> str:
    """This function will compute the check digit: Luhn over the digits, letters as their place in the alphabet."""
    digits = [int(d) for character in body for d in str(int(character, 36))]
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if position % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _number(prefix: str, *, area: Area, segment: Segment, day: date, serial: int) -> str:
    body = f"{prefix}{area.value}{_SEGMENT_LETTER[segment]}{day:%Y%m%d}{serial % 100_000_000:08d}"
    return body + check_digit(body)
