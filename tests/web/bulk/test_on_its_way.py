"""A file whose rows are being sent: how far it is, paused, resumed and stopped."""

import pytest

from deploy.samples import Person
from models.bulk.rows import RowResult
from rules.bulk.progress import FileState, RowOutcome, Steering
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE, OPERATOR, STRANGER
from tests.web.bulk.conftest import FileRoom
from tests.web.pages import get, page_of, send, words

CASE = "SW03L20260812000000019"


@pytest.fixture
def number(room: FileRoom) -> str:
    """Have four rows on their way, of which one was taken and one refused."""
    number = room.seen(room.referrals({}, {}, {}, {}))
    room.steer(number, Steering.CONFIRM)
    room.answer(number, RowResult(2, RowOutcome.DONE, CASE), RowResult(3, RowOutcome.REFUSED))
    return number


def test_it_is_said_how_many_have_their_answer_and_how_fast_it_goes(room: FileRoom, number: str) -> None:
    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{number}")

    (bar,) = page.xpath("//progress")
    assert (bar.get("value"), bar.get("max")) == ("2", "4")
    (progress,) = words(page, "//p[@class='progress__words']")
    assert progress.startswith("4件中 2件（50%） 毎秒約")
    assert "残り" in progress
    assert "受け付けられたのは1行、受け付けられなかったのは1行です。2行が残っています。" in words(page, "//p")
    assert page.xpath("//*[@data-live='running']") and page.xpath("//script")


def test_a_file_behind_another_of_the_company_says_so(room: FileRoom, number: str) -> None:
    second = room.seen(room.referrals({"供給地点特定番号": "0310000000000000000999"}))
    room.steer(second, Steering.CONFIRM)

    page = get(room.browsers.of(NEW_SIDE), f"/bulk/files/{second}")

    assert page.xpath("//div[@id='live']//a/@href") == [f"/bulk/files/{number}"]


def test_it_is_paused_and_resumed(room: FileRoom, number: str) -> None:
    client = room.browsers.of(NEW_SIDE)

    send(client, get(client, f"/bulk/files/{number}"), button="中断する")
    paused = get(client, f"/bulk/files/{number}")

    assert words(paused, "//h2")[0] == "中断しています"
    assert "中断中" in words(paused, "//*[@class='progress__head']")[0], "by the word of its state"
    assert not paused.xpath("//*[@data-live]")
    send(client, paused, button="再開する")
    assert room.overview(number).state is FileState.RUNNING


def test_it_is_stopped_only_after_a_question(room: FileRoom, number: str) -> None:
    client = room.browsers.of(NEW_SIDE)
    (address,) = get(client, f"/bulk/files/{number}").xpath("//a[text()='中止する']/@href")

    question = get(client, address)

    assert words(question, "//h1") == [f"{number} を中止しますか"]
    assert room.overview(number).state is FileState.RUNNING
    send(client, question, button="中止する")
    page = get(client, f"/bulk/files/{number}")
    assert words(page, "//h2")[0] == "結果"
    assert "途中で中止しました。" in words(page, "//section//strong")
    assert any(NEW_SIDE.name in text and "に中止しました。" in text for text in words(page, "//section//p"))


def test_a_file_that_has_ended_is_not_asked_about(room: FileRoom, number: str) -> None:
    room.steer(number, Steering.STOP)

    answer = room.browsers.of(NEW_SIDE).get(f"/bulk/files/{number}/stop")

    assert answer.headers["Location"] == f"/bulk/files/{number}"


def test_what_cannot_be_asked_any_more_is_told_so(room: FileRoom, number: str) -> None:
    client = room.browsers.of(NEW_SIDE)
    page = get(client, f"/bulk/files/{number}")
    room.steer(number, Steering.STOP)

    send(client, page, button="中断する")

    told = words(get(client, f"/bulk/files/{number}"), "//strong")
    assert "このファイルはいま「中止」のため、中断できませんでした。" in told


def test_the_hub_operator_may_pause_and_stop_and_not_more(room: FileRoom, number: str) -> None:
    client = room.browsers.of(OPERATOR)
    page = get(client, f"/bulk/files/{number}")

    assert words(page, "//main//button") == ["中断する"]
    assert "あおぞら電力株式会社" in words(page, "//dd")
    send(client, page, button="中断する")
    assert room.overview(number).state is FileState.PAUSED


def test_who_may_only_look_sees_it_go_and_steers_nothing(room: FileRoom) -> None:
    number = room.seen(room.referrals({"現小売電気事業者コード": "1001"}, {}), by=DECIDER)
    room.steer(number, Steering.CONFIRM, by=DECIDER)
    client = room.browsers.of(COLLEAGUE)

    page = get(client, f"/bulk/files/{number}")

    assert page.xpath("//progress") and words(page, "//main//button") == []
    token = page.xpath("//input[@name='csrf_token']/@value")[0]
    for step in ("pause", "resume", "stop"):
        assert client.post(f"/bulk/files/{number}/{step}", data={"csrf_token": token}).status_code == 403


@pytest.mark.parametrize("page", ["", "/rows", "/errors.csv", "/results.csv", "/stop"])
@pytest.mark.parametrize("person", [STRANGER, DECIDER])
def test_the_file_of_another_company_is_one_that_there_is_not(
    room: FileRoom, number: str, person: Person, page: str
) -> None:
    client = room.browsers.of(person)

    foreign, nobodys = (
        page_of(client.get(f"/bulk/files/{name}{page}"), status=404) for name in (number, "CSV20260812-2222222222")
    )

    assert words(foreign, "//main") == words(nobodys, "//main")


@pytest.mark.parametrize("step", ["confirm", "pause", "resume", "stop"])
def test_the_file_of_another_company_cannot_be_steered(room: FileRoom, number: str, step: str) -> None:
    client = room.browsers.of(STRANGER)
    token = get(client, "/bulk/files").xpath("//input[@name='csrf_token']/@value")[0]

    assert client.post(f"/bulk/files/{number}/{step}", data={"csrf_token": token}).status_code == 404
    assert room.overview(number).state is FileState.RUNNING
