"""集計: charts of a retailer's own cases, for the hub operator of the market; each with its table and its file."""

import csv
import io
from datetime import date

import pytest
from lxml.html import HtmlElement
from werkzeug.datastructures import MultiDict

from models.cases.volume_keys import DECIDED_WITHIN, Book, Figure
from models.cases.volumes import LEFT_UNTIL, VolumeFilter, Volumes
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import CasePhase, Segment
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, SECOND_POINT, STRANGER
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, page_of, send, words
from web.shared.words import day_words
from web.volumes.charts import SHOWN, figures_of, shown_in
from web.volumes.search import VolumeSearch

PAGE = "/volumes"


@pytest.fixture
def two_cases(database: Database) -> None:
    open_case(database)
    open_case(database, segment=Segment.HIGH_VOLTAGE, point_number=SECOND_POINT)


def table(page: HtmlElement, figure: str) -> dict[str, list[str]]:
    rows = page.xpath("//section[@aria-labelledby=$section]//tbody/tr", section=f"by-{figure}")
    return {words(row, "th")[0]: words(row, "td") for row in rows}


def today(database: Database) -> str:
    with database.transaction() as session:
        return day_of(business_now(session)).isoformat()


@pytest.mark.usefixtures("two_cases")
def test_a_retailer_sees_its_own_cases_by_day_state_and_area_in_each_segment(browsers: Browsers) -> None:
    page = get(browsers.of(NEW_SIDE), PAGE)

    assert words(page, "//h2") == [SHOWN[figure].title for figure in shown_in(Book.NEW)]
    days = table(page, "day")
    assert len(days) == 30
    assert list(days.values())[-1] == ["1", "1", "0"]
    assert table(page, "result")["判断待ち"] == ["1", "1", "0"]
    assert table(page, "area")["03 東京"] == ["1", "1", "0"]
    assert len(page.xpath("//*[local-name()='svg'][@role='img']")) == len(shown_in(Book.NEW))


@pytest.mark.usefixtures("two_cases")
def test_each_side_has_its_own_and_a_stranger_none(browsers: Browsers) -> None:
    def awaiting(person: object, book: str) -> list[str]:
        page = get(browsers.of(person), f"{PAGE}?book={book}")  # type: ignore[arg-type]
        return table(page, "result")["判断待ち"]

    assert awaiting(COLLEAGUE, "current") == ["1", "1", "0"]
    assert awaiting(DECIDER, "new") == ["0", "0", "0"]
    assert awaiting(STRANGER, "current") == ["0", "0", "0"]
    assert awaiting(OPERATOR, "all") == ["1", "1", "0"]


@pytest.mark.usefixtures("two_cases")
def test_the_market_is_the_hub_operators_alone(browsers: Browsers) -> None:
    retailer, operator = browsers.of(STRANGER), browsers.of(OPERATOR)

    assert words(get(retailer, f"{PAGE}?book=all"), "//nav[@aria-label='数える案件']//a[@aria-current]") == [
        "新小売として登録した取次"
    ]
    assert table(get(retailer, f"{PAGE}?book=all"), "result")["判断待ち"] == ["0", "0", "0"]
    assert words(get(operator, PAGE), "//nav[@aria-label='数える案件']//a") == ["市場全体の取次", "単独申請"]


@pytest.mark.usefixtures("two_cases")
def test_filters_stand_in_the_address_and_are_taken_away_one_by_one(browsers: Browsers, database: Database) -> None:
    client = browsers.of(NEW_SIDE)
    day = today(database)

    page = get(client, f"{PAGE}?registered_from={day}&registered_to={day}&segment=high_voltage&area=03")

    assert table(page, "day") == {day_words(date.fromisoformat(day)): ["1"]}
    chips = dict(zip(words(page, "//a[@class='chip']"), page.xpath("//a[@class='chip']/@href"), strict=True))
    without_segment = chips["区分: 高圧500kW未満の条件を外す"]
    assert "segment" not in without_segment
    assert "area=03" in without_segment
    assert table(get(client, without_segment), "day") == {day_words(date.fromisoformat(day)): ["1", "1", "0"]}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("registered_from=2026-05-02&registered_to=2026-05-01", "後の日が前の日以降"),
        ("registered_from=2026-01-01&registered_to=2026-05-01", "92日以内"),
        ("registered_from=2026-13-01", "日付"),
        ("registered_to=0001-01-01", "年"),
        ("segment=middle_voltage", ""),
    ],
)
def test_a_period_that_cannot_be_is_told_with_the_form_open(browsers: Browsers, address: str, said: str) -> None:
    page = get(browsers.of(NEW_SIDE), f"{PAGE}?{address}", status=422)

    assert said in words(page, "//*[@role='alert']")[0]
    assert page.xpath("//details[@open]")
    assert page.xpath("//*[local-name()='svg'][@role='img']") == []


