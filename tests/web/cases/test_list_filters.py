"""The filters, the order and the columns of the list: all in the address, and the CSV takes the same."""

import csv
import io
from datetime import timedelta
from urllib.parse import quote

import pytest
from lxml import html

from deploy.samples import Person
from models.cases import case_list
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of
from schemas.codes import ApplicationKind, Segment
from tests.support.case_stages import accept
from tests.support.case_steps import obey_all
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.decisions import reject
from tests.support.lone_applications import open_of_kind, open_start
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, send, words
from web.cases import list_view
from web.cases.list_columns import COLUMNS


def point(number: int) -> str:
    return f"0310000000000000{number:06d}"


def listed(browsers: Browsers, person: Person, query: str) -> list[str]:
    return words(get(browsers.of(person), f"/cases?{quote(query, safe='=&')}"), "//tbody//th/a")


def lines(browsers: Browsers, person: Person, query: str) -> list[dict[str, str]]:
    """Read the CSV of the list as a program does."""
    answer = browsers.of(person).get(f"/cases.csv?{query}")
    assert answer.status_code == 200
    encoding = "cp932" if "encoding=cp932" in query else "utf-8-sig"
    return list(csv.DictReader(io.StringIO(answer.data.decode(encoding), newline="")))


def test_kind_segment_result_and_days_of_the_end_leave_what_fits(browsers: Browsers, database: Database) -> None:
    awaiting = open_case(database, point_number=point(1))
    rejected = open_case(database, point_number=point(2), segment=Segment.LOW_VOLTAGE_FIT)
    accepted, lone = open_case(database, point_number=point(3)), open_start(database, point_number=point(4))
    with database.transaction() as session:
        accept(session, accepted)
        reject(session, rejected)
        obey_all(session, rejected)
        today = day_of(business_now(session))

    assert listed(browsers, NEW_SIDE, "kind=start") == [lone]
    assert listed(browsers, NEW_SIDE, "kind=switching") == [accepted, rejected, awaiting]
    assert listed(browsers, NEW_SIDE, "segment=low_voltage_fit") == [rejected]
    assert listed(browsers, NEW_SIDE, "result=accept") == listed(browsers, DECIDER, "result=accept") == [accepted]
    assert listed(browsers, NEW_SIDE, "result=reject") == listed(browsers, NEW_SIDE, "phase=ended") == [rejected]
    assert listed(browsers, NEW_SIDE, f"ended_from={today}&ended_to={today}") == [rejected]
    assert listed(browsers, NEW_SIDE, f"ended_to={today - timedelta(days=1)}") == []
    assert listed(browsers, NEW_SIDE, "phase=open") == [lone, accepted, awaiting]
    assert listed(browsers, DECIDER, "due=later") == [accepted, awaiting]
    assert listed(browsers, DECIDER, "due=later&result=accept&segment=low_voltage&area=03") == [accepted]
    assert listed(browsers, STRANGER, "phase=open") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=gas", ""),
        ("segment=low", ""),
        ("result=maybe", ""),
        ("due=soon", ""),
        ("ended_from=2026-08-02&ended_to=2026-08-01", "終了日の期間"),
        ("ended_to=1999-01-01", "2000年から2199年"),
    ],
)
def test_a_filter_that_cannot_be_is_said_at_its_field(query: str, said: str, browsers: Browsers) -> None:
    client = browsers.of(NEW_SIDE)

    page = get(client, f"/cases?{query}", status=422)

    assert said in words(page, "//*[contains(@class, 'field__error')]")[0]
    assert page.xpath("//details[@open]//form[@role='search']"), "what is wrong is not hidden"
    assert client.get(f"/cases.csv?{query}").status_code == 422


def test_the_chosen_filters_stand_above_the_list_and_each_can_be_taken_away(
    browsers: Browsers, database: Database
) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    page = get(client, "/cases?phase=open&area=03&sort=due&column=due")

    assert page.xpath("//details[@open]") == []
    assert words(page, "//a[@class='chip']") == [
        "案件状態: 進行中のすべての条件を外す", "エリア: 03 東京の条件を外す"
    ]  # fmt: skip
    assert page.xpath("//a[@class='chip']/@href") == [
        "/cases?area=03&sort=due&column=due", "/cases?phase=open&sort=due&column=due"
    ]  # fmt: skip
    assert page.xpath("//a[@class='chip chip--all']/@href") == ["/cases?sort=due&column=due"]
    assert get(client, "/cases").xpath("//a[contains(@class, 'chip')]") == []


