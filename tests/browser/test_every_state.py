"""A new kind of page must say which screen shows each of its states."""

import pytest

from tests.browser.screens import SCREENS
from tests.browser.states import STATES, State
from tests.support.sources import ROOT

_SAMPLES_AND_PARTS = {"design", "shared"}


def test_every_room_with_pages_says_what_shows_its_states() -> None:
    pages = {
        page.relative_to(ROOT / "web").parts[0]
        for page in (ROOT / "web").glob("*/templates/**/*.html")
        if '{% extends "base.html" %}' in page.read_text(encoding="utf-8")
    }
    assert STATES.keys() == pages - _SAMPLES_AND_PARTS


@pytest.mark.parametrize("room", STATES)
def test_each_state_has_a_screen_that_there_is_or_a_word_why_not(room: str) -> None:
    assert STATES[room].keys() == set(State)
    assert {shown for shown in STATES[room].values() if isinstance(shown, str)} <= {screen.name for screen in SCREENS}
