"""The page of a case: who sees what of it, and that each showing is on record."""

from datetime import timedelta

import pytest
from lxml.html import HtmlElement
from sqlalchemy import text

from deploy.samples import Person
from models.cases.operations import note_grid_findings
from models.clock import business_now, move_clock
from models.database import Database
from models.deadlines.operations import set_deadline_rule
from rules.calendar import day_of
from rules.deadlines import DeadlineTopic, Period
from rules.procedure.events import NewsKind
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, Segment
from schemas.interfaces.common import GridFinding
from tests.support.case_stages import accept, complete_switch, send_both
from tests.support.case_steps import case_state, hear, obey_all
from tests.support.cast import CAST, COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.decisions import decide, reject
from tests.support.referrals import open_case, withdraw
from tests.support.settings import Settings
from tests.web.conftest import Browsers
from tests.web.pages import get, status_and_text, words
from web.shared.words import day_words

NOWHERE = "SW03L20260101999999990"
MAY_SEE = (NEW_SIDE, DECIDER, COLLEAGUE, OPERATOR)


def facts(page: HtmlElement, section: str) -> dict[str, str]:
    """Read what the description lists of a section say."""
    entries = page.xpath(f"//section[@aria-labelledby='{section}']//dl/div")
    return {words(row, "dt")[0]: words(row, "dd")[0] for row in entries}


def titles(page: HtmlElement) -> list[str]:
    return words(page, "//ol[@class='timeline']/li//strong")


def both_filed(database: Database, case_number: str) -> None:
    with database.transaction() as session:
        send_both(session, case_number)


@pytest.mark.parametrize("person", MAY_SEE, ids=lambda person: person.user_id)
def test_each_who_may_sees_customer_and_case_and_that_is_on_record(
    person: Person, browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)

    page = get(browsers.of(person), f"/cases/{case_number}")

    assert facts(page, "customer")["契約名義"] == "髙橋　太郎".replace("　", " ")
    assert facts(page, "customer")["契約番号（現小売）"] == "12345678901234"
    assert facts(page, "summary")["状態"] == "判断待ち"
    assert rows(database, "SELECT user_id, retailer_code, subject, purpose, source_address FROM data_reads") == [
        (person.user_id, person.retailer_code, case_number, "画面:案件詳細", "127.0.0.1")
    ]


def test_a_foreign_case_answers_exactly_as_one_that_does_not_exist(browsers: Browsers, database: Database) -> None:
    case_number, client = open_case(database), browsers.of(STRANGER)

    foreign, nowhere = client.get(f"/cases/{case_number}"), client.get(f"/cases/{NOWHERE}")

    assert foreign.status_code == 404
    assert status_and_text(foreign) == status_and_text(nowhere)
    assert rows(database, "SELECT * FROM data_reads") == []


@pytest.mark.parametrize("number", ["SW", "'", "%00", "SW03L2026010199999999%00", "案件"])
def test_what_is_no_case_number_is_not_found(number: str, browsers: Browsers) -> None:
    get(browsers.of(OPERATOR), f"/cases/{number}", status=404)


def test_nobody_sees_it_without_a_login(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    answer = browsers.of(None).get(f"/cases/{case_number}")

    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]


def test_the_current_retailer_sees_nothing_of_who_asks_nor_of_the_new_contract(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    complete_switch_in(database, case_number)

    for person in (DECIDER, COLLEAGUE):
        text = browsers.of(person).get(f"/cases/{case_number}").get_data(as_text=True)
        page = get(browsers.of(person), f"/cases/{case_number}")
        start = number_of(database, case_number, ApplicationKind.START)

        assert "あおぞら" not in text
        assert "1001" not in text.replace(case_number, "")
        assert start not in text
        assert "03-1234-5678" not in text
        assert "豊洲支店" not in text, "the consent was given to the new retailer"
        assert "計器工事" not in text
        assert words(page, "//section[@aria-labelledby='applications']//h3") == ["スイッチング廃止申請"]
        assert number_of(database, case_number, ApplicationKind.END) in text
        assert titles(page)[-1] == "完了"


def complete_switch_in(database: Database, case_number: str) -> None:
    with database.transaction() as session:
        complete_switch(session, case_number)


def number_of(database: Database, case_number: str, kind: ApplicationKind) -> str:
    with database.transaction() as session:
        number = case_state(session, case_number).application(kind).number
    assert number is not None
    return number


def test_the_new_retailer_sees_of_the_end_application_only_whether_it_is_in(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)
    client = browsers.of(NEW_SIDE)

    before = get(client, f"/cases/{case_number}")
    with database.transaction() as session:
        hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.END)
    after = get(client, f"/cases/{case_number}")

    assert "まだ受け付けられていません。" in before.text_content()
    assert "一般送配電事業者が受け付けています。" in after.text_content()
    for page in (before, after):
        assert number_of(database, case_number, ApplicationKind.END) not in page.text_content()
        assert titles(page).count("申請を登録") == 1
    assert titles(after)[-1] == "一般送配電事業者が受付"


