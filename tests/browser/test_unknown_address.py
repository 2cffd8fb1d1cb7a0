"""Addresses at which nothing is. The front page itself is one of the screens that ``test_every_screen.py`` looks at."""

from tests.browser.window import Window


def test_an_unknown_address_gets_a_sound_page(window: Window) -> None:
    window.go("/nowhere", status=404)
