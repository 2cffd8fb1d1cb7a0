"""Calls a second, area by area, as settings write them."""

import pytest

from rules.rates import WrongRate, parse_rates
from schemas.codes import Area


def test_what_names_an_area_takes_the_place_of_what_is_said_of_all() -> None:
    rates = parse_rates("* 5; 06 1 ;10 0.25")

    assert (rates[Area.TOKYO], rates[Area.KANSAI], rates[Area.OKINAWA]) == (5, 1, 0.25)


@pytest.mark.parametrize("text", ["", "06 1"])
def test_an_area_of_which_nothing_is_said_has_five(text: str) -> None:
    assert parse_rates(text)[Area.TOKYO] == 5


@pytest.mark.parametrize("entry", ["* 0", "* 0.0", "11 5", "06", "06 -1", "06 fast", "* 5 5", "06 1.0001"])
def test_what_cannot_be_read_is_named(entry: str) -> None:
    with pytest.raises(WrongRate) as wrong:
        parse_rates(f"* 5; {entry}")
    assert str(wrong.value) == entry
