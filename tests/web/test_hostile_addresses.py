"""Whatever stands in an address, no screen fails over it."""

import re

import pytest

from models.database import Database
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words

_VALUES = (
    "9999-12-31",
    "0001-01-01",
    "1999-12-31",
    "2200-01-01",
    "0000-00-00",
    "10000-01-01",
    "２０２６-０１-０１",
    "9" * 40,
    "9" * 5000,
    "-1",
    "1e309",
    "\x00",
    "\ud800",
    "%",
    "🚲",
    "' OR 1=1 --",
    "../../etc/passwd",
    "253402300799000000.SW03L20260101000000009",
    "-62135596800000000.SW03L20260101000000009",
    "253370764799999999.SW03L20260101000000009",
    "9223372036854775808.x",
    "1_0.SW03L20260101000000009",
    "nan.x",
    "1.\x00",
)
_NAMES = ("number", "phase", "area", "registered_from", "registered_to", "side", "cursor", "before", "next", "expired")


@pytest.mark.parametrize("name", _NAMES)
def test_no_value_of_a_parameter_makes_a_screen_fail(name: str, browsers: Browsers, database: Database) -> None:
    open_case(database)
    nobody, somebody = browsers.of(None), browsers.of(NEW_SIDE)
    for client, path in ((nobody, "/login"), (somebody, "/inbox"), (somebody, "/cases"), (somebody, "/cases.csv")):
        for value in _VALUES:
            answer = client.get(f"{path}?{name}={_quoted(value)}")
            answer.get_data()
            assert answer.status_code < 500, (path, value)


def _quoted(value: str) -> str:
    return "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))


def test_no_address_of_a_screen_with_a_strange_number_fails(browsers: Browsers, database: Database) -> None:
    open_case(database)
    rules = [rule.rule for rule in browsers.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    for person in (DECIDER, OPERATOR):
        client = browsers.of(person)
        for rule in (rule for rule in rules if "<" in rule):
            for value in _VALUES:
                assert client.get(re.sub("<[^>]*>", _quoted(value), rule)).status_code < 500, (rule, value)


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1999-12-31", "0001-01-01"])
@pytest.mark.parametrize("name", ["registered_from", "registered_to"])
def test_a_day_that_is_far_off_is_refused_at_its_field(name: str, day: str, browsers: Browsers) -> None:
    page = get(browsers.of(NEW_SIDE), f"/cases?{name}={day}", status=422)

    (error,) = words(page, "//*[contains(@class, 'field__error')]")
    assert error.endswith("日付は2000年から2199年までを指定してください。")
