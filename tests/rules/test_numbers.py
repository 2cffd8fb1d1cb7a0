"""Case and application numbers: read out on the telephone, they tell a wrong character and two that were swapped."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import numbers
from rules.calendar import JST
from schemas import fields
from schemas.checks import check
from schemas.codes import Area, Segment

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIALS = st.integers(0, 99_999_999)
DAYS = st.dates(date(2016, 4, 1), date(2099, 12, 31))


@st.composite
def sound_numbers(draw: st.DrawFn) -> str:
    make = draw(st.sampled_from([numbers.case_number, numbers.application_number]))
    return make(
        area=draw(st.sampled_from(list(Area))),
        segment=draw(st.sampled_from(list(Segment))),
        day=draw(DAYS),
        serial=draw(SERIALS),
    )


def test_a_case_number_tells_area_segment_and_day() -> None:
    number = numbers.case_number(area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, day=date(2026, 8, 12), serial=1)
    assert number[:-1] == "SW03L2026081200000001"
    assert number == fields.CASE_NUMBER.example


def test_an_application_number_is_made_likewise() -> None:
    number = numbers.application_number(area=Area.TOKYO, segment=Segment.LOW_VOLTAGE, day=date(2026, 8, 12), serial=1)
    assert number == fields.APPLICATION_NUMBER.example


@given(sound_numbers())
def test_every_number_is_sound_and_in_the_form_of_the_catalogue(number: str) -> None:
    field = fields.CASE_NUMBER if number.startswith("SW") else fields.APPLICATION_NUMBER
    assert numbers.is_sound(number)
    assert check(field, number) == (number, None)


@pytest.mark.parametrize("segment", Segment)
@pytest.mark.parametrize("area", Area)
def test_area_and_segment_are_read_back(area: Area, segment: Segment) -> None:
    number = numbers.case_number(area=area, segment=segment, day=date(2026, 8, 12), serial=7)
    assert (numbers.area_of(number), numbers.segment_of(number)) == (area, segment)


@given(number=sound_numbers(), place=st.integers(0, 21), wrong=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_seen(number: str, place: int, wrong: str) -> None:
    mistaken = number[:place] + wrong + number[place + 1 :]
    assert numbers.is_sound(mistaken) == (mistaken == number)


@given(number=sound_numbers(), place=st.integers(0, 20))
def test_two_swapped_neighbours_are_seen(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert numbers.is_sound(swapped) == (swapped == number)


@pytest.mark.parametrize(
    "text", ["", "SW", "AP03L2026081200000001", "ＳＷ03L20260812000000019", "sw03l20260812000000019"]
)
def test_what_is_no_number_is_not_sound(text: str) -> None:
    assert not numbers.is_sound(text)


def test_the_area_of_a_point_is_in_its_first_two_digits() -> None:
    assert numbers.area_of_point("1000000000000000000001") is Area.OKINAWA


MOMENTS = st.datetimes(
    datetime(2016, 4, 1),  # noqa: DTZ001  # the strategy adds the zone
    datetime(2099, 12, 31),  # noqa: DTZ001
    timezones=st.just(JST),
)
TURNS = st.integers(0, 10_000)


@given(at=MOMENTS, later=st.timedeltas(timedelta(seconds=1), timedelta(hours=23)), turns=st.tuples(TURNS, TURNS))
def test_two_seconds_of_a_day_have_no_serial_in_common_wherever_a_sequence_stands(
    at: datetime, later: timedelta, turns: tuple[int, int]
) -> None:
    # So a database that was put back gives out no number again: it is later by then.
    earlier_serial, later_serial = numbers.serial_at(at, turn=turns[0]), numbers.serial_at(at + later, turn=turns[1])
    assert earlier_serial != later_serial
    assert 0 <= earlier_serial <= 99_999_999


def test_a_second_has_a_serial_for_each_turn() -> None:
    at = datetime(2026, 8, 12, 23, 59, 59, tzinfo=JST)
    serials = {numbers.serial_at(at, turn=turn) for turn in range(numbers.SERIALS_A_SECOND)}
    assert len(serials) == numbers.SERIALS_A_SECOND
    assert max(serials) <= 99_999_999
