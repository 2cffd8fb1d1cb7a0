"""The inbox of 現小売."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of
from rules.deadlines import DEADLINE_RULES, earliest_effective_date
from schemas.codes import MeterWork, Segment
from tests.support.case_stages import accept
from tests.support.cast import COLLEAGUE, CONTRACT_NUMBER, DECIDER, NEW_SIDE, OPERATOR, OTHER, STRANGER
from tests.support.database_contents import rows
from tests.support.moments import CALENDAR
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words
from web.inbox import listing as inbox


def nearest_date(database: Database) -> date:
    """Give the first day that may be wished for: its cut-off comes before the decision's own deadline."""
    rules = DEADLINE_RULES[Segment.LOW_VOLTAGE]
    with database.transaction() as session:
        today = day_of(business_now(session))
    return earliest_effective_date(matched_on=today, meter_work=MeterWork.NOT_NEEDED, rules=rules, calendar=CALENDAR)


def point(number: int) -> str:
    return f"031000000000000000{number:04d}"


def test_the_least_time_left_comes_first_with_what_is_left_of_it(browsers: Browsers, database: Database) -> None:
    early = open_case(database, point_number=point(1))
    with database.transaction() as session:
        move_clock(session, by=timedelta(days=7))
    late = open_case(database, point_number=point(2))
    urgent = open_case(database, point_number=point(3), wished_date=nearest_date(database))

    page = get(browsers.of(DECIDER), "/inbox")

    assert words(page, "//tbody//th/a") == [early, urgent, late]
    tags = words(page, "//tbody//span[starts-with(@class, 'tag ')]")
    assert (tags[0], tags[2]) == ("期限経過", "残り2営業日")
    assert tags[1] in ("残り0営業日（本日まで）", "残り0営業日", "残り1営業日")
    rules = words(page, "//tbody/tr/td[5]")
    assert ["判断期限" in rule for rule in rules] == [True, False, True]


def test_each_row_opens_its_referral_beside_the_list(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    for person in (DECIDER, COLLEAGUE):
        links = get(browsers.of(person), "/inbox?area=03").xpath("//tbody//a/@href")
        assert links == [f"/inbox/{case_number}?area=03#referral"]


def test_it_holds_only_what_awaits_ones_own_decision(browsers: Browsers, database: Database) -> None:
    open_number = open_case(database, point_number=point(1))
    decided = open_case(database, point_number=point(2))
    open_case(database, point_number=point(3), current_retailer_code=OTHER)
    with database.transaction() as session:
        accept(session, decided)

    assert words(get(browsers.of(DECIDER), "/inbox"), "//tbody//th/a") == [open_number]
    assert len(words(get(browsers.of(STRANGER), "/inbox"), "//tbody//th/a")) == 1
    assert "判断を待っている廃止取次はありません。" in get(browsers.of(NEW_SIDE), "/inbox").text_content()


def test_it_shows_no_personal_data_and_not_who_asks(browsers: Browsers, database: Database) -> None:
    open_case(database)

    text = browsers.of(DECIDER).get("/inbox").get_data(as_text=True)

    for secret in ("髙橋", "豊洲", CONTRACT_NUMBER, "あおぞら"):
        assert secret not in text
    assert rows(database, "SELECT * FROM data_reads") == []


def test_equal_deadlines_go_by_arrival_whatever_their_area(browsers: Browsers, database: Database) -> None:
    numbers = [
        open_case(database, point_number=f"{area}100000000000000{place:05d}")
        for place, area in enumerate(("09", "03", "06", "01", "05"))
    ]
    arrived = rows(database, "SELECT case_number, due_at FROM cases ORDER BY registered_at")

    assert len({due for _, due in arrived}) == 1
    assert words(get(browsers.of(DECIDER), "/inbox"), "//tbody//th/a") == [number for number, _ in arrived] == numbers


def test_it_goes_on_page_by_page(browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    cases = [open_case(database, point_number=point(number)) for number in range(1, 6)]
    client, address, seen = browsers.of(DECIDER), "/inbox", []

    while address:
        page = get(client, address)
        seen.append(words(page, "//tbody//th/a"))
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")

    assert [len(numbers) for numbers in seen] == [2, 2, 1]
    assert sorted(number for numbers in seen for number in numbers) == sorted(cases)
    assert "5件" in get(client, "/inbox").text_content()
    (back,) = page.xpath("//a[@rel='prev']/@href")
    assert words(get(client, back), "//tbody//th/a") == seen[1]


def test_a_cursor_that_is_none_of_ours_is_not_found(browsers: Browsers) -> None:
    client = browsers.of(DECIDER)

    for cursor in ("x", "1", "%00", "1.%00", "9" * 70, "9" * 40 + ".x"):
        get(client, f"/inbox?cursor={cursor}", status=404)
        get(client, f"/inbox?before={cursor}", status=404)


FILTERED = {
    "segment=low_voltage": {"low", "due_first"},
    "segment=high_voltage": {"high"},
    "area=03": {"low", "high", "due_first"},
    "area=10": set(),
    "due=today": set(),
    "due=later": {"low", "high"},
    "phase=awaiting_applications": {"accepted"},
    "hands=mine": set(),
    "hands=none": {"low", "high", "due_first"},
    "segment=low_voltage&area=03&due=later": {"low"},
}


def test_the_filters_stand_in_the_address(browsers: Browsers, database: Database) -> None:
    named = {
        "low": open_case(database, point_number=point(1)),
        "high": open_case(database, point_number=point(2), segment=Segment.HIGH_VOLTAGE),
        "accepted": open_case(database, point_number=point(3)),
        "due_first": open_case(database, point_number=point(4), wished_date=nearest_date(database)),
    }
    with database.transaction() as session:
        accept(session, named["accepted"])
        session.execute(
            text("UPDATE cases SET due_at = clock_timestamp() + interval '1 minute' WHERE case_number = :number"),
            {"number": named["due_first"]},
        )
    client = browsers.of(DECIDER)

    for query, wanted in (FILTERED | {"due=today": {"due_first"}}).items():
        page = get(client, f"/inbox?{query}")
        assert set(words(page, "//tbody//th/a")) == {named[name] for name in wanted}, query
        assert f"{len(wanted)}件" in page.text_content(), query


def test_a_filter_that_is_none_of_ours_is_said_at_its_field(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(DECIDER)

    for query in ("segment=gas", "area=11", "due=yesterday", "phase=lost", "hands=1002mina02"):
        page = get(client, f"/inbox?{query}", status=422)
        assert words(page, "//*[contains(@class, 'field__error')]")
        assert case_number not in page.text_content()
        get(client, f"/inbox/{case_number}?{query}", status=404)


def test_the_hub_operator_has_no_inbox(browsers: Browsers) -> None:
    get(browsers.of(OPERATOR), "/inbox", status=403)