def test_the_filter_form_keeps_order_and_columns(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    page = get(client, "/cases?sort=changed&order=asc&column=due&column=changed")
    answer = send(client, page, {"area": "03"}, button="絞り込む")

    query = answer.request.query_string.decode()
    assert all(part in query for part in ("area=03", "sort=changed", "order=asc", "column=due&column=changed"))


def test_headings_sort_and_say_how_it_is_sorted(browsers: Browsers, database: Database) -> None:
    first = open_case(database, point_number=point(1))
    second = open_case(database, point_number=point(2))
    with database.transaction() as session:
        accept(session, first)
        obey_all(session, first)
    client = browsers.of(NEW_SIDE)
    page = get(client, "/cases?column=registered&column=changed&column=due")
    assert page.xpath("//th[@aria-sort]/@aria-sort") == ["descending"]

    def follow(heading: str, page: html.HtmlElement) -> html.HtmlElement:
        (address,) = page.xpath(f"//thead//a[contains(., '{heading}')]/@href")
        return get(client, address)

    by_change = follow("更新日時", page)
    assert words(by_change, "//tbody//th/a") == [first, second]
    assert words(follow("更新日時", by_change), "//tbody//th/a") == [second, first]
    oldest = follow("登録日時", page)
    assert words(oldest, "//tbody//th/a") == [first, second]
    assert oldest.xpath("//th[@aria-sort='ascending']//a/@href") == [
        "/cases?column=registered&column=changed&column=due"
    ]
    assert "登録の古い順" in oldest.text_content()
    by_due = follow("期限", page)
    assert words(by_due, "//tbody//th/a") == [second, first]


def test_deadlines_are_those_of_open_cases_and_the_address_says_so(browsers: Browsers, database: Database) -> None:
    awaiting, ended = open_case(database, point_number=point(1)), open_case(database, point_number=point(2))
    with database.transaction() as session:
        reject(session, ended)
        obey_all(session, ended)
    client = browsers.of(DECIDER)

    assert client.get("/cases?sort=due").location == "/cases?sort=due&phase=open"
    page = get(client, "/cases?sort=due&phase=open")
    assert words(page, "//tbody//th/a") == [awaiting]
    assert "1件が該当します（期限の早い順）" in page.text_content()
    page = get(client, "/cases?sort=due&phase=rejected")
    assert words(page, "//tbody//th/a") == [ended]
    assert page.xpath("//thead//a[contains(., '期限')]") == []


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
@pytest.mark.parametrize("sort", ["registered", "changed", "due"])
@pytest.mark.parametrize("way", ["asc", "desc"])
def test_in_every_order_pages_hide_and_repeat_nothing(
    sort: str, way: str, person: Person, browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 2)
    opened = [open_case(database, point_number=point(number)) for number in range(1, 6)]
    with database.transaction() as session:
        accept(session, opened[2])
        move_clock(session, by=timedelta(days=1))
    opened.append(open_case(database, point_number=point(6)))
    client = browsers.of(person)
    found: list[str] = []
    address = f"/cases?phase=open&sort={sort}&order={way}"
    while address:
        page = get(client, address)
        found += words(page, "//tbody//th/a")
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    file = [row["廃止取次番号"] for row in lines(browsers, person, f"phase=open&sort={sort}&order={way}")]

    assert sorted(found) == sorted(opened)
    assert file == found
    assert (found[-1] if way == "asc" else found[0]) in (opened[2], opened[5])


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
@pytest.mark.parametrize("rest", ["", "&segment=low_voltage", "&phase=open"])
def test_by_the_day_on_which_supply_passes_what_has_none_comes_behind_all_days(
    rest: str, person: Person, browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 2)
    with database.transaction() as session:
        first = day_of(business_now(session)) + timedelta(days=30)
    opened = [
        open_case(database, point_number=point(number), wished_date=first + timedelta(days=later))
        for number, later in ((1, 2), (2, 0), (3, 1), (4, 1))
    ]
    without = open_of_kind(database, ApplicationKind.USAGE_INQUIRY, segment=Segment.LOW_VOLTAGE)
    rising = [opened[1], *sorted(opened[2:]), opened[0], without]
    client = browsers.of(person)

    for way, expected in (("asc", rising), ("desc", rising[::-1])):
        address, pages = f"/cases?sort=effective&order={way}{rest}", []
        while address:
            page = get(client, address)
            pages.append(words(page, "//tbody//th/a"))
            address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
        assert pages == [expected[:2], expected[2:4], expected[4:]]
        (back,) = page.xpath("//a[@rel='prev']/@href")
        assert words(get(client, back), "//tbody//th/a") == expected[2:4]
        assert [row["廃止取次番号"] for row in lines(browsers, person, f"sort=effective&order={way}{rest}")] == expected
    page = get(client, f"/cases?sort=effective{rest}&column=effective")
    assert "異動日の早い順" in page.text_content()
    assert page.xpath("string(//thead//th[contains(., '異動日')]/@aria-sort)") == "ascending"


def test_columns_are_chosen_and_stand_in_the_address(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)
    page = get(client, "/cases?area=03")

    answer = send(client, page, {"column": ["version", "kind"]}, button="この列にする")

    assert answer.request.query_string.decode() == "column=version&column=kind&area=03"
    page = get(client, f"/cases?{answer.request.query_string.decode()}")
    assert words(page, "//thead//th") == ["番号", "種別", "版"]
    assert words(page, "//tbody//td") == ["スイッチング", "1"]


@pytest.mark.parametrize("query", ["column=weight", "sort=weight", "sort=changed&order=sideways", "sort=&column="])
def test_an_order_or_a_column_that_there_is_not_leaves_the_usual_ones(
    query: str, browsers: Browsers, database: Database
) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    usual = words(get(client, "/cases"), "//thead//th")

    assert words(get(client, f"/cases?{query}"), "//thead//th") == usual


def test_every_column_is_shown_to_whose_it_is_and_named_once(browsers: Browsers, database: Database) -> None:
    open_case(database)
    query = "&".join(f"column={column.name}" for column in COLUMNS)

    for person, hidden in ((NEW_SIDE, set[str]()), (DECIDER, set[str]()), (OPERATOR, {"立場"})):
        page = get(browsers.of(person), f"/cases?{query}")
        headings = [heading.split("▼")[0].split("↕")[0] for heading in words(page, "//thead//th")]
        assert set(headings) == {"番号", *(column.label for column in COLUMNS)} - hidden
        assert len(page.xpath("//tbody/tr/*")) == len(headings)
    shown = get(browsers.of(DECIDER), f"/cases?{query}").text_content()
    assert "あおぞら" not in shown.replace("\n", "")
    assert "（表示されません）" in shown


def test_the_file_of_what_is_shown_has_its_columns_with_number_reasons_and_defects(
    browsers: Browsers, database: Database
) -> None:
    rejected = open_case(database)
    with database.transaction() as session:
        reject(session, rejected)
        obey_all(session, rejected)
    page = get(browsers.of(NEW_SIDE), "/cases?phase=rejected&column=effective")
    (address,) = page.xpath("//a[.='表示している列（UTF-8）']/@href")

    (row,) = lines(browsers, NEW_SIDE, address.partition("?")[2])

    assert list(row) == [
        *("行番号", "廃止取次番号", "異動希望日", "異動日", "NG理由", "NG理由（詳細）", "終了の理由"),
        *("開始申請の不備の内容", "廃止申請の不備の内容", "単独申請の不備の内容"),
    ]
    assert (row["廃止取次番号"], row["NG理由"]) == (rejected, "05 該当契約なし、09 その他")
    assert row["NG理由（詳細）"] == "契約者死亡のため要確認"


def test_the_file_can_be_had_in_the_encoding_of_older_spreadsheets(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        reject(session, case_number, text="髙橋様①㈱〜−—\u00e9")
        obey_all(session, case_number)
    answer = browsers.of(NEW_SIDE).get("/cases.csv?encoding=cp932")

    (row,) = lines(browsers, NEW_SIDE, "encoding=cp932")

    assert answer.headers["Content-Type"] == "text/csv; charset=Windows-31J"
    assert row["NG理由（詳細）"] == "髙橋様①㈱～－―〓"
    assert row["エリア"] == "03 東京"


def test_where_there_are_too_many_to_look_through_it_says_how_far_it_looked(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "LOOKED_THROUGH", 2)
    opened = []
    for number in range(1, 6):
        opened.append(open_case(database, point_number=point(number)))
        with database.transaction() as session:
            reject(session, opened[-1])
            obey_all(session, opened[-1])
            day = day_of(business_now(session))
            move_clock(session, by=timedelta(days=1))
    client = browsers.of(NEW_SIDE)

    page = get(client, "/cases?phase=rejected")

    assert words(page, "//tbody//th/a") == opened[:1:-1]
    assert "3件以上が該当します" in page.text_content()
    assert "より前の案件は探していません" in page.text_content()
    assert len(lines(browsers, NEW_SIDE, "phase=rejected")) == 5, "the file has all"
    older = get(client, f"/cases?phase=rejected&registered_to={day - timedelta(days=2)}")
    assert words(older, "//tbody//th/a") == opened[2::-1]
    everything = get(client, "/cases")
    assert words(everything, "//tbody//th/a") == opened[::-1]
    assert "すべて 3件以上" in words(everything, "//nav[@class='counts']//a")
    assert "探していません" not in everything.text_content()
