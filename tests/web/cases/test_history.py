"""The history: who of one's own company did it, and what an amendment changed; to others no more than the company."""

from datetime import timedelta

import pytest

from deploy.samples import Person
from models.cases.operations import note_grid_findings
from models.database import Database
from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationKind
from schemas.interfaces.common import GridFinding
from tests.support import application_requests, lone_applications
from tests.support.case_applications import amend_end, file_end
from tests.support.case_stages import accept
from tests.support.case_steps import case_state, hear, obey_all
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, NEW, NEW_SIDE, OPERATOR, OTHER, STRANGER
from tests.support.interventions import intervene
from tests.support.moments import soon
from tests.support.referrals import amend, open_case
from tests.web.cases.test_lone_application import found_defective
from tests.web.conftest import Browsers
from tests.web.decision.test_decide import ACCEPT, SEND_OK, confirmed
from tests.web.pages import get, send, words


def line(browsers: Browsers, person: Person, number: str, title: str) -> str:
    """Read a line of the history as a person does, the last of its kind."""
    page = get(browsers.of(person), f"/cases/{number}")
    items = page.xpath(f"//ol[@class='timeline']/li[.//strong='{title}']")
    return words(items[-1], ".")[0]


def decided_at_screen(browsers: Browsers, database: Database) -> str:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, ACCEPT)
    send(client, page, button=SEND_OK)
    with database.transaction() as session:
        obey_all(session, case_number)
    return case_number


def test_who_decided_at_a_screen_is_named_to_the_own_company_and_to_the_operator(
    open_browsers: Browsers, database: Database
) -> None:
    case_number = decided_at_screen(open_browsers, database)

    for person in (DECIDER, COLLEAGUE, OPERATOR):
        assert line(open_browsers, person, case_number, "承諾").startswith("承諾 現小売 みなと電気株式会社 水野 かおる")
    other_side = line(open_browsers, NEW_SIDE, case_number, "承諾")
    assert other_side.startswith("承諾 現小売 みなと電気株式会社")
    assert "水野" not in get(open_browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()


def test_what_a_system_sent_names_nobody(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    assert "あおぞら電力株式会社（システムから送信）" in line(browsers, NEW_SIDE, case_number, "廃止取次を登録")
    assert "システムから送信" not in line(browsers, DECIDER, case_number, "廃止取次を登録")


def test_after_a_succession_the_successor_does_not_read_who_it_was(open_browsers: Browsers, database: Database) -> None:
    case_number = decided_at_screen(open_browsers, database)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.SUCCEED, leaving=CURRENT, successor=OTHER)
        obey_all(session, case_number)

    assert "水野" not in get(open_browsers.of(STRANGER), f"/cases/{case_number}").text_content()
    assert "水野 かおる" in line(open_browsers, OPERATOR, case_number, "承諾")


@pytest.mark.parametrize("person", [NEW_SIDE, STRANGER, OPERATOR], ids=lambda person: person.user_id)
def test_after_a_succession_a_line_names_the_company_that_acted(
    person: Person, open_browsers: Browsers, database: Database
) -> None:
    case_number = decided_at_screen(open_browsers, database)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.SUCCEED, leaving=CURRENT, successor=OTHER)
        obey_all(session, case_number)
        file_end(session, case_number, retailer=OTHER)
        obey_all(session, case_number)

    assert line(open_browsers, person, case_number, "承諾").startswith("承諾 現小売 みなと電気株式会社")
    if person is not NEW_SIDE:
        assert "現小売 やまびこエナジー株式会社" in line(open_browsers, person, case_number, "申請を登録")


def test_after_a_succession_of_the_new_retailer_the_current_one_reads_of_neither(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)
        obey_all(session, case_number)

    assert "新小売 あおぞら電力株式会社" in line(browsers, STRANGER, case_number, "廃止取次を登録")
    text = get(browsers.of(DECIDER), f"/cases/{case_number}").text_content()
    assert "あおぞら" not in text and "やまびこ" not in text


def test_after_a_succession_of_an_application_on_its_own_a_line_names_who_filed_it(
    browsers: Browsers, database: Database
) -> None:
    number = lone_applications.open_start(database, retailer=NEW)
    with database.transaction() as session:
        intervene(session, number, CommandKind.SUCCEED, leaving=NEW, successor=OTHER)
        obey_all(session, number)

    for person in (STRANGER, OPERATOR):
        page = get(browsers.of(person), f"/cases/{number}")
        assert "申請者 あおぞら電力株式会社" in words(page, "//ol[@class='timeline']/li")[0]


