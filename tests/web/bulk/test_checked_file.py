"""What a person reads of a file that was checked, and the question whether it is the right one."""

import pytest

from deploy.samples import Person
from rules.bulk.progress import FileState
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR
from tests.support.referrals import open_case
from tests.support.sent_files import DECISIONS, file_of, rows_with
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, page_of, send, words

FAULTY = {"契約番号": "4.9E+21"}


def banner(room: FileRoom, number: str) -> list[str]:
    return words(
        get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}"), "//section//div[contains(@class,'banner')]//p"
    )


def test_while_it_is_checked_a_page_says_how_far_it_is(room: FileRoom) -> None:
    number = room.sent(room.referrals({}))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert words(page, "//h2") == ["確認しています"]
    assert page.xpath("//progress") and page.xpath("//*[@data-live='uploaded']")
    assert "/static/live.js" in page.xpath("//script/@src")
    assert page.xpath("//a[text()='最新の状況を表示する']/@href") == [f"/bulk/files/{number}"]


def test_a_good_file_is_summed_up_and_asked_about(room: FileRoom) -> None:
    number = room.seen(room.referrals({}, {}, {"供給地点特定番号": "0610000000000000000003"}))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert words(page, "//h2")[0] == "このファイルでよいですか"
    assert "3行のすべてを送れます。" in words(page, "//section//strong")
    counts = dict(
        zip(words(page, "//div[@class='breakdown']//dt"), words(page, "//div[@class='breakdown']//dd"), strict=True)
    )
    assert counts == {
        "廃止取次の登録": "3行",
        "東京": "2行",
        "関西": "1行",
        "1002 みなと電気株式会社": "3行",
    }
    assert "登録した廃止取次は、現小売電気事業者の受信箱に届き、判断期限が始まります。" in words(page, "//li")
    assert "3行を送信する" in words(page, "//button")
    assert "/static/live.js" not in page.xpath("//script/@src"), "nothing goes on by itself"


def test_rows_at_fault_are_counted_and_shown_with_line_column_value_and_advice(room: FileRoom) -> None:
    number = room.seen(room.referrals({}, FAULTY, {"契約名義（カナ）": "たかはし"}))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert "3行のうち 1行を送れます。" in words(page, "//section//strong")
    assert words(page, "//tbody/tr/th") == ["3", "4"]
    first, second = words(page, "//ul[@class='problems']/li")
    assert first.startswith("C列 契約番号「4.9E+21」: 契約番号が「4.9E+21」になっています。")
    assert first.endswith("セルの書式を「文字列」にしておくと変わりません。 HUB-F001")
    assert second.startswith("E列 契約名義（カナ）「たかはし」: 契約名義（カナ）の1文字目（U+305F）は使えません。")
    assert "1行を送信する" in words(page, "//button")


def test_a_file_that_cannot_be_read_is_refused_as_a_whole(room: FileRoom) -> None:
    answer = room.send(b"PK\x03\x04 an xlsx that was renamed", name="取次.csv")
    number = answer.headers["Location"].rpartition("/")[2]
    room.check(number)

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert words(page, "//h2")[0] == "このファイルは送れません"
    (problem,) = words(page, "//section//div[contains(@class,'banner')]//li")
    assert problem.startswith("表計算ソフトのブック（Excelの形式）です。")
    assert page.xpath("//a[text()='直したファイルを送る']/@href") == ["/bulk/new/register_referrals/low_voltage"]


def test_a_file_of_which_every_row_is_wrong_is_refused_with_its_rows(room: FileRoom) -> None:
    number = room.seen(room.referrals(FAULTY, FAULTY))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert "送れる行がありません。何も送っていません。" in words(page, "//section//strong")
    assert words(page, "//tbody/tr/th") == ["2", "3"]


def test_what_the_hub_would_refuse_is_said_before_it_is_sent(room: FileRoom) -> None:
    open_case(room.database, point_number="0310000000000000000001")

    number = room.seen(room.referrals({}, {}))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")
    assert "2行のうち 1行を送れます。" in words(page, "//section//strong")
    (problem,) = words(page, "//ul[@class='problems']/li")
    assert problem.startswith("A列 供給地点特定番号「0310000000000000000001」: ")
    assert problem.endswith("進行中の手続きが終わってから、改めて登録してください。 HUB-B002")


def test_what_the_hub_would_refuse_is_found_in_the_column_where_the_file_has_it(room: FileRoom) -> None:
    number = room.seen([row[::-1] for row in room.referrals({}, {"現小売電気事業者コード": "9999"})])

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    (problem,) = words(page, "//ul[@class='problems']/li")
    assert problem.startswith("J列 現小売電気事業者コード「9999」: ")


def test_of_a_file_that_is_refused_it_is_said_that_it_was_sent_before(room: FileRoom) -> None:
    table = room.referrals(FAULTY)
    first, again = room.seen(table), room.seen(table)

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{again}")

    assert words(page, "//h2")[0] == "このファイルは送れません"
    assert "同じ内容のファイルを前にも送っています。" in words(page, "//section//strong")
    assert f"/bulk/files/{first}" in page.xpath("//section//a/@href")


