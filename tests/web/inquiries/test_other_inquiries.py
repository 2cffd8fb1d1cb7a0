"""All that can be asked at the screen: where applications stand, what became of referrals, usage, participants."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from deploy.samples import Person
from grid_client.errors import GridFault, GridUnreachable
from models.database import Database
from schemas.codes import ApplicationKind, ApplicationState, Area, Segment
from schemas.interfaces.processing_status import (
    ProcessingStatus,
    ProcessingStatusListResponse,
    UsageInquiryStatusResponse,
)
from tests.soap_support.examples import typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.lone_applications import open_of_kind, open_start
from tests.support.message_contents import all_drafts
from tests.support.referrals import open_case
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.inquiries.test_facility_inquiry import ASK, TYPED
from tests.web.pages import Values, get, page_of, send, words
from web.inquiries.screens import InquiryScreen, screens_of
from web.shared.inquiries import INTERFACES

SCREENS = [screen for interface in INTERFACES for screen in screens_of(interface)]
USAGE, USAGE_STATUS = "/inquiries/10310/low_voltage", "/inquiries/10220/low_voltage"
STATUS, STATUSES = "/inquiries/10620/low_voltage", "/inquiries/11110/low_voltage"
RESULTS, INBOX = "/inquiries/12210/low_voltage", "/inquiries/12310/low_voltage"
PARTICIPANTS = "/inquiries/13110/common"
PASSWORD = "Abcd1234"  # the catalogue's example
Asking = Callable[..., FlaskClient]


@pytest.fixture
def asking(settings: Settings, database: Database, application: Applications) -> Asking:
    """Give a person's browser of a hub whose grid operators answer as a test wants them."""

    def made(person: Person, answer: Callable[[Any], object] | None = None) -> FlaskClient:
        def away(request: Any) -> object:
            raise GridUnreachable(Area.TOKYO, "connection-refused", outcome_unknown=False)

        return Browsers(application(settings, grid=AnsweringGrid(answer or away)), database).of(person)

    return made


def answer_of(client: FlaskClient, address: str, values: Values | None = None, *, status: int = 200) -> HtmlElement:
    return page_of(send(client, get(client, address), values, button=ASK), status=status)


def facts(page: HtmlElement) -> dict[str, str]:
    return dict(zip(words(page, "//dt"), words(page, "//dd[not(@class)]"), strict=True))


def table(page: HtmlElement) -> list[dict[str, str]]:
    """Read a list: of each item what has a column, and what stands below its row."""
    columns = words(page, "//thead//th")
    items = []
    for row in page.xpath("//tbody/tr[not(@class)]"):
        item = dict(zip(columns, words(row, "td"), strict=True))
        below = row.xpath("following-sibling::tr[1][@class='more']")
        more = zip(words(below[0], ".//dt"), words(below[0], ".//dd"), strict=True) if below else ()
        items.append(item | dict(more))
    return items


@pytest.mark.parametrize("screen", SCREENS, ids=["-".join(screen.arguments) for screen in SCREENS])
def test_each_has_a_form_in_its_segment_for_retailers_people_alone(browsers: Browsers, screen: InquiryScreen) -> None:
    number, segment = screen.arguments

    page = get(browsers.of(COLLEAGUE), f"/inquiries/{number}/{segment}")

    (back,) = {each for each in page.xpath("//a/@href") if each.startswith("/inquiries#")}
    assert back == f"/inquiries#{segment}"
    named = [] if screen.segment is None else [f"区分: {screen.segment.label}"]
    assert words(page, "//p[contains(@class, 'band')]/strong") == named
    assert page.xpath("//*[@name='cursor']") == []
    get(browsers.of(OPERATOR), f"/inquiries/{number}/{segment}", status=403)


def test_where_an_application_stands_is_told_by_the_record_while_the_grid_operator_is_away(
    asking: Asking, database: Database
) -> None:
    number = open_start(database)

    one = facts(answer_of(asking(NEW_SIDE), STATUS, {"applicationNumber": number}))
    (row,) = table(answer_of(asking(NEW_SIDE), STATUSES, {"area": "03"}))

    assert one["回答元"] == "広域機関の記録"
    assert (one["申請番号"], one["申請状態"], one["申請種別"]) == (number, "送信中", "スイッチング開始申請")
    assert (row["申請番号"], row["申請状態"]) == (number, "送信中")


