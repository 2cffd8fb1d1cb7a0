"""Every application at the screen, in every segment that has it: filed, corrected, cancelled; in a case and alone."""

from typing import Any

import pytest
from lxml.html import HtmlElement

from deploy.samples import Person
from models.cases.operations import note_grid_findings
from models.database import Database
from rules.lone_application.kinds import KINDS
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import Party
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, ProcessKind, Segment
from schemas.contract import Interface
from schemas.interfaces.ampere_change import AMPERE_CHANGE
from schemas.interfaces.applications import END_APPLICATION, START_APPLICATION
from schemas.interfaces.common import GridFinding
from schemas.interfaces.referral import REFERRAL
from tests.support.case_applications import file_start
from tests.support.case_stages import accept
from tests.support.case_steps import as_case, case_state, hear, obey_all
from tests.support.cast import COLLEAGUE, CONTRACT_NUMBER, DECIDER, NEW_SIDE, POINT, STRANGER
from tests.support.database_contents import rows
from tests.support.lone_applications import lone_state, open_start
from tests.support.referrals import open_case
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.pages import get, page_of, send, words
from tests.web.requests.walking import SEND, address, confirmed, facts_of, result_of, typed, value
from web.shared.requests import INTERFACES
from web.shared.words import deadline_words

FILE, CORRECT, CANCEL = (SEND[process] for process in ProcessKind)
FILED = [
    (interface, segment)
    for interface in INTERFACES
    if interface.applies_for is not None
    for segment in Segment
    if segment in interface.segments
]


def applicant(interface: Interface) -> Person:
    """Give somebody of the retailer on the interface's side of a point."""
    assert interface.applies_for is not None
    return NEW_SIDE if KINDS[interface.applies_for].applicant is Party.NEW_RETAILER else DECIDER


def actions_of(page: HtmlElement) -> dict[str, str]:
    links = page.xpath("//section[@aria-labelledby='actions']//li/a")
    return {link.text_content().strip(): link.get("href") for link in links}


def banner(page: HtmlElement) -> str:
    return words(page, "//div[contains(@class, 'banner')]")[0]


@pytest.fixture
def accepted(database: Database) -> str:
    """Give a case in which both applications are to be filed."""
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)
    return case_number


@pytest.mark.usefixtures("retailers")
@pytest.mark.parametrize(
    ("interface", "segment"), FILED, ids=[interface.number_in(segment) for interface, segment in FILED]
)
def test_each_is_filed_shown_by_its_number_and_can_be_cancelled(
    interface: Interface, segment: Segment, open_browsers: Browsers, database: Database
) -> None:
    person = applicant(interface)
    client = open_browsers.of(person)
    form = get(client, address(interface, segment=segment))
    page = confirmed(client, form, typed(interface, database, segment=segment))
    assert "東京エリアの一般送配電事業者" in banner(page)
    assert words(page, "//p[contains(@class, 'band')]/strong")[0].endswith(segment.label)

    result = result_of(client, send(client, page, button=FILE))

    number = words(result, "//*[@class='copied']")[0]
    with database.transaction() as session:
        state = lone_state(session, number)
    assert (state.kind, state.segment, state.applicant) == (interface.applies_for, segment, person.retailer_code)
    sent = rows(database, "SELECT user_id, interface_number FROM messages")
    assert sent == [(person.user_id, interface.number_in(segment))]
    (status,) = result.xpath("//main//a[normalize-space()='業務処理状況を確認する']/@href")
    assert value(get(client, status), "applicationNumber") == number
    cancellation = get(client, actions_of(get(client, f"/cases/{number}"))["申請取消"])
    assert facts_of(cancellation)["申請番号"] == number
    get(client, send(client, cancellation, button=CANCEL).location)
    with database.transaction() as session:
        obey_all(session, number)
        assert lone_state(session, number).application.state is ApplicationState.CANCELLING


