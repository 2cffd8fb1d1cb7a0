"""An application on its own on the screens: in the list, on its page, in the CSV; to its applicant and the operator."""

import csv
import io
from datetime import timedelta

import pytest

from deploy.samples import Person
from models.cases.operations import note_grid_findings, record_step
from models.clock import move_clock
from models.database import Database
from rules.procedure.events import GridNews, NewsKind
from schemas.codes import ApplicationKind, Segment
from schemas.fields import POINT_NUMBER
from schemas.interfaces.common import GridFinding
from tests.support.case_steps import obey_all, step_for
from tests.support.cast import CAST, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.lone_applications import lone_state, open_end, open_of_kind, open_start
from tests.support.referrals import register
from tests.web.cases.test_case_page import facts, titles
from tests.web.conftest import Browsers
from tests.web.pages import get, status_and_text, words

NOWHERE = "AP03L20260101999999990"


def found_defective(database: Database, number: str) -> None:
    finding = GridFinding(field="address", rule="address-known", message="住所が一致しません。")
    with database.transaction() as session:
        note_grid_findings(session, application_number=number, cause="watch-1", findings=[finding])
        at = lone_state(session, number).registered_at + timedelta(hours=1)
        news = GridNews(NewsKind.DEFECTIVE, ApplicationKind.START, number, "watch-1", at, defects=("address-known",))
        record_step(session, step=step_for(session, number, news))


@pytest.mark.parametrize("person", [NEW_SIDE, OPERATOR], ids=lambda person: person.user_id)
def test_its_page_shows_applicant_application_deadlines_history_and_messages(
    browsers: Browsers, database: Database, person: Person
) -> None:
    number = open_start(database)
    found_defective(database, number)

    page = get(browsers.of(person), f"/cases/{number}")

    summary = facts(page, "summary")
    assert (summary["申請の種別"], summary["申請番号"]) == ("スイッチング開始申請（単独申請）", number)
    assert (summary["申請状態"], summary["申請者"]) == ("不備", "1001 あおぞら電力株式会社")
    assert facts(page, "customer")["契約名義"] == "髙橋 太郎"
    assert words(page, "//section[@aria-labelledby='deadlines']//th[@scope='row']") == ["申請期限", "異動日"]
    (finding,) = page.xpath("//table[.//th='項目']/tbody/tr")
    assert words(finding, "td") == ["需要場所住所", "address-known", "住所が一致しません。"]
    assert titles(page) == ["申請を登録", "一般送配電事業者が不備を指摘"]
    assert "10610 スイッチング開始申請" in " ".join(words(page, "//section[@aria-labelledby='messages']//td"))


def test_its_applicant_reads_what_it_may_ask_for(browsers: Browsers, database: Database) -> None:
    number = open_start(database)
    found_defective(database, number)

    page = get(browsers.of(NEW_SIDE), f"/cases/{number}")

    assert words(page, "//section[@aria-labelledby='actions']//li") == [
        "申請訂正（画面で、またはSOAP 10610 スイッチング開始申請）",
        "申請取消（画面で、またはSOAP 10610 スイッチング開始申請）",
    ]


@pytest.mark.parametrize(
    ("kind", "segment", "day", "person", "number"),
    [
        (ApplicationKind.USAGE_INQUIRY, Segment.HIGH_VOLTAGE, None, NEW_SIDE, "K10210"),
        (ApplicationKind.RE_ENERGISATION, Segment.LOW_VOLTAGE_FIT, "再点日", NEW_SIDE, "F10410"),
        (ApplicationKind.END_OF_SUPPLY, Segment.LOW_VOLTAGE, "廃止日", DECIDER, "10510"),
        (ApplicationKind.CUSTOMER_DETAILS, Segment.LOW_VOLTAGE, "変更日", DECIDER, "10810"),
        (ApplicationKind.PRODUCER_DETAILS, Segment.LOW_VOLTAGE_FIT, "変更日", DECIDER, "F10810"),
        (ApplicationKind.AMPERE_CHANGE, Segment.LOW_VOLTAGE, "変更日", DECIDER, "10910"),
    ],
)
def test_each_kind_is_shown_by_its_name_and_in_the_words_of_its_segment(
    browsers: Browsers,
    database: Database,
    kind: ApplicationKind,
    segment: Segment,
    day: str | None,
    person: Person,
    number: str,
) -> None:
    retailer = person.retailer_code
    assert retailer is not None
    application = open_of_kind(database, kind, segment=segment, retailer=retailer)
    browser = browsers.of(person)

    case_list, page = get(browser, "/cases"), get(browser, f"/cases/{application}")

    assert f"単独申請: {kind.label}" in case_list.text_content()
    assert words(page, "//h1") == [f"{kind.label} {application}"]
    summary = facts(page, "summary")
    assert summary["申請の種別"] == f"{kind.label}（単独申請）"
    assert POINT_NUMBER.in_segment(segment).label in summary
    assert {"異動日", "再点日", "廃止日", "変更日"} & set(summary) == ({day} if day else set())
    party = set(facts(page, "customer")) & {"契約名義", "発電者名"}
    named = kind not in (ApplicationKind.USAGE_INQUIRY, ApplicationKind.END_OF_SUPPLY, ApplicationKind.AMPERE_CHANGE)
    own = "発電者名" if segment is Segment.LOW_VOLTAGE_FIT else "契約名義"
    assert party == ({own} if named else set())
    (action,) = words(page, "//section[@aria-labelledby='actions']//li")
    assert action == f"申請取消（画面で、またはSOAP {number} {kind.label}）"


