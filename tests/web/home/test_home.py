"""The page on which people begin: what waits for each, as counts that lead to exactly those cases."""

from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import text

from deploy.samples import Person
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import JapaneseCalendar, add_business_days, day_of, end_of
from rules.procedure.events import CommandKind
from tests.support.case_stages import accept
from tests.support.case_steps import case_state, obey_all
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, OTHER, STRANGER, register_cast
from tests.support.interventions import intervene
from tests.support.referrals import open_case
from tests.support.sample_cases import sample_office
from tests.web.conftest import Browsers
from tests.web.pages import get, words


def point(number: int) -> str:
    return f"0310000000000000{number:06d}"


def counts(page: html.HtmlElement, heading: str) -> dict[str, int]:
    """Read the counts under a heading."""
    links = [label.split() for label in words(page, f"//section[h2='{heading}']//a")]
    return {label: int(number.rstrip("件")) for label, number in links}


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_every_count_leads_to_exactly_so_many_cases(person: Person, browsers: Browsers, database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)
    sample_office(database)
    client = browsers.of(person)

    links = get(client, "/home").xpath("//main//ul[contains(@class, 'waits')]//a")

    assert len(links) >= 10
    shown = {link.get("href"): int(link.xpath("string(.//strong)").rstrip("件")) for link in links}
    assert {href: len(words(get(client, href), "//tbody//th/a")) for href in shown} == shown
    assert any(shown.values())


def test_what_is_to_be_judged_is_counted_by_the_time_that_is_left(browsers: Browsers, database: Database) -> None:
    open_case(database, point_number=point(1))
    with database.transaction() as session:
        now = business_now(session)
        move_clock(session, by=end_of(add_business_days(day_of(now), 1, JapaneseCalendar())) - now - timedelta(hours=1))
    open_case(database, point_number=point(2))

    page = get(browsers.of(DECIDER), "/home")
    assert counts(page, "判断を待つ廃止取次") == {
        "すべて": 2, "期限経過": 0, "本日まで": 0, "翌営業日まで": 1, "それ以降": 1
    }  # fmt: skip

    with database.transaction() as session:
        now = business_now(session)
        move_clock(session, by=end_of(add_business_days(day_of(now), 1, JapaneseCalendar())) - now)
    page = get(browsers.of(DECIDER), "/home")
    assert counts(page, "判断を待つ廃止取次") == {
        "すべて": 2, "期限経過": 1, "本日まで": 1, "翌営業日まで": 0, "それ以降": 0
    }  # fmt: skip


def test_deadlines_that_stand_still_are_counted_apart_and_with_all(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.SUSPEND)
        obey_all(session, case_number)

    client = browsers.of(DECIDER)
    page = get(client, "/home")
    counted = counts(page, "判断を待つ廃止取次")

    assert (counted.pop("すべて"), counted.pop("期限停止中")) == (1, 1)
    assert set(counted.values()) == {0}
    for due, numbers in (("stands_still", [case_number]), ("later", [])):
        assert words(get(client, f"/inbox?due={due}"), "//tbody//th/a") == numbers
        assert words(get(client, f"/cases?duty=decide&due={due}"), "//tbody//th/a") == numbers


def test_what_is_to_be_judged_leads_to_the_inbox_and_other_duties_to_the_list(browsers: Browsers) -> None:
    page = get(browsers.of(DECIDER), "/home")

    def leads(heading: str) -> set[str]:
        return {address.partition("?")[0] for address in page.xpath("//section[h2=$h]//a/@href", h=heading)}

    assert leads("判断を待つ廃止取次") == {"/inbox"}
    assert leads("登録を待つ申請") == leads("訂正を待つ不備") == {"/cases"}


def test_files_that_want_something_are_counted_for_their_company_and_for_the_hub_operator(
    browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        register_cast(session)
    sample_office(database)
    want = {"実行待ち": 2, "実行中": 1, "中断中": 1, "本日終了・受付不可あり": 2}

    for person, expected in ((NEW_SIDE, want), (OPERATOR, want), (STRANGER, dict.fromkeys(want, 0))):
        assert counts(get(browsers.of(person), "/home"), "一括処理のファイル") == expected


def test_files_that_ended_before_today_or_without_a_refusal_are_nobodys_concern(
    browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        register_cast(session)
    sample_office(database)
    ended = "UPDATE bulk_files SET {} WHERE ended_at IS NOT NULL"
    client = browsers.of(NEW_SIDE)

    for change in ("ended_at = ended_at - interval '1 day'", "ended_at = clock_timestamp(), refused = 0"):
        with database.transaction() as session:
            session.execute(text(ended.format(change)))
        assert counts(get(client, "/home"), "一括処理のファイル")["本日終了・受付不可あり"] == 0


def test_each_sees_what_is_its_own_to_do_and_nothing_of_others(browsers: Browsers, database: Database) -> None:
    accepted, awaiting = open_case(database, point_number=point(1)), open_case(database, point_number=point(2))
    open_case(database, point_number=point(3), current_retailer_code=OTHER)
    with database.transaction() as session:
        accept(session, accepted)
        assert not case_state(session, awaiting).ended

    current, new = get(browsers.of(DECIDER), "/home"), get(browsers.of(NEW_SIDE), "/home")
    other, operator = get(browsers.of(STRANGER), "/home"), get(browsers.of(OPERATOR), "/home")

    assert counts(current, "判断を待つ廃止取次")["すべて"] == 1
    assert counts(current, "登録を待つ申請")["すべて"] == counts(new, "登録を待つ申請")["すべて"] == 1
    assert counts(new, "判断を待つ廃止取次")["すべて"] == 0
    assert counts(other, "判断を待つ廃止取次")["すべて"] == 1
    assert [counts(page, "進行中の案件")["すべて"] for page in (current, new, other, operator)] == [2, 3, 1, 3]
    assert list(counts(operator, "広域機関の対応を待つ案件").values()) == [0, 0, 0]


def test_who_may_not_decide_is_told_who_does(browsers: Browsers, database: Database) -> None:
    open_case(database)

    assert "権限がある担当者が行います" in get(browsers.of(COLLEAGUE), "/home").text_content()
    assert "権限がある担当者が行います" not in get(browsers.of(DECIDER), "/home").text_content()


def test_it_is_where_people_begin_and_where_the_name_of_the_hub_leads(browsers: Browsers, database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)

    for person in CAST:
        client = browsers.of(person)
        assert client.get("/login").location == "/home"
        page = get(client, "/home")
        assert page.xpath("string(//*[@class='header__name']/a/@href)") == "/home"
        assert words(page, "//nav[@aria-label='画面']//a")[0] == "ホーム"
    assert browsers.of(None).get("/home").location == "/login?next=/home"


def test_it_names_nobody_and_no_case(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        text = get(browsers.of(person), "/home").text_content()
        assert not [secret for secret in (case_number, "髙橋", "豊洲") if secret in text]