def test_in_a_case_it_starts_with_what_the_case_knows(open_browsers: Browsers, accepted: str) -> None:
    client = open_browsers.of(NEW_SIDE)
    case = get(client, f"/cases/{accepted}")
    link = address(START_APPLICATION, subject=accepted)
    assert actions_of(case)["開始申請登録"] == link

    form = get(client, link)

    assert (value(form, "holderName"), value(form, "telephone")) == ("髙橋　太郎", "")
    assert value(form, "consent/obtainedBy") == "豊洲支店"
    shown = facts_of(form)
    assert (shown["廃止取次番号"], shown["供給地点特定番号"]) == (accepted, POINT)
    assert "異動日" in shown
    assert form.xpath("//*[@name='caseNumber' or @name='pointNumber' or @name='effectiveDate']") == []


def test_in_a_case_both_sides_file_theirs(open_browsers: Browsers, database: Database, accepted: str) -> None:
    new, current = open_browsers.of(NEW_SIDE), open_browsers.of(DECIDER)
    terms = {
        "telephone": "03-1234-5678",
        "supplyKind": "lighting",
        "contractBasis": "ampere_breaker",
        "contractCapacity": "40",
        "meterWork": "not_needed",
    }
    start = confirmed(new, get(new, address(START_APPLICATION, subject=accepted)), terms)
    assert "相手方の廃止申請と揃わないと" in banner(start)
    duty = get(current, f"/cases/{accepted}")
    (leads,) = duty.xpath("//main//a[normalize-space()='廃止申請登録へ進む']/@href")
    form = get(current, leads)
    assert value(form, "contractNumber") == CONTRACT_NUMBER
    end = confirmed(current, form)

    for client, page in ((new, start), (current, end)):
        assert "結果がまだ確定していません。" in banner(get(client, send(client, page, button=FILE).location))
    with database.transaction() as session:
        state = as_case(obey_all(session, accepted).state)

    assert [each.state for each in state.applications] == [ApplicationState.SENDING] * 2


def test_a_defect_is_corrected_beginning_with_what_was_sent(
    open_browsers: Browsers, database: Database, accepted: str
) -> None:
    with database.transaction() as session:
        file_start(session, accepted)
        number = as_case(obey_all(session, accepted).state).start.number or ""
        finding = GridFinding(field="address", rule="address-known", message="住所が一致しません。")
        note_grid_findings(session, application_number=number, cause="watch-1", findings=[finding])
        hear(session, accepted, NewsKind.DEFECTIVE, ApplicationKind.START, defects=("address-known",))
    client = open_browsers.of(NEW_SIDE)
    (leads,) = get(client, f"/cases/{accepted}").xpath("//main//a[normalize-space()='開始申請訂正へ進む']/@href")

    form = get(client, leads)
    page = confirmed(client, form, {"address": "東京都江東区豊洲１－２－３０"})
    answer = send(client, page, button=CORRECT)

    assert (value(form, "telephone"), value(form, "contractCapacity")) == ("03-1234-5678", "40")
    assert (facts_of(form)["申請番号"], facts_of(form)["廃止取次番号"]) == (number, accepted)
    assert "同じ申請番号で" in banner(page)
    with database.transaction() as session:
        assert as_case(obey_all(session, accepted).state).start.revision == 2
    assert facts_of(get(client, answer.location))["申請番号"] == number


def test_the_cut_off_that_is_said_is_the_one_that_the_declared_meter_work_leaves(
    open_browsers: Browsers, database: Database, accepted: str
) -> None:
    client, terms = open_browsers.of(NEW_SIDE), {"telephone": "03-1234-5678", "contractCapacity": "40"}
    terms |= {"supplyKind": "lighting", "contractBasis": "ampere_breaker"}
    said = {}
    for work in ("not_needed", "needed"):
        form = get(client, address(START_APPLICATION, subject=accepted))
        said[work] = banner(confirmed(client, form, {**terms, "meterWork": work}))
    with database.transaction() as session:
        cut_off = deadline_words(case_state(session, accepted).cut_off)

    assert f"申請期限 {cut_off}" in said["not_needed"]
    assert f"申請期限 {cut_off}" not in said["needed"]