def test_showing_it_is_on_record(browsers: Browsers, database: Database) -> None:
    number = open_start(database)

    get(browsers.of(NEW_SIDE), f"/cases/{number}")

    assert rows(database, "SELECT subject FROM data_reads WHERE user_id IS NOT NULL") == [(number,)]


@pytest.mark.parametrize("person", [DECIDER, STRANGER], ids=lambda person: person.user_id)
def test_to_others_it_does_not_exist(browsers: Browsers, database: Database, person: Person) -> None:
    number, browser = open_start(database), browsers.of(person)

    foreign, nowhere = (
        status_and_text(browser.get(f"/cases/{number}")),
        status_and_text(browser.get(f"/cases/{NOWHERE}")),
    )

    assert foreign == (nowhere[0], nowhere[1].replace(NOWHERE, number))
    assert foreign[0] == 404
    assert number not in get(browser, "/cases").text_content()


def test_the_list_shows_it_with_kind_and_number_beside_cases(browsers: Browsers, database: Database) -> None:
    started, ended = open_start(database), open_end(database)

    for person, numbers in ((NEW_SIDE, [started]), (DECIDER, [ended]), (OPERATOR, [ended, started])):
        page = get(browsers.of(person), "/cases")
        assert sorted(words(page, "//tbody//th//a")) == sorted(numbers)
        assert "単独申請: スイッチング" in page.text_content()
    assert started not in get(browsers.of(NEW_SIDE), "/cases?side=current").text_content()


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.user_id)
def test_no_screen_breaks_on_it(browsers: Browsers, database: Database, person: Person) -> None:
    open_start(database)
    open_end(database)
    browser = browsers.of(person)

    for path in ("/", "/cases", "/cases.csv"):
        assert browser.get(path).status_code == 200, path


def test_it_is_in_the_csv_with_state_and_defects(browsers: Browsers, database: Database) -> None:
    number = open_start(database)
    found_defective(database, number)

    text = browsers.of(NEW_SIDE).get("/cases.csv").get_data(as_text=True).lstrip("\ufeff")
    (line,) = csv.DictReader(io.StringIO(text))

    assert (line["廃止取次番号"], line["単独申請の種別"], line["単独申請の状態"]) == (
        number,
        "スイッチング開始申請",
        "不備",
    )
    assert line["単独申請の不備の内容"] == "需要場所住所 住所が一致しません。"
    assert (line["開始申請番号"], line["廃止申請状態"], line["異動希望日"]) == ("", "", "")


def test_its_page_says_until_when_it_holds_its_point_and_why_it_ended(browsers: Browsers, database: Database) -> None:
    number = open_end(database, retailer=STRANGER.retailer_code or "")
    applicant = browsers.of(STRANGER)
    assert "までに相手方の申請がないときは" in facts(get(applicant, f"/cases/{number}"), "summary")["地点の優先"]

    with database.transaction() as session:
        move_clock(session, by=timedelta(days=21))
        case = register(session).answer
        obey_all(session, number)

    page = get(applicant, f"/cases/{number}")
    summary = facts(page, "summary")
    assert (summary["終了の理由"], "地点の優先" in summary) == ("相手方の申請がなく、他の廃止取次を優先", False)
    assert titles(page) == ["申請を登録", "他の廃止取次を優先（申請は取消へ）"]
    assert case is not None and case.case_number not in page.text_content()
    referral = get(browsers.of(NEW_SIDE), f"/cases/{case.case_number}")
    assert "期間内に相手方の申請がなく、この廃止取次を優先して" in referral.text_content()
    assert number not in referral.text_content()
    assert "先行する申請" not in get(browsers.of(DECIDER), f"/cases/{case.case_number}").text_content()