def test_of_an_inbox_it_is_said_how_many_rows_are_left_out(room: FileRoom) -> None:
    case_number = open_case(room.database)
    undecided = {"取次判断": "", "NG理由": "", "NG理由（詳細）": ""}
    table = rows_with({"廃止取次番号": case_number}, undecided, undecided, kind=DECISIONS)

    answer = room.send(file_of(table), by=DECIDER, kind=DECISIONS)
    number = answer.headers["Location"].rpartition("/")[2]
    room.check(number)

    page = get(room.browsers.of(DECIDER), f"/bulk/files/{number}")
    assert "ほかに、取次判断が空の2行は、判断しないものとして送りません。" in words(page, "//section//p")
    assert "承諾" in words(page, "//div[@class='breakdown']//dt")


def test_only_the_first_rows_at_fault_stand_on_its_page(room: FileRoom) -> None:
    number = room.seen(room.referrals({}, *[FAULTY] * 25))

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    assert words(page, "//h3")[-1] == "誤りのある行（はじめの20行）"
    assert len(page.xpath("//tbody/tr")) == 20
    assert "誤りあり 25行" in words(page, "//ul[@class='jumps']/li/a")


class TestConfirming:
    def test_the_rows_are_sent_once_it_is_said_so(self, room: FileRoom) -> None:
        number, client = room.seen(room.referrals({}, {})), room.browsers.of(NEW_SIDE)

        answer = send(client, get(client, f"/bulk/files/{number}"), button="2行を送信する")

        assert (answer.status_code, answer.headers["Location"]) == (303, f"/bulk/files/{number}")
        page = get(client, answer.headers["Location"])
        assert words(page, "//h2")[0] == "送信しています"
        assert "送信を始めました。" in words(page, "//strong")
        assert room.overview(number).confirmed_by == NEW_SIDE.name

    def test_whoever_presses_twice_is_told_that_it_has_begun(self, room: FileRoom) -> None:
        number, client = room.seen(room.referrals({})), room.browsers.of(NEW_SIDE)
        page = get(client, f"/bulk/files/{number}")
        send(client, page, button="1行を送信する")

        send(client, page, button="1行を送信する")

        told = words(get(client, f"/bulk/files/{number}"), "//strong")
        assert "このファイルはいま「実行中」のため、実行できませんでした。" in told

    def test_the_same_file_again_is_recognised_and_has_to_be_meant(self, room: FileRoom) -> None:
        table, client = room.referrals({}), room.browsers.of(NEW_SIDE)
        first, again = room.seen(table), room.seen(table)
        page = get(client, f"/bulk/files/{again}")
        assert any("同じ内容のファイルを前にも送っています。" in text for text in words(page, "//strong"))
        assert page.xpath("//form//a/@href")[0] == f"/bulk/files/{first}"

        asked = page_of(send(client, page, button="1行を送信する"), status=422)

        assert words(asked, "//div[@role='alert']//li/a") == [
            "同じ内容のファイルを前にも送っています。もう一度送信する場合は、下の欄にチェックを入れてください。"
        ]
        assert room.overview(again).state is FileState.CHECKED
        send(client, asked, {"again": "y"}, button="1行を送信する")
        assert room.overview(again).state is FileState.RUNNING

    def test_the_first_of_two_is_asked_about_as_well_once_the_second_was_sent(self, room: FileRoom) -> None:
        table, client = room.referrals({}), room.browsers.of(NEW_SIDE)
        first, again = room.seen(table), room.seen(table)
        page = get(client, f"/bulk/files/{first}")
        send(client, get(client, f"/bulk/files/{again}"), {"again": "y"}, button="1行を送信する")

        asked = page_of(send(client, page, button="1行を送信する"), status=422)

        assert asked.xpath("//form//a/@href")[0] == f"/bulk/files/{again}"
        assert room.overview(first).state is FileState.CHECKED

    def test_who_may_only_look_is_told_who_can(self, room: FileRoom) -> None:
        number = room.seen(room.referrals({"現小売電気事業者コード": "1001"}), by=DECIDER)

        page = get(room.browsers.of(COLLEAGUE), f"/bulk/files/{number}")

        assert "実行できるのは、送信の権限がある担当者です。" in words(page, "//p")
        assert words(page, "//main//button") == []

    @pytest.mark.parametrize("person", [COLLEAGUE, OPERATOR])
    def test_who_has_no_right_cannot(self, room: FileRoom, person: Person) -> None:
        number = room.seen(room.referrals({"現小売電気事業者コード": "1001"}), by=DECIDER)
        client = room.browsers.of(person)
        token = get(client, "/bulk/files").xpath("//input[@name='csrf_token']/@value")[0]

        assert client.post(f"/bulk/files/{number}/confirm", data={"csrf_token": token}).status_code == 403
        assert room.overview(number).state is FileState.CHECKED
