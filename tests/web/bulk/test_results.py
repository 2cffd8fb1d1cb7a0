"""What became of the rows: on pages, by what became of them, and as files."""

import csv
import io

import pytest

from models.bulk.forgetting import forget_rows
from models.bulk.queries import FileRowLine
from models.bulk.rows import RowResult
from rules.bulk.progress import FileState, RowOutcome, Steering
from rules.bulk.reading import FileRead, read_file
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from tests.support.cast import COLLEAGUE, NEW_SIDE, OPERATOR
from tests.support.database_contents import rows
from tests.support.sent_files import LOW, REFERRALS
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, words
from web.bulk import downloads, file_page

CASE = "SW03L20260812000000019"


@pytest.fixture
def number(room: FileRoom) -> str:
    """Have a file at its end: one row was taken, one refused, one at fault from the beginning."""
    number = room.seen(room.referrals({}, {}, {"契約番号": "12*34"}))
    room.steer(number, Steering.CONFIRM)
    room.answer(
        number,
        RowResult(2, RowOutcome.DONE, CASE),
        RowResult(3, RowOutcome.REFUSED, refusal=Refusal(RefusalCode.POINT_BUSY)),
    )
    assert room.overview(number).state is FileState.FINISHED
    return number


def table(room: FileRoom, address: str, *, encoding: str = "utf-8-sig") -> list[list[str]]:
    answer = room.browsers.of(NEW_SIDE).get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.get_data().decode(encoding), newline="")))


def test_the_page_says_how_it_went(room: FileRoom, number: str) -> None:
    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert words(page, "//h2")[0] == "結果"
    assert "受け付けられたのは1行、受け付けられなかったのは1行です。" in words(page, "//section//p")
    assert words(page, "//ul[@class='jumps']/li") == [
        "すべての行 3行",
        "誤りあり 1行",
        "受付 1行",
        "受付不可 1行",
    ]


def test_each_row_is_listed_with_number_or_reason(room: FileRoom, number: str) -> None:
    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}/rows")

    assert words(page, "//h1") == [f"{number} 行の一覧"]
    assert words(page, "//tbody/tr/th") == ["2", "3", "4"]
    assert page.xpath("//tbody//a/@href") == [f"/cases/{CASE}"]
    refused, faulty = words(page, "//ul[@class='problems']/li")
    assert refused.startswith("この地点では、ほかの手続きが終わっていません。") and refused.endswith("HUB-B002")
    assert faulty.startswith("C列 契約番号「12*34」:")


@pytest.mark.parametrize(("outcome", "lines"), [("done", ["2"]), ("refused", ["3"]), ("faulty", ["4"]), ("open", [])])
def test_rows_are_chosen_by_what_became_of_them(room: FileRoom, number: str, outcome: str, lines: list[str]) -> None:
    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}/rows?outcome={outcome}")

    assert words(page, "//tbody/tr/th") == lines


def test_long_lists_of_rows_are_leafed_through(room: FileRoom, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_page, "_PAGE", 2)
    client = room.browsers.of(NEW_SIDE)

    first = get(client, f"/bulk/files/{number}/rows")
    (address,) = first.xpath("//a[@rel='next']/@href")
    second = get(client, address)

    assert words(first, "//tbody/tr/th") == ["2", "3"]
    assert words(second, "//tbody/tr/th") == ["4"]
    assert second.xpath("//nav[@class='pager']/a/@href") == [f"/bulk/files/{number}/rows"]