def test_an_application_of_another_retailer_is_told_of_as_none(asking: Asking, database: Database) -> None:
    number = open_start(database)

    page = answer_of(asking(STRANGER), STATUS, {"applicationNumber": number}, status=422)

    assert "該当する申請がありません。" in words(page, "//*[@role='alert']")[0]
    assert table(answer_of(asking(STRANGER), STATUSES, {"area": "03"})) == []


def test_a_long_list_goes_on_where_it_ended(asking: Asking, database: Database) -> None:
    open_start(database)
    asked: list[Any] = []

    def answer(request: Any) -> object:
        asked.append(request)
        following = "page-2" if request.cursor is None else None
        return typed_example(ProcessingStatusListResponse, next_cursor=following)

    client = asking(NEW_SIDE, answer)
    page = answer_of(client, STATUSES, {"area": "03", "changedSince": "2026-08-12 10:00"})

    last = page_of(send(client, page, button="続きを表示する"))

    assert [request.cursor for request in asked] == [None, "page-2"]
    assert len({request.changed_since for request in asked}) == 1
    assert "続きを表示する" not in words(last, "//button")


def test_the_password_of_a_usage_inquiry_is_shown_once_and_kept_nowhere(asking: Asking, database: Database) -> None:
    number = open_of_kind(database, ApplicationKind.USAGE_INQUIRY, segment=Segment.LOW_VOLTAGE)

    def answer(request: Any) -> object:
        status = typed_example(ProcessingStatus, application_number=number, findings=())
        done = replace(
            status, application_kind=ApplicationKind.USAGE_INQUIRY, application_state=ApplicationState.COMPLETED
        )
        return typed_example(UsageInquiryStatusResponse, status=done, usage_password=PASSWORD)

    page = answer_of(asking(NEW_SIDE, answer), USAGE_STATUS, {"applicationNumber": number})

    assert "この画面に一度だけ表示されます。" in words(page, "//*[@role='status']")[0]
    assert facts(page)["照会パスワード"] == PASSWORD
    (way,) = page.xpath("//a[text()='パスワードを控えて、この地点の使用量を照会する']/@href")
    assert way == f"{USAGE}?pointNumber={facts(page)['供給地点特定番号']}"
    assert PASSWORD not in str(rows(database, "SELECT answer::text FROM messages")) + str(all_drafts(database))


def test_a_wrong_password_is_told_and_asked_for_anew(asking: Asking, database: Database) -> None:
    def answer(request: Any) -> object:
        raise GridFault("HUB-B001", "パスワードが違います。")

    page = answer_of(asking(NEW_SIDE, answer), USAGE, {**TYPED, "usagePassword": "Wrong-123"}, status=422)

    assert "パスワードが違います。" in words(page, "//*[@role='alert']//li")
    assert page.xpath("//input[@name='usagePassword']/@value") == [""]
    assert "Wrong-123" not in str(all_drafts(database))


def test_what_became_of_referrals_is_for_the_new_side_and_what_came_in_for_the_current(
    asking: Asking, database: Database
) -> None:
    case_number = open_case(database)

    (result,) = table(answer_of(asking(NEW_SIDE), RESULTS))
    (incoming,) = table(answer_of(asking(DECIDER), INBOX))

    assert (result["廃止取次番号"], result["案件状態"], result["取次判断"]) == (case_number, "判断待ち", "なし")
    assert "案件状態名" not in result
    assert (incoming["廃止取次番号"], incoming["契約名義"]) == (case_number, "髙橋 太郎")
    for address in (RESULTS, INBOX):
        assert table(answer_of(asking(STRANGER), address)) == []
        page = answer_of(asking(STRANGER), address, {"caseNumber": case_number}, status=422)
        assert "該当する案件がありません。" in words(page, "//*[@role='alert']")[0]
    reads = rows(database, "SELECT user_id, purpose, subject FROM data_reads ORDER BY id")
    assert (DECIDER.user_id, "画面:スイッチング廃止取次照会", case_number) in reads


def test_the_participants_are_listed_for_everybody_of_a_retailer(asking: Asking, database: Database) -> None:
    page = answer_of(asking(COLLEAGUE), PARTICIPANTS)

    assert words(page, "//h1") == ["事業者一覧取得の結果"]
    assert "みなと電気株式会社" in {row["事業者名"] for row in table(page)}
    assert "記録されました" not in page.text_content(), "nothing of a customer is read"