def test_what_stays_when_an_application_is_taken_back_is_said(
    open_browsers: Browsers, database: Database, accepted: str
) -> None:
    alone = open_start(database, point_number="0310000000000000000009")
    with database.transaction() as session:
        file_start(session, accepted)
        obey_all(session, accepted)
    client = open_browsers.of(NEW_SIDE)

    said = {
        number: banner(get(client, address(START_APPLICATION, ProcessKind.WITHDRAW, subject=number)))
        for number in (accepted, alone)
    }

    assert "廃止取次は続きます。" in said[accepted]
    assert "廃止取次は続きます。" not in said[alone] and "元に戻せません。" in said[alone]


def test_another_day_than_the_cases_cannot_be_smuggled_in(
    open_browsers: Browsers, database: Database, accepted: str
) -> None:
    client = open_browsers.of(DECIDER)
    form = get(client, address(END_APPLICATION, subject=accepted))
    own = {name: value(form, name) for name in ("csrf_token", "messageId", "contractNumber")}

    client.post(address(END_APPLICATION, subject=accepted) + "/send", data={**own, "effectiveDate": "2026-01-01"})

    with database.transaction() as session:
        state = as_case(obey_all(session, accepted).state)
    assert state.end.state is ApplicationState.SENDING


@pytest.mark.parametrize("process", ProcessKind)
def test_who_has_no_part_in_it_hears_nothing_of_it(
    process: ProcessKind, open_browsers: Browsers, database: Database, accepted: str
) -> None:
    alone = open_start(database, point_number="0310000000000000000009")
    foreign: list[tuple[Person, Interface, str]] = [
        (STRANGER, START_APPLICATION, accepted),
        (STRANGER, START_APPLICATION, alone),
        (DECIDER, START_APPLICATION, accepted),
        (NEW_SIDE, END_APPLICATION, accepted),
        (DECIDER, REFERRAL, accepted),
        (NEW_SIDE, AMPERE_CHANGE, alone),
    ]
    before = rows(database, "SELECT 1 FROM data_reads")
    for person, interface, number in foreign:
        get(open_browsers.of(person), address(interface, process, subject=number), status=404)
    for number in (accepted, alone):
        segment = Segment.HIGH_VOLTAGE
        get(
            open_browsers.of(NEW_SIDE), address(START_APPLICATION, process, segment=segment, subject=number), status=404
        )
    assert rows(database, "SELECT 1 FROM data_reads") == before


def test_a_colleague_without_the_right_sees_what_can_be_done_and_no_way_to_it(
    open_browsers: Browsers, accepted: str
) -> None:
    client = open_browsers.of(COLLEAGUE)

    page = get(client, f"/cases/{accepted}")

    assert actions_of(page) == {}
    assert "廃止申請登録（送信できる担当者が画面で" in words(page, "//section[@aria-labelledby='actions']//li")[0]
    get(client, address(END_APPLICATION, subject=accepted), status=403)


def test_a_case_that_awaits_its_decision_takes_no_application(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    page = get(open_browsers.of(NEW_SIDE), address(START_APPLICATION, subject=case_number), status=409)

    assert "いまの状態では、スイッチング開始申請の登録はできません。" in banner(page)
    with database.transaction() as session:
        assert case_state(session, case_number).phase is CasePhase.AWAITING_DECISION


@pytest.mark.usefixtures("retailers")
def test_a_case_that_is_not_ones_own_is_told_beside_its_field(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    values: Any = typed(START_APPLICATION, database, caseNumber="SW03L20260812000000019")
    page = confirmed(client, get(client, address(START_APPLICATION)), values)

    refused = page_of(send(client, page, button=FILE), status=422)

    assert "HUB-S001" in words(refused, "//*[@role='alert']")[0]
    assert len(words(refused, "//*[@id='field-caseNumber-error']")) == 1


@pytest.mark.usefixtures("retailers")
def test_in_a_maintenance_its_end_is_said_before_it_is_sent(
    settings: Settings, application: Applications, database: Database
) -> None:
    always = "; ".join(f"* {day} 00:00-24:00" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    app = application(settings.model_copy(update={"maintenance_windows": always}))
    client = Browsers(app, database).of(NEW_SIDE)

    page = confirmed(client, get(client, address(START_APPLICATION)), typed(START_APPLICATION, database))

    assert "メンテナンス中です。終了予定は" in banner(page) and "その後に自動で行われます。" in banner(page)
