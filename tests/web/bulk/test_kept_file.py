"""A session that ends while a file is sent: the file is there after the login, for its person alone and in bounds."""

import io

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from models.database import Database
from models.users.drafts import FormDraftRow
from rules.bulk.reading import MOST_BYTES
from tests.support.cast import COLLEAGUE, DECIDER, NEW_SIDE
from tests.support.database_contents import rows
from tests.support.sent_files import file_of
from tests.web.bulk.conftest import FileRoom
from tests.web.decision.test_drafts import end_sessions, log_in
from tests.web.pages import get, page_of, send, words

FORM, ADDRESS = "/bulk/new/register_referrals/low_voltage", "/bulk/upload/register_referrals/low_voltage"
GO_ON = "このファイルを送って確認する"


def kept(database: Database) -> list[tuple[str, int]]:
    """Give whose files are kept, and how many bytes each has."""
    with database.transaction() as session:
        found = session.execute(select(FormDraftRow.user_id, FormDraftRow.file).where(FormDraftRow.file.is_not(None)))
        return [(user_id, len(file or b"")) for user_id, file in found]


def token_of(client: FlaskClient, form: str = FORM) -> str:
    return str(get(client, form).xpath("//form[@enctype]//input[@name='csrf_token']/@value")[0])


def sent(client: FlaskClient, data: bytes, token: str = "", address: str = ADDRESS) -> TestResponse:
    return client.post(address, data={"csrf_token": token, "file": (io.BytesIO(data), "取次11月.csv")})


def logged_in_after(client: FlaskClient, answer: TestResponse) -> tuple[HtmlElement, HtmlElement]:
    """Log in where an answer leads; give the login page, and where it led."""
    login = get(client, answer.location)
    return login, get(client, log_in(client, NEW_SIDE, login))


def test_the_file_is_sent_after_the_login_without_being_chosen_again(room: FileRoom) -> None:
    client, data = room.browsers.of(NEW_SIDE), file_of(room.referrals({}, {}))
    token = token_of(client)
    end_sessions(room.database)

    login, form = logged_in_after(client, sent(client, data, token))

    assert "30分間保存しています" in login.text_content()
    assert f"取次11月.csv（{len(data):,}バイト）" in words(form, "//main//p")
    assert words(get(client, "/bulk/files"), "//p[@class='empty']") == ["まだファイルはありません。"]
    answer = send(client, form, button=GO_ON)
    page = get(client, answer.location)
    assert "取次11月.csv" in words(page, "//dd")
    room.check(answer.location.rpartition("/")[2])
    assert "2行を送信する" in words(get(client, answer.location), "//button")
    assert kept(room.database) == []


def test_a_file_from_before_a_login_in_another_tab_is_gone_on_with(room: FileRoom) -> None:
    client, data = room.browsers.of(NEW_SIDE), file_of(room.referrals({}))
    token = token_of(client)
    end_sessions(room.database)
    log_in(client, NEW_SIDE, get(client, "/login"))

    answer = sent(client, data, token)

    assert (answer.status_code, answer.location) == (303, FORM)
    assert send(client, get(client, FORM), button=GO_ON).location.startswith("/bulk/files/CSV")


def test_nobody_without_a_session_of_their_own_makes_the_hub_keep_bytes(room: FileRoom) -> None:
    stranger, left = room.browsers.of(None), room.browsers.of(NEW_SIDE)
    token = token_of(left)
    with left.session_transaction() as before:
        cookie = dict(before)
    send(left, get(left, FORM), button="ログアウト")
    with left.session_transaction() as session:
        session.update(cookie)

    for client in (stranger, left):
        answer = sent(client, b"x", token)
        assert answer.status_code == 303
        assert "kept" not in answer.location

    assert rows(room.database, "SELECT 1 FROM form_drafts") == []


def test_of_each_person_one_file_is_kept_and_only_for_a_while(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)
    end_sessions(room.database)

    sent(client, b"abc")
    sent(client, b"defgh", address=ADDRESS.replace("low_voltage", "high_voltage"))

    assert kept(room.database) == [(NEW_SIDE.user_id, 5)]
    _, form = logged_in_after(client, sent(client, b"ij"))
    with room.database.transaction() as session:
        session.execute(text("UPDATE form_drafts SET kept_at = kept_at - interval '30 minutes'"))
    assert GO_ON not in words(get(client, FORM), "//button")
    late = send(client, form, button=GO_ON)
    assert (late.status_code, late.location) == (303, FORM)
    assert "30分を過ぎたため残っていません" in get(client, FORM).text_content()


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1, MOST_BYTES + 70_000], ids=["empty", "as-a-file", "as-a-request"])
def test_what_would_not_be_taken_is_not_kept(room: FileRoom, size: int) -> None:
    client = room.browsers.of(NEW_SIDE)
    end_sessions(room.database)

    answer = sent(client, b"x" * size)

    assert "unsent=1" in answer.location
    assert "kept" not in answer.location
    assert rows(room.database, "SELECT 1 FROM form_drafts") == []


def test_a_file_of_the_largest_size_is_kept(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)
    end_sessions(room.database)

    assert "kept=1" in sent(client, b"x" * MOST_BYTES).location
    assert kept(room.database) == [(NEW_SIDE.user_id, MOST_BYTES)]


def test_others_neither_see_nor_send_it(room: FileRoom) -> None:
    client = room.browsers.of(NEW_SIDE)
    end_sessions(room.database)
    _, form = logged_in_after(client, sent(client, b"abc"))
    assert GO_ON in words(form, "//button")
    colleague, another = room.browsers.of(COLLEAGUE), room.browsers.of(DECIDER)

    page_of(colleague.get(FORM), status=403)
    page_of(colleague.post(ADDRESS, data={"kept": "1", "csrf_token": _token_of_any(colleague)}), status=403)
    assert GO_ON not in words(get(another, FORM), "//button")
    assert another.post(ADDRESS, data={"kept": "1", "csrf_token": _token_of_any(another)}).location == FORM


def _token_of_any(client: FlaskClient) -> str:
    return str(get(client, "/home").xpath("//input[@name='csrf_token']/@value")[0])
