"""記録: the hub operator searches it, sees what is unusual, and anybody sees the seals."""

import pytest

from models.database import Database
from models.reads import ReadRecorder
from rules.misuse import SignKind
from sweeper.sealing import Sealer
from tests.support.cast import COLLEAGUE, DECIDER, HUB_PERSON, NEW, NEW_SIDE, OPERATOR, POINT
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words

PAGE, MISUSE, SEALS = "/records", "/records/misuse", "/records/seals"


def read(database: Database, *subjects: str, by: str = NEW, purpose: str = "画面:案件詳細") -> None:
    recorder = ReadRecorder(retailer_code=by, source_address="192.0.2.1", user_id=NEW_SIDE.user_id, purpose=purpose)
    with database.transaction() as session:
        recorder.record(session, subjects)


def found(browsers: Browsers, query: str) -> list[str]:
    return words(get(browsers.of(OPERATOR), f"{PAGE}?{query}"), "//tbody/tr/td[3]")


def test_nothing_is_looked_at_and_recorded_before_somebody_asks(browsers: Browsers, database: Database) -> None:
    page = get(browsers.of(OPERATOR), PAGE)

    assert page.xpath("//details[@open]")
    assert page.xpath("//tbody") == []
    assert rows(database, "SELECT 1 FROM data_reads") == []


def test_a_point_leads_to_all_that_was_read_of_it_and_its_cases(browsers: Browsers, database: Database) -> None:
    number = open_case(database)
    read(database, number, POINT, "SW-OTHER")

    assert found(browsers, f"number={POINT[:2]}-{POINT[2:]}") == [POINT, number]
    assert found(browsers, f"number={number.lower()}") == [number]
    assert found(browsers, f"number={POINT}&kind=change") == [number]


def test_a_line_tells_who_from_where_why_and_of_what(browsers: Browsers, database: Database) -> None:
    read(database, "SW1")

    page = get(browsers.of(OPERATOR), f"{PAGE}?user={NEW_SIDE.user_id}")

    cells = words(page, "//tbody/tr/td")
    assert cells[0].startswith(f"{NEW_SIDE.name}{NEW_SIDE.user_id}")
    assert cells[1:] == ["192.0.2.1", "SW1", "画面:案件詳細", "－"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (f"retailer={NEW}", 1),
        ("retailer=9999", 0),
        ("purpose=案件詳", 1),
        ("purpose=12110&kind=change", 1),
        ("last_day=2026-01-01", 0),
        ("first_day=2026-01-01&last_day=2026-02-01", 0),
    ],
)
def test_each_condition_narrows(browsers: Browsers, database: Database, query: str, count: int) -> None:
    open_case(database)
    read(database, "SW1")

    assert len(found(browsers, query)) == count


def test_a_system_reads_by_an_interface_and_a_command_is_told_by_what_it_was_and_its_digest(
    browsers: Browsers, database: Database
) -> None:
    open_case(database)

    page = get(browsers.of(OPERATOR), f"{PAGE}?retailer={NEW}&kind=change")

    ((digest,),) = rows(database, "SELECT digest FROM messages")
    assert words(page, "//tbody/tr/td[4]")[0].startswith("12110 スイッチング廃止取次登録")
    assert words(page, "//tbody/tr/td[5]") == [f"電文（HMAC {digest[:12]}…）"]


def test_long_lists_are_leafed_through(browsers: Browsers, database: Database) -> None:
    read(database, *(f"SW{number:03}" for number in range(60)))
    page = get(browsers.of(OPERATOR), f"{PAGE}?retailer={NEW}")

    (onward,) = page.xpath("//a[@rel='next']/@href")
    following = get(browsers.of(OPERATOR), onward)

    subjects = words(page, "//tbody/tr/td[3]") + words(following, "//tbody/tr/td[3]")
    assert sorted(subjects) == [f"SW{number:03}" for number in range(60)]


def test_the_search_itself_is_on_record(browsers: Browsers, database: Database) -> None:
    found(browsers, f"number={POINT}&purpose=詳細")

    ((user_id, subject, purpose),) = rows(database, "SELECT user_id, subject, purpose FROM data_reads")
    assert (user_id, subject) == (HUB_PERSON, POINT)
    assert purpose.startswith("参照と変更の記録を探す: 参照、")
    assert purpose.endswith("、詳細")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("first_day=2026-05-02&last_day=2026-05-01", "後の日が前の日以降"),
        ("first_day=2026-01-01&last_day=2026-06-01", "92日以内"),
        ("last_day=2026-13-01", "日付"),
    ],
)
@pytest.mark.parametrize("address", [PAGE, MISUSE])
def test_a_period_that_cannot_be_is_told(browsers: Browsers, address: str, query: str, said: str) -> None:
    page = get(browsers.of(OPERATOR), f"{address}?{query}", status=422)

    assert said in words(page, "//*[@role='alert']")[0]


@pytest.mark.parametrize("person", [NEW_SIDE, DECIDER, COLLEAGUE], ids=lambda person: person.user_id)
@pytest.mark.parametrize("address", [PAGE, MISUSE])
def test_it_is_the_hub_operators_alone(browsers: Browsers, person: object, address: str) -> None:
    get(browsers.of(person), address, status=403)  # type: ignore[arg-type]


def test_what_is_unusual_is_named_and_leads_to_its_records(browsers: Browsers, database: Database) -> None:
    open_case(database, retailer="1002", current_retailer_code=NEW)
    read(database, *[POINT] * 60, purpose="画面:設備情報照会")

    page = get(browsers.of(OPERATOR), MISUSE)

    assert words(page, "//section[@aria-labelledby='signs']//tbody//td")[:3] == [
        SignKind.INQUIRIES_WITHOUT_SWITCHES.label,
        "60.0件",
        "0.0件",
    ]
    (address,) = page.xpath("//section[@aria-labelledby='signs']//a/@href")
    assert len(words(get(browsers.of(OPERATOR), address), "//tbody/tr")) == 50
    assert len(page.xpath("//*[local-name()='svg'][@role='img']")) == 4


def test_where_nobody_did_anything_there_is_no_sign(browsers: Browsers) -> None:
    assert "目立つ偏りはありません" in words(get(browsers.of(OPERATOR), MISUSE), "//p[@class='empty']")[0]


def test_anybody_sees_the_seals_with_the_days_figures(browsers: Browsers, database: Database) -> None:
    stranger = browsers.of(None)
    assert words(get(stranger, SEALS), "//tbody") == []
    read(database, "SW1", "SW2")
    open_case(database)
    newest = Sealer(database=database).seal()
    assert newest is not None

    page = get(stranger, SEALS)

    assert words(page, "//tbody/tr/td")[:4] == ["2", newest.hash, "2", "1"]
    assert page.xpath("//nav[@aria-label='記録の画面']") == []
    assert get(browsers.of(OPERATOR), SEALS).xpath("//nav[@aria-label='記録の画面']")
    assert SEALS in get(stranger, "/").xpath("//a/@href")
