"""What stands on top of the page of a case: how it stands, what is waited for, until when, and the next action."""

from collections.abc import Callable

import pytest
from lxml.html import HtmlElement

from deploy.samples import Person
from models.database import Database
from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationKind
from tests.support.case_applications import file_start
from tests.support.case_stages import accept, complete_switch, send_both
from tests.support.case_steps import hear, obey_all
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR
from tests.support.decisions import reject
from tests.support.interventions import intervene
from tests.support.lone_applications import open_start
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, words

Stage = Callable[[Database, str], None]


def standing(page: HtmlElement) -> dict[str, str]:
    return {words(row, "dt")[0]: words(row, "dd")[0] for row in page.xpath("//dl[@class='standing']/div")}


def _waiting(database: Database, number: str) -> None:
    pass


def _accepted(database: Database, number: str) -> None:
    with database.transaction() as session:
        accept(session, number)


def _start_received(database: Database, number: str) -> None:
    _accepted(database, number)
    with database.transaction() as session:
        file_start(session, number)
        obey_all(session, number)
        hear(session, number, NewsKind.RECEIVED, ApplicationKind.START)


def _matched(database: Database, number: str) -> None:
    with database.transaction() as session:
        send_both(session, number)
        hear(session, number, NewsKind.MATCHED, ApplicationKind.START)


def _rejected(database: Database, number: str) -> None:
    with database.transaction() as session:
        reject(session, number)
        obey_all(session, number)


def _completed(database: Database, number: str) -> None:
    with database.transaction() as session:
        complete_switch(session, number)


def _suspended(database: Database, number: str) -> None:
    with database.transaction() as session:
        intervene(session, number, CommandKind.SUSPEND, reason="停止")
        obey_all(session, number)


NONE = "ありません"
OWN_START, OWN_END = "貴社のスイッチング開始申請の登録", "貴社のスイッチング廃止申請の登録"
OTHERS_END = "相手のスイッチング廃止申請の受付"
TOLD: list[tuple[Stage, Person, str, str]] = [
    (_waiting, DECIDER, "貴社の取次判断", "取次判断"),
    (_waiting, COLLEAGUE, "貴社の取次判断", "取次判断"),
    (_waiting, NEW_SIDE, "現小売の取次判断", NONE),
    (_accepted, DECIDER, OWN_END, "廃止申請登録"),
    (_accepted, NEW_SIDE, f"{OWN_START}、{OTHERS_END}", "開始申請登録"),
    (_start_received, NEW_SIDE, OTHERS_END, NONE),
    (_start_received, DECIDER, OWN_END, "廃止申請登録"),
    (_matched, NEW_SIDE, "異動日の経過と、一般送配電事業者の処理完了", NONE),
    (_rejected, DECIDER, "ありません（終了）", NONE),
    (_completed, NEW_SIDE, "ありません（終了）", NONE),
    (_suspended, NEW_SIDE, "広域機関による期限の再開", NONE),
]


@pytest.mark.parametrize(
    ("stage", "person", "awaited", "action"),
    TOLD,
    ids=[f"{stage.__name__[1:]}-{person.user_id}" for stage, person, *_ in TOLD],
)
def test_each_side_is_told_what_is_waited_for_and_what_to_do_next(
    stage: Stage, person: Person, awaited: str, action: str, browsers: Browsers, database: Database
) -> None:
    number = open_case(database)
    stage(database, number)

    told = standing(get(browsers.of(person), f"/cases/{number}"))

    assert (told["待っているもの"], told["貴社の次の操作"]) == (awaited, action)


def test_it_says_until_when(browsers: Browsers, database: Database) -> None:
    number = open_case(database)

    told = standing(get(browsers.of(NEW_SIDE), f"/cases/{number}"))

    assert (told["状態"], told["期限"].split()[:2]) == ("判断待ち", ["残り2営業日", "判断期限"])


def test_the_hub_operator_is_told_of_both_applications(browsers: Browsers, database: Database) -> None:
    number = open_case(database)
    _accepted(database, number)

    told = standing(get(browsers.of(OPERATOR), f"/cases/{number}"))

    assert told["待っているもの"] == "スイッチング開始申請の登録、スイッチング廃止申請の登録"
    assert "貴社の次の操作" not in told


def test_an_application_on_its_own_tells_the_same(browsers: Browsers, database: Database) -> None:
    number = open_start(database)

    told = standing(get(browsers.of(NEW_SIDE), f"/cases/{number}"))

    assert told["待っているもの"] == "一般送配電事業者の受付"


def test_each_part_of_the_page_is_led_to(browsers: Browsers, database: Database) -> None:
    page = get(browsers.of(DECIDER), f"/cases/{open_case(database)}")

    leads = page.xpath("//nav[@aria-label='このページの内容']//a/@href")
    parts = page.xpath("//main/section/@aria-labelledby")
    assert leads == [f"#{part}" for part in parts]
