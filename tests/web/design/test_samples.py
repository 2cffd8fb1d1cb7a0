"""The page of samples: there where it is wanted, sound, and with every part that screens are made of."""

import re
from pathlib import Path

import pytest
from flask import Flask

from models.database import Database
from tests.support.cast import OPERATOR, STRANGER
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get, words
from web.design.samples import LONG

WEB = Path(__file__).parents[3] / "web"
_OF_A_SUBJECT = {
    "actions.html",
    "customer.html",
    "deadlines.html",
    "duty.html",
    "held_areas.html",
    "left.html",
    "messages.html",
    "sheet.html",
    "suspended.html",
    "time.html",
    "trail.html",
    "icon.html",
}
"""What is drawn of a case or an area is seen on their pages, and what stands in all or inside of others there."""


@pytest.fixture
def browsers(settings: Settings, database: Database, application: Applications) -> Browsers:
    """Give browsers of a hub that shows samples."""
    return Browsers(application(settings.model_copy(update={"web_samples": True})), database)


def test_a_hub_shows_none_by_itself(settings: Settings, database: Database, usual_application: Flask) -> None:
    assert Browsers(usual_application, database).of(STRANGER).get("/design").status_code == 404


@pytest.mark.parametrize("path", ["/design", "/design/errors"])
def test_it_is_sound_for_who_is_logged_in_and_nobody_else(browsers: Browsers, path: str) -> None:
    assert browsers.of(None).get(path).location.startswith("/login")
    for person in (STRANGER, OPERATOR):
        page = get(browsers.of(person), path)
        assert LONG in page.text_content()


def test_every_part_of_the_screens_has_a_sample() -> None:
    parts = {path.name for path in (WEB / "shared" / "templates" / "components").glob("*.html")}
    pages = "".join(path.read_text() for path in (WEB / "design" / "templates").rglob("*.html"))
    shown = set(re.findall(r'"components/([a-z_]+\.html)"', pages))

    assert parts - shown == _OF_A_SUBJECT


def test_the_page_of_errors_says_first_what_is_wrong(browsers: Browsers) -> None:
    page = get(browsers.of(STRANGER), "/design/errors")

    assert words(page, "//*[@role='alert']//li") == [
        "供給地点特定番号を入力してください。",
        "同意取得方法を選んでください。",
        "ファイルを選んでください。",
    ]