@pytest.mark.parametrize(
    "query", ["outcome=nothing", "after=-1", "after=x", "after=1e9", "after=99999999999", "after=１"]
)
def test_an_address_that_no_page_leads_to_is_none(room: FileRoom, number: str, query: str) -> None:
    assert room.browsers.of(NEW_SIDE).get(f"/bulk/files/{number}/rows?{query}").status_code == 404


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_results_are_a_file(room: FileRoom, number: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_BATCH", 2)

    header, *lines = table(
        room,
        f"/bulk/files/{number}/results.csv?encoding={encoding}",
        encoding="cp932" if encoding == "cp932" else "utf-8-sig",
    )

    assert header[:4] == ["行", "供給地点特定番号", "結果", "払い出された番号"]
    assert [line[:5] for line in lines] == [
        ["2", "03-1000-0000-0000-0000-0001", "受付", CASE, ""],
        ["3", "03-1000-0000-0000-0000-0002", "受付不可", "", "HUB-B002"],
        ["4", "03-1000-0000-0000-0000-0003", "誤りあり", "", "HUB-F001"],
    ]


def test_what_was_not_taken_is_a_file_that_can_be_sent_again(room: FileRoom, number: str) -> None:
    answer = room.browsers.of(NEW_SIDE).get(f"/bulk/files/{number}/errors.csv")

    read = read_file(answer.data.replace(b"12*34", b"1234"), kind=REFERRALS, segment=LOW)

    assert isinstance(read, FileRead)
    assert [(row.values["pointNumber"], row.problems) for row in read.rows()] == [
        ("0310000000000000000002", ()),
        ("0310000000000000000003", ()),
    ]
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert lines[1][-1].startswith("元のファイルの3行目: この地点では、ほかの手続きが終わっていません。")


def test_rows_are_personal_and_who_reads_them_is_on_record(room: FileRoom, number: str) -> None:
    client = room.browsers.of(OPERATOR)

    get(client, f"/bulk/files/{number}")
    assert rows(room.database, "SELECT count(*) FROM data_reads") == [(0,)]
    get(client, f"/bulk/files/{number}/rows")
    client.get(f"/bulk/files/{number}/errors.csv").get_data()
    client.get(f"/bulk/files/{number}/results.csv").get_data()

    assert rows(room.database, "SELECT user_id, subject, purpose FROM data_reads ORDER BY id") == [
        (OPERATOR.user_id, number, "画面:一括処理の行"),
        (OPERATOR.user_id, number, "画面:一括処理の誤りCSV"),
        (OPERATOR.user_id, number, "画面:一括処理の結果CSV"),
    ]


def test_a_file_that_breaks_off_says_so_in_its_last_line(
    room: FileRoom, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: object, after: int, **options: object) -> list[FileRowLine]:
        if after:
            raise RuntimeError("the rest cannot be read")
        return room.rows(number)[:2]

    monkeypatch.setattr(downloads, "_BATCH", 2)
    monkeypatch.setattr(downloads, "rows_of", failing)
    answer = room.browsers.of(NEW_SIDE).get(f"/bulk/files/{number}/results.csv", buffered=False)

    pieces: list[bytes] = []
    with pytest.raises(RuntimeError):
        for piece in answer.iter_encoded():
            pieces.append(piece)

    assert "ここから先の行は含まれていません" in b"".join(pieces).decode("utf-8-sig")


def test_an_encoding_that_there_is_not_is_none(room: FileRoom, number: str) -> None:
    assert room.browsers.of(NEW_SIDE).get(f"/bulk/files/{number}/errors.csv?encoding=utf-7").status_code == 404


def test_without_a_login_there_are_none(room: FileRoom, number: str) -> None:
    for page in ("", "/rows", "/errors.csv", "/results.csv"):
        assert room.browsers.of(None).get(f"/bulk/files/{number}{page}").status_code == 303
    assert room.browsers.of(COLLEAGUE).get(f"/bulk/files/{number}").status_code == 404


def test_rows_whose_time_is_over_are_said_to_be_forgotten_and_their_addresses_lead_there(
    room: FileRoom, number: str
) -> None:
    room.database.run(lambda session: forget_rows(session, number=number))
    browser = room.browsers.of(NEW_SIDE)

    page = get(browser, f"/bulk/files/{number}")

    assert any("保存期間を過ぎたため" in text for text in words(page, "//section[@aria-labelledby='rows']/p"))
    assert not page.xpath("//a[contains(@href, '.csv')]")
    for address in ("rows", "errors.csv", "results.csv"):
        answer = browser.get(f"/bulk/files/{number}/{address}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/bulk/files/{number}")
