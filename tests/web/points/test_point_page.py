"""The page of one point: the viewer's procedures there, step by step, with what can be done next."""

import pytest
from lxml import html

from models.database import Database
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, Segment
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import hear, obey_all
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, POINT, SECOND_POINT, STRANGER, register_cast
from tests.support.database_contents import rows
from tests.support.decisions import reject
from tests.support.lone_applications import open_of_kind
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import get, status_and_text, words


def steps(page: html.HtmlElement, number: str) -> dict[str, str]:
    """Read the steps of one procedure: what each is called, and where it stands."""
    items = page.xpath(f"//ol[@aria-label='{number} の段階']/li")
    return {words(item, "./*[1]")[0]: words(item, "./*[2]")[0] for item in items}


def links(page: html.HtmlElement) -> list[str]:
    return [str(address) for address in page.xpath("//main//section//a/@href")]


def test_it_shows_all_procedures_of_the_point_with_their_steps_the_newest_first(
    browsers: Browsers, database: Database
) -> None:
    rejected = open_case(database, point_number=POINT)
    with database.transaction() as session:
        reject(session, rejected)
        obey_all(session, rejected)
    awaiting = open_case(database, point_number=POINT)
    open_case(database, point_number=SECOND_POINT)

    page = get(browsers.of(NEW_SIDE), f"/points/{POINT}")

    assert [heading.split()[-1] for heading in words(page, "//main//h2")] == [awaiting, rejected]
    assert steps(page, awaiting) == {
        "廃止取次の登録": "登録済み", "取次判断": "判断待ち", "開始申請": "未申請", "廃止申請": "未受付",
        "マッチング": "未成立", "異動日と完了": words(page, "//ol[1]/li[last()]/*[2]")[0],
    }  # fmt: skip
    assert steps(page, rejected) == {
        "廃止取次の登録": "登録済み", "取次判断": "否認", "開始申請": "申請なし", "廃止申請": "未受付",
        "マッチング": "成立せず", "終わり": "否認",
    }  # fmt: skip


def test_a_matched_case_says_so_to_each_side_with_its_own_application(browsers: Browsers, database: Database) -> None:
    number = open_case(database, point_number=POINT)
    with database.transaction() as session:
        send_both(session, number)
        hear(session, number, NewsKind.RECEIVED, ApplicationKind.START)
        hear(session, number, NewsKind.MATCHED, ApplicationKind.START)

    new, current = (steps(get(browsers.of(one), f"/points/{POINT}"), number) for one in (NEW_SIDE, DECIDER))

    assert new["マッチング"] == current["マッチング"] == "成立"
    assert new["開始申請"] == current["廃止申請"] == "マッチング成立"
    assert "開始申請" not in current, "whether the other has filed is the other's"


def test_an_application_on_its_own_has_steps_too(browsers: Browsers, database: Database) -> None:
    number = open_of_kind(database, ApplicationKind.RE_ENERGISATION, segment=Segment.LOW_VOLTAGE, point_number=POINT)

    page = get(browsers.of(NEW_SIDE), f"/points/{POINT}")

    assert list(steps(page, number)) == ["再点の登録", "一般送配電事業者の受付", "異動日と完了"]
    assert f"/cases/{number}" in links(page)


def test_what_each_may_do_next_is_a_link(browsers: Browsers, database: Database) -> None:
    number = open_case(database, point_number=POINT)
    with database.transaction() as session:
        register_cast(session)

    assert f"/cases/{number}/decision" in links(get(browsers.of(DECIDER), f"/points/{POINT}"))
    assert f"/cases/{number}/decision" not in links(get(browsers.of(COLLEAGUE), f"/points/{POINT}"))
    new = links(get(browsers.of(NEW_SIDE), f"/points/{POINT}"))
    assert f"/requests/12110/low_voltage/withdraw/of/{number}" in new
    assert links(get(browsers.of(OPERATOR), f"/points/{POINT}")) == [f"/cases/{number}"]

    with database.transaction() as session:
        accept(session, number)
        obey_all(session, number)
    assert f"/requests/10710/low_voltage/register/of/{number}" in links(get(browsers.of(DECIDER), f"/points/{POINT}"))


def test_no_page_names_a_customer_or_to_the_current_retailer_who_asks(browsers: Browsers, database: Database) -> None:
    open_case(database, point_number=POINT)

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        text = get(browsers.of(person), f"/points/{POINT}").xpath("string(//main)")
        assert not [secret for secret in ("髙橋", "豊洲", "12345678901234") if secret in text]
    assert "あおぞら" not in get(browsers.of(DECIDER), f"/points/{POINT}").text_content()


def test_what_the_hub_operator_sees_is_on_record(browsers: Browsers, database: Database) -> None:
    number = open_case(database, point_number=POINT)

    get(browsers.of(NEW_SIDE), f"/points/{POINT}")
    get(browsers.of(OPERATOR), f"/points/{POINT}")

    reads = rows(database, "SELECT user_id, subject, purpose FROM data_reads")
    assert reads == [(OPERATOR.user_id, number, "画面:地点")]


def test_a_foreign_point_answers_as_one_without_procedures(browsers: Browsers, database: Database) -> None:
    open_case(database, point_number=POINT)
    client = browsers.of(STRANGER)

    answers = [client.get(f"/points/{number}") for number in (POINT, SECOND_POINT)]

    assert status_and_text(answers[0]) == status_and_text(answers[1])
    assert answers[0].status_code == 404
    assert rows(database, "SELECT * FROM data_reads") == []
    assert rows(database, "SELECT * FROM recent_items") == []


@pytest.mark.parametrize("number", ["1", "99" + "0" * 20, "0" * 23, "SW03L20260101000000009", "%00", "０３"])
def test_what_is_no_point_is_not_found(number: str, browsers: Browsers, database: Database) -> None:
    get(browsers.of(NEW_SIDE), f"/points/{number}", status=404)
