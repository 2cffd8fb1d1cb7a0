"""Every step of every request: who may open it, what it asks for, and the segment that it says."""

import pytest

from schemas.codes import ProcessKind
from schemas.contract import members_for
from schemas.interfaces.referral import REFERRAL
from tests.support.cast import COLLEAGUE, NEW_SIDE, OPERATOR
from tests.web.conftest import Browsers
from tests.web.pages import get, words
from tests.web.requests.walking import address
from web.requests.screens import RequestScreen, screens_of
from web.shared.access import Permission
from web.shared.requests import INTERFACES

SCREENS = [
    screen for interface in INTERFACES for segment in interface.segments for screen in screens_of(interface, segment)
]


def test_the_navigation_asks_for_the_rights_that_the_screens_ask_for() -> None:
    assert Permission.SEND.value == {screen.use_case for screen in SCREENS}


def test_the_index_leads_to_each(browsers: Browsers) -> None:
    page = get(browsers.of(NEW_SIDE), "/requests")

    expected = {address(each.interface, each.process, segment=each.segment) for each in SCREENS}
    links = page.xpath("//*[@class='functions']//a/@href")
    assert (set(links), len(links)) == (expected, len(SCREENS))


@pytest.mark.parametrize("screen", SCREENS, ids=[f"{each.number}-{each.process.value}" for each in SCREENS])
def test_it_is_for_who_may_send_and_leads_back_to_its_segment(browsers: Browsers, screen: RequestScreen) -> None:
    form = address(screen.interface, screen.process, segment=screen.segment)

    page = get(browsers.of(NEW_SIDE), form)

    assert words(page, "//p[contains(@class, 'band')]/strong") == [f"区分: {screen.segment.label}"]
    back = {each for each in page.xpath("//main//a/@href") if each.startswith("/requests#")}
    assert back == {f"/requests#{screen.segment.value}"}
    for person in (COLLEAGUE, OPERATOR):
        get(browsers.of(person), form, status=403)


@pytest.mark.parametrize(
    "screen",
    [each for each in SCREENS if each.process is ProcessKind.REGISTER],
    ids=[each.number for each in SCREENS if each.process is ProcessKind.REGISTER],
)
def test_it_asks_for_all_that_the_catalogue_has_for_its_step(browsers: Browsers, screen: RequestScreen) -> None:
    page = get(browsers.of(NEW_SIDE), address(screen.interface, segment=screen.segment))

    asked = {name.partition("/")[0] for name in page.xpath("//form[@class='form']//@name")} - {"csrf_token"}
    members = members_for(screen.interface.request, screen.segment, ProcessKind.REGISTER)
    assert asked == {member.xml_name for member in members} - {"processKind"}
    required = {name.partition("/")[0] for name in page.xpath("//*[@required]/@name")}
    assert required <= {member.xml_name for member in members if member.required}


@pytest.mark.parametrize(
    "path",
    ["/requests/12110/low_voltage/x", "/requests/K12110/high_voltage/register", "/requests/10910/high_voltage/amend"],
)
def test_there_are_no_others(browsers: Browsers, path: str) -> None:
    get(browsers.of(NEW_SIDE), path, status=404)


@pytest.mark.parametrize("number", ["1", "SW03L20260812000000019", "AP03L20260812000000014"])
def test_there_is_no_first_referral_about_a_case(browsers: Browsers, number: str) -> None:
    get(browsers.of(NEW_SIDE), address(REFERRAL, subject=number), status=404)
