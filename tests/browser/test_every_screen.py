"""Every screen as each person sees it: sound, also in a narrow window, also without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Person, log_in
from tests.browser.screens import ALSO_NARROW, SCREENS, Screen
from tests.browser.window import NARROW, WIDE, Window, open_window
from tests.support.sample_cases import SampleOffice


@pytest.fixture(scope="module")
def windows(browser: Browser, base_url: str, office: SampleOffice) -> Iterator[dict[Person | None, Window]]:
    """A window for each person, who logs in once."""
    opened: dict[Person | None, Window] = {}
    for person in {screen.person for screen in SCREENS}:
        opened[person] = open_window(browser, base_url)
        if person is not None:
            log_in(opened[person], person)
    yield opened
    for window in opened.values():
        window.page.context.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_it_is_sound_and_fits_wide_and_narrow_windows(
    windows: dict[Person | None, Window], office: SampleOffice, screen: Screen
) -> None:
    window = windows[screen.person]
    window.resize(WIDE)
    screen.show(window, office)
    window.resize(NARROW)
    window.check() if screen.name in ALSO_NARROW else window.fits()
