"""The list of cases: whose, by which filters, and how many."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import text

from models.cases.operations import record_step
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of, start_of
from rules.numbers import check_digit
from rules.procedure.events import NewsKind, TimePassed
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case, case_state, hear, obey_all, step_for
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR, OTHER, STRANGER
from tests.support.database_contents import rows
from tests.support.decisions import decide, reject
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, send, words
from web.cases import list_view
from web.shared.words import day_words


def point(number: int, area: str = "03") -> str:
    return f"{area}10000000000000{number:06d}"


SEPARATORS = (
    "-", "－", "ー", "‐", "―", "−", " ", "\u3000", "\t", "\u2011", "\u2012", "\u2013", "\u2014", "\uff70", "\u00ad",
    "\u00a0", "\u2009", "\u202f", "\u2007", "\u200b", "\u200c", "\u2060", "\ufeff", "\u200e", "\ufe63", "\u2500",
)  # fmt: skip
"""What stands between digits in documents, mails, chats and cells."""


def listed(browsers: Browsers, person: object, query: str = "") -> list[str]:
    """List the numbers as a person sees them."""
    page = get(browsers.of(person), f"/cases?{quote(query, safe='=&')}")  # type: ignore[arg-type]
    return words(page, "//tbody//th/a")


def test_each_sees_the_cases_it_has_a_part_in_the_newest_first(browsers: Browsers, database: Database) -> None:
    ours = open_case(database, point_number=point(1))
    theirs = open_case(database, point_number=point(2), current_retailer_code=OTHER)

    assert listed(browsers, NEW_SIDE) == [theirs, ours]
    assert listed(browsers, DECIDER) == [ours]
    assert listed(browsers, STRANGER) == [theirs]
    assert listed(browsers, OPERATOR) == [theirs, ours]


def test_the_current_retailer_does_not_see_who_asks_and_the_operator_sees_both(
    browsers: Browsers, database: Database
) -> None:
    open_case(database)

    assert "あおぞら" not in browsers.of(DECIDER).get("/cases").get_data(as_text=True)
    assert "1002 みなと電気株式会社" in get(browsers.of(NEW_SIDE), "/cases?column=current").text_content()
    assert "あおぞら" not in browsers.of(DECIDER).get("/cases?column=new").get_data(as_text=True)
    both = get(browsers.of(OPERATOR), "/cases").xpath("string(//tbody)")
    assert "1001 あおぞら電力株式会社" in both
    assert "1002 みなと電気株式会社" in both


def test_it_shows_no_personal_data(browsers: Browsers, database: Database) -> None:
    open_case(database)

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        text = browsers.of(person).get("/cases").get_data(as_text=True)
        assert not [secret for secret in ("髙橋", "豊洲", "12345678901234") if secret in text]
    assert rows(database, "SELECT * FROM data_reads") == []


def test_filters_stand_in_the_address_and_leave_what_fits(browsers: Browsers, database: Database) -> None:
    tokyo = open_case(database, point_number=point(1))
    with database.transaction() as session:
        reject(session, tokyo)
        obey_all(session, tokyo)
        today = day_of(business_now(session))
        move_clock(session, by=timedelta(days=2))
    kansai = open_case(database, point_number=point(2, "06"))
    later = today + timedelta(days=2)

    assert listed(browsers, NEW_SIDE, "phase=rejected") == [tokyo]
    assert listed(browsers, NEW_SIDE, "area=06") == [kansai]
    assert listed(browsers, NEW_SIDE, f"registered_from={later}") == [kansai]
    assert listed(browsers, NEW_SIDE, f"registered_to={today}") == [tokyo]
    assert listed(browsers, NEW_SIDE, f"registered_from={today}&registered_to={later}") == [kansai, tokyo]
    assert listed(browsers, NEW_SIDE, "side=new&area=03&phase=rejected") == [tokyo]
    assert listed(browsers, NEW_SIDE, "side=current") == []
    assert listed(browsers, DECIDER, "side=current") == [kansai, tokyo]


def test_the_form_makes_the_address(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(NEW_SIDE)

    answer = send(client, get(client, "/cases"), {"phase": "awaiting_decision", "area": "03"}, button="絞り込む")

    assert answer.status_code == 200
    assert "phase=awaiting_decision" in answer.request.query_string.decode()
    assert case_number in answer.get_data(as_text=True)


def test_a_case_is_found_by_its_numbers_as_people_paste_them(browsers: Browsers, database: Database) -> None:
    open_case(database, point_number=point(1))
    case_number = open_case(database, point_number=point(2))

    for number in (
        case_number,
        case_number.lower(),
        "03-1000-0000-0000-0000-0002",
        "０３１００００００００００００００００００２",
        f" {case_number} ",
        *(f"03{between}1000{between}0000{between}0000{between}0000{between}0002" for between in SEPARATORS),
        *(f"{case_number[:2]}{between}{case_number[2:]}{between}" for between in SEPARATORS),
        "\ufeff03-1000-0000-0000-0000-0002\r\n",
    ):
        assert listed(browsers, NEW_SIDE, f"number={number}") == [case_number], number


def test_an_application_number_finds_the_case_for_whose_application_it_is(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        state = as_case(send_both(session, case_number).state)
    start, end = (state.application(kind).number for kind in SWITCHING_APPLICATIONS)

    assert listed(browsers, NEW_SIDE, f"number={start}") == listed(browsers, DECIDER, f"number={end}") == [case_number]
    assert listed(browsers, NEW_SIDE, f"number={end}") == listed(browsers, DECIDER, f"number={start}") == []
    assert listed(browsers, OPERATOR, f"number={start}") == listed(browsers, OPERATOR, f"number={end}") == [case_number]


def test_a_foreign_number_finds_as_little_as_one_that_does_not_exist(browsers: Browsers, database: Database) -> None:
    case_number, nowhere = open_case(database), "SW03L20260101000000009"
    with database.transaction() as session:
        point_number = case_state(session, case_number).point_number
    client = browsers.of(STRANGER)

    def told(number: str) -> str:
        return str(get(client, f"/cases?number={number}").text_content()).replace(number, "")

    assert told(case_number) == told(sound_like(nowhere))
    assert told(point_number) == told(point(9))


def sound_like(number: str) -> str:
    return number[:-1] + check_digit(number[:-1])


@pytest.mark.parametrize(
    ("query", "words_of_it"),
    [
        ("number=SW03L20260101999999990", "番号が正しくありません"),
        ("number=%E9%AB%98%E6%A9%8B", "番号が正しくありません"),
        ("number=123", "22文字です"),
        ("number=%00", "番号が正しくありません"),
        ("phase=asleep", ""),
        ("area=11", ""),
        ("side=operator", ""),
        ("registered_from=yesterday", ""),
        ("registered_from=2026-08-02&registered_to=2026-08-01", "登録日の期間"),
    ],
)
def test_what_cannot_be_looked_for_is_said_at_the_field(query: str, words_of_it: str, browsers: Browsers) -> None:
    client = browsers.of(NEW_SIDE)

    page = get(client, f"/cases?{query}", status=422)

    assert words_of_it in words(page, "//*[contains(@class, 'field__error')]")[0]
    assert page.xpath("//tbody") == []
    assert client.get(f"/cases.csv?{query}").status_code == 422


def test_it_counts_by_state_and_each_count_leads_to_its_cases(browsers: Browsers, database: Database) -> None:
    for number in (1, 2, 3):
        case_number = open_case(database, point_number=point(number))
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)
    client = browsers.of(NEW_SIDE)

    page = get(client, "/cases?area=03&phase=rejected")

    counts = {words(link, ".")[0]: link.get("href") for link in page.xpath("//nav[@class='counts']//a")}
    assert list(counts) == ["すべて 3件", "判断待ち 2件", "否認 1件"]
    assert "1件が該当します" in page.text_content().replace("\n", "")
    assert len(words(get(client, counts["判断待ち 2件"]), "//tbody//th/a")) == 2
    assert len(words(get(client, counts["すべて 3件"]), "//tbody//th/a")) == 3


def test_pages_hide_and_repeat_nothing_and_keep_the_filters(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 2)
    opened = [open_case(database, point_number=point(number)) for number in range(1, 6)]
    open_case(database, point_number=point(6, "06"))
    client, address, seen = browsers.of(NEW_SIDE), "/cases?area=03", []

    while address:
        page = get(client, address)
        seen.append(words(page, "//tbody//th/a"))
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
        open_case(database, point_number=point(10 + len(seen)))  # what comes meanwhile is newer

    assert [number for numbers in seen for number in numbers] == opened[::-1]
    first, before = page.xpath("//nav[@class='pager']/a/@href")
    assert first == "/cases?area=03"
    assert before.startswith("/cases?area=03&before=")


def test_one_leafs_back_the_way_one_came_with_the_filters_kept(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 2)
    for number in range(1, 6):
        open_case(database, point_number=point(number))
    open_case(database, point_number=point(6, "06"))
    client = browsers.of(NEW_SIDE)

    def leaf(address: str, way: str) -> list[list[str]]:
        numbers = []
        while address:
            page = get(client, address)
            numbers.append(words(page, "//tbody//th/a"))
            last, address = address, next(iter(page.xpath(f"//a[@rel='{way}']/@href")), "")
        ends.append(last)
        return numbers

    ends: list[str] = []
    there = leaf("/cases?area=03", "next")
    assert leaf(ends[0], "prev") == there[::-1]
    assert get(client, ends[1]).xpath("//nav[@class='pager']/a/@rel") == ["next"], "this is the first page"
    assert leaf(ends[1], "next") == there


def test_back_where_less_than_a_page_is_left_shows_the_first_page_whole(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 2)
    opened = [open_case(database, point_number=point(number)) for number in range(1, 5)]
    client = browsers.of(NEW_SIDE)
    (second,) = get(client, "/cases?phase=awaiting_decision").xpath("//a[@rel='next']/@href")
    (back,) = get(client, second).xpath("//a[@rel='prev']/@href")
    with database.transaction() as session:
        decide(session, opened[3])
        obey_all(session, opened[3])

    assert words(get(client, back), "//tbody//th/a") == [opened[2], opened[1]]


def test_a_page_that_has_run_empty_leads_back_to_the_first(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    page = get(client, "/cases?area=03&cursor=1.SW03L20260101000000009")

    assert words(page, "//tbody//th/a") == []
    assert page.xpath("//nav[@class='pager']/a/@href") == ["/cases?area=03"]


def test_a_cursor_that_is_none_of_ours_is_not_found(browsers: Browsers) -> None:
    for query in ("cursor=x", "before=x", "before=%00", "cursor=1.SW&before=1.SW"):
        get(browsers.of(NEW_SIDE), f"/cases?{query}", status=404)


def test_the_states_are_said_by_word_and_the_time_left_in_business_days(browsers: Browsers, database: Database) -> None:
    open_case(database)

    page = get(browsers.of(NEW_SIDE), "/cases")

    assert words(page, "//tbody//span[starts-with(@class, 'tag ')]") == ["判断待ち", "残り2営業日"]
    assert "判断期限" in page.xpath("string(//tbody)")


def test_once_matched_the_day_is_what_is_awaited_also_after_the_grid_was_asked(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        send_both(session, case_number)
        hear(session, case_number, NewsKind.MATCHED, ApplicationKind.START)
        the_day = case_state(session, case_number).effective_date
        move_clock(session, by=start_of(the_day) + timedelta(hours=9) - business_now(session))
        record_step(session, step=step_for(session, case_number, TimePassed(business_now(session))))

    (cell,) = get(browsers.of(NEW_SIDE), "/cases?column=due").xpath("//tbody//td")

    assert words(cell, ".") == [f"本日まで {the_day} 異動日"]
    assert cell.xpath("string(.//time/@title)") == f"異動日 {day_words(the_day)}"


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE cases SET effective_date = '9999-12-31'",
        "UPDATE cases SET wished_date = '0001-01-01'",
        "UPDATE cases SET ended_at = '0001-01-02T00:00:00Z'",
        'UPDATE cases SET state = state || \'{"effective_date": "never"}\'',
        "UPDATE cases SET phase = 'unheard-of'",
        "UPDATE cases SET decision = 'maybe'",
    ],
)
def test_a_case_that_nobody_can_show_says_so_and_spoils_no_other(
    browsers: Browsers, database: Database, spoil: str
) -> None:
    wrong_case = open_case(database, point_number=point(1))
    right = open_case(database, point_number=point(2))
    with database.transaction() as session:
        session.execute(text(f"{spoil} WHERE case_number = '{wrong_case}'"))

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        page = get(browsers.of(person), "/cases")
        assert words(page, "//tbody//th/a") == [right]
        assert [cells[:6] for cells in words(page, "//tbody//td[@colspan]")] == ["この案件の記"]
        csv = browsers.of(person).get("/cases.csv").get_data(as_text=True)
        assert csv.count("読み取れない値") == 1
        assert right in csv.splitlines()[1] and wrong_case in csv.splitlines()[2]
    assert right in browsers.of(DECIDER).get("/inbox").get_data(as_text=True)
