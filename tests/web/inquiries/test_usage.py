"""使用量情報 at the screen: months and half-hours as charts with their tables, and the same as a file."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from schemas.interfaces.usage import HalfHourlyUsage, MonthlyUsage, UsageInquiryResponse
from tests.soap_support.examples import typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import COLLEAGUE, DECIDER, FACILITY_POINT, NEW_SIDE, STRANGER
from tests.support.database_contents import rows
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.inquiries.test_facility_inquiry import ASK, TYPED
from tests.web.pages import get, page_of, send, words

USAGE, HIGH_USAGE = "/inquiries/10310/low_voltage", "/inquiries/10310/high_voltage"
PASSWORD = "Abcd1234"
MONTHLY, HALF_HOURLY = "月別の値をCSVでダウンロード", "30分値をCSVでダウンロード"
_VALUES = " ".join(["0.15", "-", "1.2"] * 16)
_DAYS = (date(2026, 7, 2), date(2026, 7, 1))
ANSWER = typed_example(
    UsageInquiryResponse,
    monthly_usages=(
        MonthlyUsage(month="2026-07", usage=312),
        MonthlyUsage(month="2026-05", usage=1200),
    ),
    half_hourly_usages=tuple(HalfHourlyUsage(day=day, values=_VALUES) for day in _DAYS),
)
Asking = Callable[..., FlaskClient]


@pytest.fixture
def asking(settings: Settings, database: Database, application: Applications) -> Asking:
    """Give a person's browser of a hub whose grid operator answers with a usage."""
    made: list[Browsers] = []

    def browser(person: Person, answer: UsageInquiryResponse = ANSWER) -> FlaskClient:
        def answering(request: Any) -> object:
            return replace(answer, point_number=request.point_number)

        made.append(Browsers(application(settings, grid=AnsweringGrid(answering)), database))
        return made[-1].of(person)

    return browser


def asked(client: FlaskClient, address: str = USAGE) -> HtmlElement:
    return page_of(send(client, get(client, address), {**TYPED, "usagePassword": PASSWORD}, button=ASK))


def cells(page: HtmlElement, title: str) -> list[list[str]]:
    return [words(row, "th | td") for row in page.xpath("//table[caption=$title]/tbody/tr", title=title)]


def test_the_months_stand_in_their_order_and_one_without_a_value_is_a_gap(asking: Asking) -> None:
    page = asked(asking(COLLEAGUE))

    assert cells(page, "月別の使用電力量") == [["2026年5月", "1,200"], ["2026年6月", "－"], ["2026年7月", "312"]]
    titles = words(page, "//*[local-name()='svg'][@role='img']/*[local-name()='title']")
    assert titles[:2] == ["月別の使用電力量", "日別の使用電力量"]


def test_each_day_is_chosen_by_its_name_and_has_its_half_hours_as_a_chart_and_a_table(asking: Asking) -> None:
    page = asked(asking(COLLEAGUE))

    assert words(page, "//details/summary") == ["2026-07-01（水） 21.60kWh", "2026-07-02（木） 21.60kWh"]
    assert len(page.xpath("//details[@open]")) == 1
    table = cells(page, "2026-07-01（水）の30分値")
    assert len(table) == 24
    assert table[:2] == [["00:00", "0.15", "－"], ["01:00", "1.20", "0.15"]]


def test_high_voltage_has_its_demand_in_a_chart_of_its_own(asking: Asking) -> None:
    months = (MonthlyUsage(month="2026-07", usage=9_000, maximum_demand=118),)

    page = asked(asking(COLLEAGUE, replace(ANSWER, monthly_usages=months)), HIGH_USAGE)

    assert cells(page, "月別の最大需要電力") == [["2026年7月", "118"]]
    assert "最大需要電力（kW）" in words(page, "//th")


def test_without_values_it_says_so_and_why(asking: Asking) -> None:
    page = asked(asking(COLLEAGUE, replace(ANSWER, monthly_usages=(), half_hourly_usages=())))

    assert [each[:12] for each in words(page, "//p[@class='empty']")] == [
        "一般送配電事業者に、この",
        "30分値はありません。照",
    ]
    assert HALF_HOURLY not in words(page, "//button")