def test_an_amendment_lists_its_changes_in_the_order_of_the_message_and_each_once(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        was = case_state(session, case_number).wished_date
        amend(
            session,
            case_number,
            wished_date=was + timedelta(days=3),
            contract_number="99999999999999",
            holder_name="髙橋　次郎",
            holder_name_kana="タカハシ　ジロウ",
            address="東京都江東区豊洲９－９－９",
        )
        obey_all(session, case_number)

    page = get(browsers.of(NEW_SIDE), f"/cases/{case_number}")
    (amended,) = page.xpath("//ol[@class='timeline']/li[.//strong='廃止取次を訂正']")
    named = words(amended, ".//dt")

    changed = [name for name in named if name.endswith("（訂正）")]
    assert changed == [
        f"{name}（訂正）" for name in ("契約番号", "契約名義", "契約名義（カナ）", "需要場所住所", "異動希望日")
    ]
    assert len([name for name in named if name.startswith("異動希望日")]) == 1


def test_a_rule_that_was_broken_stands_in_the_history_with_its_words(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)
        file_end(session, case_number)
        obey_all(session, case_number)
        hear(session, case_number, NewsKind.DEFECTIVE, ApplicationKind.END, defects=("holder-name", "their-own"))

    page = get(browsers.of(DECIDER), f"/cases/{case_number}")
    details = words(page, "//ol[@class='timeline']/li//dd")
    assert "holder-name（契約名義が現在の契約と違う）、their-own" in details


def test_who_intervened_is_named_to_the_operator_alone(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        intervene(session, case_number, CommandKind.SUSPEND)
        obey_all(session, case_number)

    assert "広域機関 上原 めぐみ" in line(browsers, OPERATOR, case_number, "期限を停止")
    assert "上原" not in line(browsers, DECIDER, case_number, "期限を停止")


def test_an_amendment_says_what_it_was_and_is_to_each_what_it_may_see(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        amend(session, case_number, wished_date=soon(session), holder_name="髙橋　次郎")
        obey_all(session, case_number)

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        entry = line(browsers, person, case_number, "廃止取次を訂正")
        assert "契約名義（訂正）髙橋 太郎 → 髙橋 次郎" in entry.replace("　", " ")
        assert "住所（訂正）" not in entry, "it stayed the same"


def test_the_current_retailer_reads_nothing_of_what_it_does_not_see_of_a_referral(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        consent = application_requests.start_request(effective_date=None).consent
        assert consent is not None
        other = type(consent)(obtained_on=consent.obtained_on, method=consent.method, obtained_by="横浜支店")
        amend(session, case_number, wished_date=case_state(session, case_number).wished_date, consent=other)
        obey_all(session, case_number)

    assert "豊洲支店 → 横浜支店" in line(browsers, NEW_SIDE, case_number, "廃止取次を訂正")
    assert "支店" not in line(browsers, DECIDER, case_number, "廃止取次を訂正")


def test_an_amended_application_says_it_to_its_applicant_and_the_operator(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)
        file_end(session, case_number, contract_number="1111")
        obey_all(session, case_number)
        number = case_state(session, case_number).end.number or ""
        finding = GridFinding(field="contractNumber", rule="contract", message="契約番号が一致しません。")
        note_grid_findings(session, application_number=number, cause="c", findings=[finding])
        hear(session, case_number, NewsKind.DEFECTIVE, ApplicationKind.END, defects=("contract",))
        amend_end(session, case_number, contract_number="2222")
        obey_all(session, case_number)

    for person in (DECIDER, OPERATOR):
        assert "契約番号（訂正）1111 → 2222" in line(browsers, person, case_number, "申請を訂正")
    assert "2222" not in get(browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()


def test_an_amendment_of_an_application_on_its_own_says_where_nothing_changed(
    browsers: Browsers, database: Database
) -> None:
    number = lone_applications.open_start(database, retailer=NEW)
    found_defective(database, number)
    with database.transaction() as session:
        lone_applications.correct(session, number)
        obey_all(session, number)

    assert "訂正内容の変更はありません" in line(browsers, NEW_SIDE, number, "申請を訂正")


@pytest.mark.parametrize("person", [NEW_SIDE, DECIDER], ids=lambda person: person.user_id)
def test_what_changed_stands_nowhere_else(person: Person, browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        amend(session, case_number, wished_date=soon(session), holder_name="髙橋　次郎")
        obey_all(session, case_number)

    assert "太郎" not in browsers.of(person).get("/cases").get_data(as_text=True)