def test_the_hub_operator_sees_both_retailers_both_applications_and_the_way_to_temporal(
    browsers: Browsers, database: Database, settings: Settings
) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)

    page = get(browsers.of(OPERATOR), f"/cases/{case_number}")

    summary = facts(page, "summary")
    assert summary["新小売"] == "1001 あおぞら電力株式会社"
    assert summary["現小売"] == "1002 みなと電気株式会社"
    for kind in SWITCHING_APPLICATIONS:
        assert number_of(database, case_number, kind) in page.text_content()
    links = page.xpath("//section[@aria-labelledby='actions']//a/@href")
    assert links == [f"{settings.temporal_ui_url}/namespaces/default/workflows/{case_number}"]


def test_only_the_hub_operator_is_led_to_temporal(browsers: Browsers, database: Database, settings: Settings) -> None:
    case_number = open_case(database)

    for person in (NEW_SIDE, DECIDER, COLLEAGUE):
        assert settings.temporal_ui_url not in browsers.of(person).get(f"/cases/{case_number}").get_data(as_text=True)


def test_the_deadlines_say_how_many_business_days_are_left_by_which_rule(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        state = case_state(session, case_number)

    page = get(browsers.of(DECIDER), f"/cases/{case_number}")

    table = page.xpath("//section[@aria-labelledby='deadlines']//tbody/tr")
    cells = {words(row, "th")[0]: words(row, "td") for row in table}
    assert list(cells) == ["判断期限", "申請期限", "異動日"]
    assert cells["判断期限"][0] == "残り2営業日"
    assert cells["判断期限"][1].endswith("24:00")
    assert "2営業日" in cells["判断期限"][2]
    assert cells["異動日"][1] == day_words(state.effective_date)


def test_what_was_decided_is_said_with_its_reasons_and_its_deadline_counts_no_more(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)

    for person in MAY_SEE:
        page = get(browsers.of(person), f"/cases/{case_number}")
        decision = facts(page, "decision")
        assert decision["NG理由"] == "05 該当契約なし09 その他"
        assert decision["NG理由（詳細）"] == "契約者死亡のため要確認"
        assert words(page, "//section[@aria-labelledby='deadlines']//td[1]") == ["判断済み（否認）", "終了", "終了"]
        assert "05 該当契約なし、09 その他" in page.text_content()


def test_only_whom_a_decision_is_awaited_from_is_led_to_it(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    address = f"/cases/{case_number}/decision"

    led = {
        person.user_id
        for person in MAY_SEE
        if address in get(browsers.of(person), f"/cases/{case_number}").xpath("//main//a/@href")
    }

    assert led == {DECIDER.user_id}
    assert "取次判断の権限がある担当者だけ" in browsers.of(COLLEAGUE).get(f"/cases/{case_number}").get_data(
        as_text=True
    )


def test_it_says_what_ones_own_system_may_ask_for(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(NEW_SIDE)

    def possible() -> list[str]:
        page = get(client, f"/cases/{case_number}")
        return [line.partition("（")[0] for line in words(page, "//section[@aria-labelledby='actions']//li")]

    assert possible() == ["取次訂正", "取次取消"]
    with database.transaction() as session:
        accept(session, case_number)
    assert possible() == ["取次取消", "開始申請登録"]
    with database.transaction() as session:
        withdraw(session, case_number)
        obey_all(session, case_number)
    assert possible() == []


def test_messages_are_shown_to_whoever_sent_them(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        decide(session, case_number, version=7)
        obey_all(session, case_number)

    def messages(person: Person) -> list[str]:
        page = get(browsers.of(person), f"/cases/{case_number}")
        return [" ".join(words(row, "td")) for row in page.xpath("//section[@aria-labelledby='messages']//tbody/tr")]

    (registration,), (decision,) = messages(NEW_SIDE), messages(DECIDER)
    assert registration.startswith("12110 スイッチング廃止取次登録 取次登録 T-")
    assert decision.startswith("12410 スイッチング廃止取次判断 取次判断 T-")
    assert "拒否 HUB-S003" in decision
    assert len(messages(OPERATOR)) == 2


def test_defects_are_shown_to_whose_application_it_is(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)
    with database.transaction() as session:
        number = case_state(session, case_number).start.number
        finding = GridFinding(field="holderName", rule="holder-name", message="契約名義が一致しません。")
        note_grid_findings(session, application_number=number or "", cause="c", findings=[finding])
        hear(session, case_number, NewsKind.DEFECTIVE, ApplicationKind.START, defects=("holder-name",))

    seen = {
        person.user_id
        for person in CAST[:3]
        if "契約名義が一致しません。" in get(browsers.of(person), f"/cases/{case_number}").text_content()
    }

    assert seen == {NEW_SIDE.user_id}
    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")
    (row,) = [words(row, "td") for row in page.xpath("//section[@aria-labelledby='applications']//tbody/tr")]
    assert row == ["契約名義", "holder-name", "契約名義が一致しません。"]
    assert "holder-name" not in get(browsers.of(DECIDER), f"/cases/{case_number}").text_content()


def test_why_the_grid_operator_cancelled_is_shown_to_whose_application_it_is(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)
    with database.transaction() as session:
        number = case_state(session, case_number).start.number
        reason = GridFinding(field=None, rule="grid-cancelled", message="設備の故障のため。")
        note_grid_findings(session, application_number=number or "", cause="c", findings=[reason])
        hear(session, case_number, NewsKind.MATCHED, ApplicationKind.START)
        hear(session, case_number, NewsKind.CANCELLED, ApplicationKind.START)

    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")

    (row,) = [words(row, "td") for row in page.xpath("//section[@aria-labelledby='applications']//tbody/tr")]
    assert row == ["全体", "grid-cancelled", "設備の故障のため。"]
    assert "送配電取消の理由" in page.text_content()


def test_while_it_is_being_cancelled_no_deadline_is_left(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)
    with database.transaction() as session:
        withdraw(session, case_number)
        obey_all(session, case_number)

    for person in MAY_SEE:
        page = get(browsers.of(person), f"/cases/{case_number}")
        assert words(page, "//section[@aria-labelledby='deadlines']//td[1]") == [
            "判断済み（承諾）",
            "取消手続中",
            "取消手続中",
        ]
        assert facts(page, "summary")["取消手続の理由"] == "新小売による取消"


def test_what_was_never_filed_and_cannot_be_any_more_is_not_awaited(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)

    def drawn() -> tuple[str, str]:
        page = get(client, f"/cases/{case_number}")
        (tag,) = page.xpath("//section[@aria-labelledby='applications']//dd/span")
        return words(tag, ".")[0], tag.get("class")

    assert drawn() == ("未申請", "tag tag--wait")
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)
    assert drawn() == ("申請なし", "tag tag--quiet")
    assert "まだ受け付けられていません" not in get(browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()


def test_what_belongs_to_a_line_of_the_history_stands_in_one_order(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    both_filed(database, case_number)

    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")

    lines = page.xpath("//ol[@class='timeline']/li")
    assert words(lines[0], ".//dt") == ["異動希望日", "計器工事の要否"]
    assert words(lines[2], ".//dt") == ["申請", "申請番号", "申請の版"]


def test_a_case_of_a_generator_is_told_in_the_words_of_its_segment(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database, segment=Segment.LOW_VOLTAGE_FIT)

    page = get(browsers.of(DECIDER), f"/cases/{case_number}")
    form_page = get(browsers.of(DECIDER), f"/cases/{case_number}/decision")

    assert words(page, "//h2[@id='customer']") == ["発電者"]
    assert list(facts(page, "customer"))[:5] == [
        "受電地点特定番号",
        "契約番号（現小売）",
        "発電者名",
        "発電者名（カナ）",
        "発電設備設置場所",
    ]
    assert facts(page, "summary")["区分"] == "低圧FIT電源"
    assert "SOAP F12410" in page.text_content()
    assert "発電者名" in facts(form_page, "compare")


CITATIONS = "//section[@aria-labelledby='deadlines']//tbody/tr/td[4]"


def test_each_deadline_tells_where_its_rule_stands(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")

    assert words(page, CITATIONS) == ["広域機関の規則", "一般送配電事業者の標準処理期間", "－"]


def test_a_case_tells_where_the_rule_stands_that_it_was_registered_under(
    browsers: Browsers, database: Database
) -> None:
    with database.transaction() as session:
        set_deadline_rule(
            session,
            segment=Segment.LOW_VOLTAGE,
            topic=DeadlineTopic.DECISION,
            value=Period(3, 1),
            valid_from=day_of(business_now(session)) + timedelta(days=1),
            citation="規程第3条",
            reason="改定",
        )
        move_clock(session, by=timedelta(days=1))
    case_number = open_case(database)

    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")

    assert words(page, CITATIONS)[0] == "規程第3条"
    assert "登録（訂正）の日の翌日から3営業日＋1暦日" in page.text_content()


def test_the_current_retailer_does_not_read_from_it_which_period_applies(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)

    page = get(browsers.of(DECIDER), f"/cases/{case_number}")

    assert words(page, CITATIONS) == ["広域機関の規則", "標準処理期間", "－"]


@pytest.mark.parametrize(
    "spoil",
    [
        """state = state || '{"effective_date": "9999-12-31"}'""",
        """state = state || '{"effective_date": "never"}'""",
        """state = state || '{"decision_due": "0001-01-01T00:00:00Z"}'""",
    ],
)
def test_a_case_that_cannot_be_shown_says_so(browsers: Browsers, database: Database, spoil: str) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        session.execute(text(f"UPDATE cases SET {spoil}"))

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        page = get(browsers.of(person), f"/cases/{case_number}", status=500)
        assert words(page, "//h1") == ["この案件は表示できません"]
