"""The list of cases as CSV."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from deploy.samples import Person
from models.cases.operations import note_grid_findings
from models.database import Database
from models.participants.operations import register_participant
from rules.calendar import day_of
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, ParticipantRole
from schemas.interfaces.common import GridFinding
from tests.support.case_applications import file_start
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import as_case, case_state, hear, obey_all
from tests.support.cast import DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.support.database_contents import rows
from tests.support.decisions import reject
from tests.support.referrals import open_case, withdraw
from tests.web.conftest import Browsers
from tests.web.pages import page_of
from web.cases import list_view
from web.cases.csv_file import COLUMNS


def point(number: int, *, area: str = "03") -> str:
    return f"{area}10000000000000{number:06d}"


def download(browsers: Browsers, person: Person, query: str = "") -> list[dict[str, str]]:
    """Read the file as a program does."""
    answer = browsers.of(person).get(f"/cases.csv?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cases.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert all(tuple(row) == COLUMNS for row in lines)
    return lines


def test_it_holds_number_codes_words_and_the_reasons_of_a_rejection(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database, point_number=point(1))
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)

    (row,) = download(browsers, NEW_SIDE)

    assert (row["行番号"], row["廃止取次番号"]) == ("1", case_number)
    assert (row["案件状態コード"], row["案件状態"]) == ("rejected", "否認")
    assert row["エリア"] == "03 東京"
    assert row["NG理由"] == "05 該当契約なし、09 その他"
    assert row["NG理由（詳細）"] == "契約者死亡のため要確認"
    assert row["供給地点特定番号・受電地点特定番号"] == "03-1000-0000-0000-0000-0001"
    assert row["現小売"] == "1002 みなと電気株式会社"


def test_the_words_of_a_rejection_are_personal_and_their_reading_is_on_record(
    browsers: Browsers, database: Database
) -> None:
    open_case(database, point_number=point(2))
    case_number = open_case(database)
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)

    download(browsers, OPERATOR)

    assert rows(database, "SELECT user_id, retailer_code, subject, purpose FROM data_reads") == [
        (OPERATOR.user_id, None, case_number, "画面:申込内容一覧CSV")
    ]


def test_no_other_personal_data_are_in_it(browsers: Browsers, database: Database) -> None:
    open_case(database)

    for person in (NEW_SIDE, DECIDER, OPERATOR):
        text = browsers.of(person).get("/cases.csv").data.decode()
        assert not [secret for secret in ("髙橋", "豊洲", "12345678901234") if secret in text]


def test_it_holds_what_the_list_holds_for_the_same_filter_and_all_of_it(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "PAGE", 1)
    monkeypatch.setattr(list_view, "_BATCH", 2)
    opened = [open_case(database, point_number=point(number)) for number in range(1, 6)]
    open_case(database, point_number=point(1, area="06"))

    lines = download(browsers, NEW_SIDE, "area=03&phase=awaiting_decision")

    assert [row["廃止取次番号"] for row in lines] == opened[::-1]
    assert [row["行番号"] for row in lines] == ["1", "2", "3", "4", "5"]
    assert download(browsers, STRANGER) == []


def test_each_side_gets_only_what_it_may_see(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        state = as_case(send_both(session, case_number).state)
        hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.END)

    (new,), (current,), (operator,) = (download(browsers, person) for person in (NEW_SIDE, DECIDER, OPERATOR))

    assert (new["立場"], current["立場"], operator["立場"]) == ("新小売", "現小売", "広域機関")
    assert (new["開始申請番号"], new["廃止申請番号"], new["廃止申請状態"]) == (state.start.number, "", "受付済み")
    assert (current["開始申請番号"], current["開始申請状態"], current["廃止申請番号"]) == ("", "", state.end.number)
    assert current["新小売"] == ""
    assert (operator["新小売"], operator["開始申請状態"], operator["廃止申請状態"]) == (
        "1001 あおぞら電力株式会社",
        "送信中",
        "受付",
    )


def test_defects_are_in_it_for_whose_application_it_is(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        accept(session, case_number)
        file_start(session, case_number)
        obey_all(session, case_number)
        number = case_state(session, case_number).start.number or ""
        finding = GridFinding(field="address", rule="address", message="=住所が一致しません。")
        note_grid_findings(session, application_number=number, cause="c", findings=[finding])
        hear(session, case_number, NewsKind.DEFECTIVE, ApplicationKind.START, defects=("address",))

    (new,), (current,) = download(browsers, NEW_SIDE), download(browsers, DECIDER)

    assert (new["開始申請の不備の規則"], new["開始申請の不備の内容"]) == (
        "address",
        "需要場所住所 =住所が一致しません。",
    )
    assert (current["開始申請の不備の規則"], current["開始申請の不備の内容"]) == ("", "")
    reads = rows(database, "SELECT user_id, subject, purpose FROM data_reads WHERE interface_number = ''")
    read = (NEW_SIDE.user_id, case_number, "画面:申込内容一覧CSV")
    assert reads == [read], "a grid operator's words may name anybody"


def test_the_deadline_is_a_day_with_its_rule_as_the_list_says_it(browsers: Browsers, database: Database) -> None:
    due_column = "期限日（この日の24:00まで）"
    awaiting, matched, cancelling = (open_case(database, point_number=point(number)) for number in (1, 2, 3))
    with database.transaction() as session:
        for case_number in (matched, cancelling):
            send_both(session, case_number)
        hear(session, matched, NewsKind.MATCHED, ApplicationKind.START)
        withdraw(session, cancelling)
        obey_all(session, cancelling)
        states = {number: case_state(session, number) for number in (awaiting, matched)}

    line_by_number = {row["廃止取次番号"]: row for row in download(browsers, NEW_SIDE)}

    def due(number: str) -> tuple[str, str]:
        return line_by_number[number][due_column], line_by_number[number]["期限の規則"]

    assert due(awaiting) == ((day_of(states[awaiting].decision_due) - timedelta(days=1)).isoformat(), "判断期限")
    assert due(matched) == (states[matched].effective_date.isoformat(), "異動日")
    assert due(cancelling) == ("", ""), "nobody has to keep a deadline any more"
    page = browsers.of(NEW_SIDE).get("/cases").get_data(as_text=True)
    assert all(f">{due(number)[0]}</time>" in page for number in (awaiting, matched))


def test_an_application_that_was_never_filed_and_cannot_be_is_none(browsers: Browsers, database: Database) -> None:
    awaiting, rejected = open_case(database, point_number=point(1)), open_case(database, point_number=point(2))
    with database.transaction() as session:
        reject(session, rejected)
        obey_all(session, rejected)

    line_by_number = {row["廃止取次番号"]: row for row in download(browsers, DECIDER)}

    assert line_by_number[awaiting]["廃止申請状態"] == "未申請"
    assert line_by_number[rejected]["廃止申請状態"] == "申請なし"
    assert line_by_number[rejected]["廃止申請状態コード"] == "not_filed"


@pytest.mark.parametrize("code", ["0012", "1E05", "MAR1"])
def test_no_cell_is_the_bare_code_of_a_company(code: str, browsers: Browsers, database: Database) -> None:
    with database.transaction() as session:
        register_participant(
            session,
            code=code,
            name="表計算電力株式会社",
            role=ParticipantRole.RETAILER,
            area=None,
            valid_from=date(2016, 4, 1),
        )
    open_case(database, current_retailer_code=code)

    (row,) = download(browsers, NEW_SIDE)

    assert row["現小売"] == f"{code} 表計算電力株式会社"
    assert code not in row.values() and "03" not in row.values()


def test_the_words_of_a_retailer_cannot_be_a_formula_either(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        reject(session, case_number, text='=HYPERLINK("http://example.org")')
        obey_all(session, case_number)

    (row,) = download(browsers, NEW_SIDE)

    assert row["NG理由（詳細）"] == '\'=HYPERLINK("http://example.org")'


def test_without_a_login_there_is_none(browsers: Browsers) -> None:
    assert browsers.of(None).get("/cases.csv").status_code == 303


@contextmanager
def unreadable(database: Database) -> Iterator[None]:
    """Have the database answer nothing of what the list asks, for a while."""
    with database.transaction() as session:
        session.execute(text("ALTER TABLE cases RENAME COLUMN version TO away"))
    try:
        yield
    finally:
        with database.transaction() as session:
            session.execute(text("ALTER TABLE cases RENAME COLUMN away TO version"))


def test_a_file_that_cannot_be_made_is_refused_and_not_begun(browsers: Browsers, database: Database) -> None:
    open_case(database)
    client = browsers.of(NEW_SIDE)

    with unreadable(database):
        page_of(client.get("/cases.csv"), status=500)


def test_a_file_that_fails_on_its_way_says_so_in_its_last_line_and_is_broken_off(
    browsers: Browsers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_view, "_BATCH", 2)
    opened = [open_case(database, point_number=point(number)) for number in range(1, 5)]
    pieces = browsers.of(NEW_SIDE).get("/cases.csv", buffered=False).iter_encoded()

    had = [next(pieces)]
    with unreadable(database), pytest.raises(Exception, match="version"):  # the server then breaks the line off
        while True:
            had.append(next(pieces))

    lines = list(csv.reader(io.StringIO(b"".join(had).decode("utf-8-sig"), newline="")))
    assert [row[1] for row in lines[1:-1]] == opened[:1:-1]
    assert lines[-1][0].startswith("このファイルは途中で終わっています。")
