"""要対応 on the screens: in the list, counted and asked for, in the CSV, and on top of the page of a case."""

from datetime import timedelta

import pytest

from deploy.samples import Person
from models.cases.operations import note_grid_findings, record_step
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import end_of
from rules.procedure.events import CommandKind, NewsKind, TimePassed
from schemas.codes import ApplicationKind
from schemas.interfaces.common import GridFinding
from tests.support.case_applications import file_end
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import as_case, case_state, hear, obey_all, step_for
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR
from tests.support.interventions import intervene
from tests.support.lone_applications import open_start
from tests.support.referrals import open_case
from tests.web.cases.test_case_list import point
from tests.web.cases.test_csv_file import download
from tests.web.cases.test_lone_application import found_defective
from tests.web.conftest import Browsers
from tests.web.pages import get, send, words
from web.shared.words import deadline_words

END = ApplicationKind.END


def accepted(database: Database, number: int) -> str:
    case_number = open_case(database, point_number=point(number))
    with database.transaction() as session:
        accept(session, case_number)
    return case_number


def defective(database: Database, number: int) -> str:
    """Bring a case to where its end application has a defect."""
    case_number = accepted(database, number)
    with database.transaction() as session:
        file_end(session, case_number)
        application = as_case(obey_all(session, case_number).state).end.number or ""
        finding = GridFinding(field="contractNumber", rule="contract", message="契約番号が一致しません。")
        note_grid_findings(session, application_number=application, cause="c", findings=[finding])
        hear(session, case_number, NewsKind.DEFECTIVE, END, defects=("contract",))
    return case_number


def matched(database: Database, number: int) -> str:
    case_number = open_case(database, point_number=point(number))
    with database.transaction() as session:
        send_both(session, case_number)
        hear(session, case_number, NewsKind.MATCHED, ApplicationKind.START)
    return case_number


def numbers_found(browsers: Browsers, person: Person, query: str) -> list[str]:
    return words(get(browsers.of(person), f"/cases?{query}"), "//tbody//th/a")


def duty_counts(browsers: Browsers, person: Person, query: str = "") -> list[str]:
    return words(get(browsers.of(person), f"/cases?{query}"), "//nav[@aria-label='要対応の件数']//a")


def top(browsers: Browsers, person: Person, case_number: str) -> str:
    """Read what stands first on the page of a case, below the few facts that say how it stands."""
    page = get(browsers.of(person), f"/cases/{case_number}")
    return words(page, "//h1/following-sibling::dl[1]/following-sibling::*[1][contains(@class, 'banner')]")[0]


def test_a_retailer_finds_by_filter_and_count_what_it_has_to_do(browsers: Browsers, database: Database) -> None:
    awaiting = open_case(database, point_number=point(1))
    to_file, to_correct = accepted(database, 2), defective(database, 3)
    matched(database, 4)

    assert numbers_found(browsers, DECIDER, "duty=any") == [to_correct, to_file, awaiting]
    assert numbers_found(browsers, DECIDER, "duty=decide") == [awaiting]
    assert numbers_found(browsers, DECIDER, "duty=correct") == [to_correct]
    assert (
        numbers_found(browsers, NEW_SIDE, "duty=any")
        == numbers_found(browsers, NEW_SIDE, "duty=file")
        == [to_correct, to_file]
    )
    assert duty_counts(browsers, DECIDER) == ["要対応 3件", "取次判断 1件", "不備の訂正 1件", "申請の登録 1件"]
    assert duty_counts(browsers, NEW_SIDE) == ["要対応 2件", "申請の登録 2件"]


def test_each_count_leads_to_its_cases_with_the_other_filters_kept(browsers: Browsers, database: Database) -> None:
    to_correct = defective(database, 1)
    accepted(database, 2)
    open_case(database, point_number=point(3, "06"))
    client = browsers.of(DECIDER)

    page = get(client, "/cases?area=03")
    links = {words(link, ".")[0]: link.get("href") for link in page.xpath("//nav[@aria-label='要対応の件数']//a")}
    chosen = get(client, links["不備の訂正 1件"])

    assert list(links) == ["要対応 2件", "不備の訂正 1件", "申請の登録 1件"]
    assert words(chosen, "//tbody//th/a") == [to_correct]
    assert words(chosen, "//nav[@aria-label='要対応の件数']//a[@aria-current]") == ["不備の訂正 1件"]
    assert words(chosen, "//nav[@aria-label='状態別の件数']//a")[0] == "すべて 1件"
    csv_links = [href for href in chosen.xpath("//main//a/@href") if href.startswith("/cases.csv")]
    assert "/cases.csv?duty=correct&area=03" in csv_links
    assert all("duty=correct&area=03" in href for href in csv_links)


def test_the_form_asks_each_for_its_own_duties(browsers: Browsers, database: Database) -> None:
    to_file = accepted(database, 1)
    client = browsers.of(DECIDER)

    page = get(client, "/cases")
    answer = send(client, page, {"duty": "file"}, button="絞り込む")

    assert to_file in answer.get_data(as_text=True)
    assert page.xpath("//select[@name='duty']/option/@value") == ["", "decide", "correct", "file", "any"]
    operators = get(browsers.of(OPERATOR), "/cases").xpath("//select[@name='duty']/option/@value")
    assert operators == ["", "settle", "release", "look_after", "any"]
    get(client, "/cases?duty=settle", status=422)


