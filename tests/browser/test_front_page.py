"""稼働状況, which everybody may see."""

from tests.browser.window import NARROW, Window


def test_it_is_sound_for_everybody(window: Window) -> None:
    window.go("/")

    assert window.heading == "稼働状況"


def test_it_fits_a_narrow_window(window: Window) -> None:
    window.resize(NARROW)

    window.go("/")


def test_an_unknown_address_gets_a_sound_page(window: Window) -> None:
    window.go("/nowhere", status=404)
