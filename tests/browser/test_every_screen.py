"""Every screen as each person sees it: sound, also in a narrow window, also without JavaScript."""

import pytest

from tests.browser.conftest import Windows
from tests.browser.screens import ALSO_NARROW, SCREENS, Screen
from tests.browser.window import LESS_NARROW, NARROW, WIDE, WIDEST
from tests.support.sample_office import SampleOffice


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_it_is_sound_and_fits_wide_and_narrow_windows(windows: Windows, office: SampleOffice, screen: Screen) -> None:
    window = windows[screen.person]
    window.resize(WIDE)
    screen.show(window, office)
    window.resize(WIDEST)
    window.fits()
    window.resize(LESS_NARROW)
    window.fits()
    window.stands_in_lines()
    window.resize(NARROW)
    window.stands_in_lines()
    window.check() if screen.name in ALSO_NARROW else window.fits()