def test_it_is_on_record_and_the_password_is_nowhere_on_the_page(asking: Asking, database: Database) -> None:
    page = asked(asking(COLLEAGUE))

    assert PASSWORD not in page.text_content()
    assert PASSWORD not in "".join(page.xpath("//input/@value"))
    (read,) = rows(database, "SELECT user_id, purpose, subject, consent FROM data_reads")
    assert read[:3] == (COLLEAGUE.user_id, "画面:使用量情報照会", FACILITY_POINT)
    assert read[3]["obtained_by"] == "豊洲支店"


class TestTheFile:
    @pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "\ufeff"), ("cp932", "")])
    def test_it_has_every_half_hour_with_the_point_as_text_that_a_spreadsheet_keeps(
        self, asking: Asking, encoding: str, mark: str
    ) -> None:
        client = asking(COLLEAGUE)

        answer = send(client, asked(client), {"encoding": encoding}, button=HALF_HOURLY)

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        text = answer.get_data().decode(encoding)
        assert text.startswith(f"{mark}供給地点特定番号,対象日,")
        lines = list(csv.reader(io.StringIO(text)))
        assert len(lines) == 1 + 2 * 48
        point = "03-1000-0000-0000-0000-0777"
        assert lines[1] == [point, "2026-07-01", "00:00", "00:30", "0.15"]
        assert lines[2] == [point, "2026-07-01", "00:30", "01:00", ""]
        assert lines[48] == [point, "2026-07-01", "23:30", "24:00", "1.20"]

    def test_it_has_the_months_in_their_order(self, asking: Asking) -> None:
        client = asking(COLLEAGUE)

        answer = send(client, asked(client), button=MONTHLY)

        lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        assert lines[0] == ["供給地点特定番号", "対象年月", "使用電力量"]
        assert [line[1:] for line in lines[1:]] == [["2026-05", "1200"], ["2026-07", "312"]]
        assert re.search(r'filename="usage-\d{22}-monthly.csv"', answer.headers["Content-Disposition"])

    def test_who_takes_it_is_on_record_as_who_asked_was(self, asking: Asking, database: Database) -> None:
        client = asking(COLLEAGUE)

        send(client, asked(client), button=MONTHLY)

        shown, taken = rows(
            database, "SELECT user_id, purpose, subject, consent, message_id FROM data_reads ORDER BY id"
        )
        assert taken[1] == "画面:使用量情報照会（CSV）"
        assert (taken[0], *taken[2:]) == (shown[0], *shown[2:])

    def test_nothing_of_it_is_kept_in_between(self, asking: Asking, database: Database) -> None:
        asked(asking(COLLEAGUE))

        assert rows(database, "SELECT 1 FROM form_drafts") == []

    def test_a_seal_that_was_changed_is_none(self, asking: Asking, database: Database) -> None:
        client = asking(COLLEAGUE)
        page = asked(client)
        (seal,) = page.xpath("//input[@name='sealed']/@value")

        for broken in (seal[:-2], "x" + seal[1:], ""):
            assert send(client, page, {"sealed": broken}, button=MONTHLY).status_code == 400
        assert len(rows(database, "SELECT 1 FROM data_reads")) == 1

    def test_it_is_for_who_asked_alone(self, asking: Asking, database: Database) -> None:
        seal = asked(asking(COLLEAGUE)).xpath("//input[@name='sealed']/@value")[0]

        for person in (DECIDER, NEW_SIDE, STRANGER):
            other = asking(person)
            assert send(other, asked(other), {"sealed": seal}, button=MONTHLY).status_code == 400

    def test_it_is_there_for_usage_alone_and_in_its_segment(self, asking: Asking) -> None:
        client = asking(COLLEAGUE)
        page = asked(client)
        (token,), (seal,) = (page.xpath(f"//input[@name='{name}']/@value")[:1] for name in ("csrf_token", "sealed"))
        form = {"csrf_token": token, "sealed": seal, "part": "monthly", "encoding": "utf-8"}

        assert client.post(f"{HIGH_USAGE}/file", data=form).status_code == 400
        assert client.post("/inquiries/10110/low_voltage/file", data=form).status_code == 404
        assert client.post(f"{USAGE}/file", data=form | {"part": "all"}).status_code == 400
        assert client.post(f"{USAGE}/file", data=form).status_code == 200