@pytest.mark.parametrize(("encoding", "codec"), [("utf-8", "utf-8-sig"), ("cp932", "cp932")])
@pytest.mark.usefixtures("two_cases")
def test_each_chart_is_there_as_a_file_of_the_same_values(browsers: Browsers, encoding: str, codec: str) -> None:
    client = browsers.of(NEW_SIDE)
    page = get(client, f"{PAGE}?segment=high_voltage")
    links = [link for link in page.xpath("//p[@class='download']/a/@href") if f"encoding={encoding}" in link]
    assert len(links) == len(shown_in(Book.NEW))

    for link in links:
        lines = list(csv.reader(io.StringIO(client.get(link).get_data().decode(codec))))
        figure = link.removeprefix("/volumes/").partition(".csv")[0]
        shown = {name.partition("（")[0] if figure == "day" else name: row for name, row in table(page, figure).items()}
        assert {line[0]: line[1:] for line in lines[1:]} == shown


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({}, "2026-05-02", "2026-05-31"),
        ({"registered_from": "2026-01-01"}, "2026-01-01", "2026-01-30"),
        ({"registered_to": "2026-01-30"}, "2026-01-01", "2026-01-30"),
        ({"registered_from": "2026-01-01", "registered_to": "2026-04-02"}, "2026-01-01", "2026-04-02"),
    ],
)
def test_a_month_counts_where_no_day_or_one_is_given(given: dict[str, str], first: str, last: str) -> None:
    search = VolumeSearch(MultiDict(given), books=(Book.NEW,), today=date(2026, 5, 31))

    assert search.validate()
    assert (search.first.isoformat(), search.last.isoformat()) == (first, last)


def test_a_figure_or_an_encoding_that_nobody_knows_is_not_found(browsers: Browsers) -> None:
    client = browsers.of(NEW_SIDE)

    for address in ("/volumes/names.csv", "/volumes/day.csv?encoding=utf-16", "/volumes/kind.csv?book=new"):
        get(client, address, status=404)


def test_every_group_of_times_has_a_name_and_every_state_a_place() -> None:
    wanted = VolumeFilter(book=Book.ALL, first=date.fromisoformat("2026-05-01"), last=date.fromisoformat("2026-05-02"))
    keys = {figure: [key for key, _ in SHOWN[figure].keys(wanted)] for figure in Figure}

    assert keys[Figure.DECIDED_IN] == [str(number) for number in range(len(DECIDED_WITHIN) + 1)]
    assert keys[Figure.LEFT] == [str(number) for number in range(len(LEFT_UNTIL) + 1)]
    assert keys[Figure.RESULT] == [phase.value for phase in CasePhase]
    assert keys[Figure.DAY] == ["2026-05-01", "2026-05-02"]
    labels = [category.label for _, category in SHOWN[Figure.LEFT].keys(wanted)]
    assert labels[:3] == ["期限を過ぎている", "1日未満", "1日以上2日未満"]


def test_figures_of_one_segment_have_one_series() -> None:
    nothing = Volumes({figure: {} for figure in Figure})
    day = date.fromisoformat("2026-05-01")
    wanted = VolumeFilter(book=Book.NEW, first=day, last=day, segment=Segment.LOW_VOLTAGE_FIT)

    assert [series.label for series in figures_of(Figure.DAY, nothing, wanted).series] == ["低圧FIT電源"]


@pytest.mark.usefixtures("two_cases")
def test_the_form_keeps_whose_cases_are_counted(browsers: Browsers, database: Database) -> None:
    client = browsers.of(NEW_SIDE)

    answer = send(client, get(client, f"{PAGE}?book=current"), {"area": "03"}, button="絞り込む")

    page = page_of(answer)
    assert words(page, "//a[@class='chip']") == ["エリア: 東京の条件を外す"]
    assert words(page, "//nav[@aria-label='数える案件']//a[@aria-current]") == ["現小売として受けた取次"]
