"""10910 アンペア変更: not in four areas (terms §2.2), from the next day on (ours), for the currents there are."""

import pytest

from schemas.codes import Ampere, Area
from schemas.interfaces.ampere_change import AMPERE_CHANGE
from tests.soap_api.filing import Filing


@pytest.mark.parametrize("area", list(Area))
def test_four_areas_do_not_take_it(filing: Filing, area: Area) -> None:
    answer = filing.send(AMPERE_CHANGE, days=1, pointNumber=f"{area.value}10000000000000000001")

    is_taken = area not in (Area.KANSAI, Area.CHUGOKU, Area.SHIKOKU, Area.OKINAWA)
    assert answer.code == (None if is_taken else "HUB-B001")
    assert answer.broken_rules == (set() if is_taken else {("pointNumber", "kind-taken-in-area")})


@pytest.mark.parametrize(("days", "accepted"), [(0, False), (1, True)])
def test_it_takes_effect_from_tomorrow_on(filing: Filing, days: int, accepted: bool) -> None:
    answer = filing.send(AMPERE_CHANGE, days=days)

    assert answer.broken_rules == (set() if accepted else {("effectiveDate", "first-effective-date")})


@pytest.mark.parametrize("ampere", [*(ampere.value for ampere in Ampere), "0", "25", "61", "100"])
def test_it_names_a_current_that_there_is(filing: Filing, ampere: str) -> None:
    answer = filing.send(AMPERE_CHANGE, days=1, ampere=ampere)

    there_is = ampere in ("5", "10", "15", "20", "30", "40", "50", "60")
    assert answer.code == (None if there_is else "HUB-F001")