def test_a_line_says_what_to_do_and_where_the_own_application_stands(browsers: Browsers, database: Database) -> None:
    defective(database, 1)

    def cell(person: Person) -> str:
        page = get(browsers.of(person), "/cases?column=state&column=detail&column=duty")
        return "／".join(words(page, "//tbody//td"))

    assert cell(DECIDER) == "申請待ち・申請中／廃止 不備／不備の訂正"
    assert cell(NEW_SIDE) == "申請待ち・申請中／開始 未申請／申請の登録"
    assert cell(OPERATOR) == "申請待ち・申請中／開始 未申請 廃止 不備／－"


def test_the_csv_says_the_same_and_takes_the_same_filter(browsers: Browsers, database: Database) -> None:
    to_correct = defective(database, 1)
    open_case(database, point_number=point(2))

    (row,) = download(browsers, DECIDER, "duty=correct")

    assert (row["廃止取次番号"], row["要対応コード"], row["要対応"]) == (to_correct, "correct", "不備の訂正")
    assert {line["要対応"] for line in download(browsers, NEW_SIDE)} == {"", "申請の登録"}


def test_the_operator_finds_what_is_its_own(browsers: Browsers, database: Database) -> None:
    one_side, overdue = matched(database, 1), matched(database, 2)
    standing_still = open_case(database, point_number=point(3))
    open_case(database, point_number=point(4))
    with database.transaction() as session:
        intervene(session, standing_still, CommandKind.SUSPEND)
        obey_all(session, standing_still)
        hear(session, one_side, NewsKind.COMPLETED, END)
        over = end_of(case_state(session, one_side).effective_date) + timedelta(hours=2)
        move_clock(session, by=over - business_now(session))
    with database.transaction() as session:
        for _ in ("the grid operator is asked", "the other side is not done"):
            record_step(session, step=step_for(session, one_side, TimePassed(business_now(session))))

    assert numbers_found(browsers, OPERATOR, "duty=any") == [standing_still, overdue, one_side]
    assert numbers_found(browsers, OPERATOR, "duty=look_after") == [overdue]
    assert duty_counts(browsers, OPERATOR) == [
        "要対応 3件",
        "片側完了の終結 1件",
        "期限の停止の解除 1件",
        "異動日経過の確認 1件",
    ]
    assert "片側だけが完了したまま" in top(browsers, OPERATOR, one_side)
    assert f".venv/bin/python -m upkeep case close {one_side} --by ユーザーID" in top(browsers, OPERATOR, one_side)
    assert "処理完了の知らせがありません" in top(browsers, OPERATOR, overdue)
    assert f".venv/bin/python -m upkeep case resume {standing_still}" in top(browsers, OPERATOR, standing_still)


@pytest.mark.parametrize("person", [DECIDER, COLLEAGUE], ids=lambda person: person.user_id)
def test_a_defective_case_says_on_top_what_is_wrong_how_to_correct_it_and_until_when(
    person: Person, browsers: Browsers, database: Database
) -> None:
    case_number = defective(database, 1)
    with database.transaction() as session:
        state = case_state(session, case_number)

    banner = top(browsers, person, case_number)

    assert "貴社のスイッチング廃止申請に不備があります。訂正してください。" in banner
    assert "契約番号: 契約番号が一致しません。" in banner
    assert f"10710 スイッチング廃止申請を処理区分「訂正」、申請番号{state.end.number}で送信してください。" in banner
    assert f"申請期限 {deadline_words(state.cut_off)}" in banner


def test_the_other_side_of_a_defective_case_reads_nothing_of_it(browsers: Browsers, database: Database) -> None:
    case_number = defective(database, 1)

    assert "貴社のスイッチング開始申請を登録してください。" in top(browsers, NEW_SIDE, case_number)
    assert "不備" not in get(browsers.of(NEW_SIDE), f"/cases/{case_number}").text_content()


def test_an_accepted_case_says_on_top_what_comes_next(browsers: Browsers, database: Database) -> None:
    case_number = accepted(database, 1)
    with database.transaction() as session:
        cut_off = case_state(session, case_number).cut_off

    for person, way in ((DECIDER, "10710 スイッチング廃止申請"), (NEW_SIDE, "10610 スイッチング開始申請")):
        banner = top(browsers, person, case_number)
        assert f"画面から登録するか、貴社のシステムから{way}（処理区分「登録」）を送信してください。" in banner
        assert f"申請期限 {deadline_words(cut_off)}" in banner


def test_a_case_leads_back_to_the_inbox_of_whose_inbox_it_was_in(browsers: Browsers, database: Database) -> None:
    case_number = accepted(database, 1)

    for person, back in ((DECIDER, ["/inbox"]), (COLLEAGUE, ["/inbox"]), (NEW_SIDE, []), (OPERATOR, [])):
        page = get(browsers.of(person), f"/cases/{case_number}")
        assert page.xpath("//section[@aria-labelledby='actions']//a[.='受信箱へ戻る']/@href") == back


def test_a_defective_application_on_its_own_says_the_same(browsers: Browsers, database: Database) -> None:
    number = open_start(database)
    found_defective(database, number)

    banner = top(browsers, NEW_SIDE, number)

    assert "10610 スイッチング開始申請を処理区分「訂正」" in banner
    assert "需要場所住所: 住所が一致しません。" in banner
    assert numbers_found(browsers, NEW_SIDE, "duty=correct") == [number]


def test_the_inbox_leads_to_what_else_is_to_be_done(browsers: Browsers, database: Database) -> None:
    defective(database, 1)
    accepted(database, 2)

    page = get(browsers.of(DECIDER), "/inbox")

    assert words(page, "//p[starts-with(., '判断のほかに')]") == [
        "判断のほかに、要対応の案件（不備の訂正 1件、申請の登録 1件）があります。"
    ]
    assert page.xpath("//p[starts-with(., '判断のほかに')]/a/@href") == ["/cases?duty=correct", "/cases?duty=file"]
