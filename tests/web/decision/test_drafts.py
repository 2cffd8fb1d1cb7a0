"""What was typed is not lost: on the way to the check page and back, and where the session ends in the middle."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import text
from structlog.testing import capture_logs

from deploy.samples import Person
from models.database import Database
from models.users.drafts import draft_of, keep_draft
from tests.support.cast import DECIDER, NEW_SIDE, SECOND_POINT, STRANGER
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.decision.test_decide import ACCEPT, ON, REJECT, SEND_NG, confirmed, decisions, form_of
from tests.web.pages import get, page_of, send, words

TYPED = "契約者死亡のため要確認"


def end_sessions(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE login_sessions SET last_seen_at = last_seen_at - interval '31 minutes'"))


def log_in(client: FlaskClient, person: Person, page: HtmlElement) -> str:
    answer = send(client, page, {"user_id": person.user_id, "password": person.password}, button="ログイン")
    assert answer.status_code == 303
    return answer.location


def is_filled_in(page: HtmlElement) -> bool:
    chosen = page.xpath("//input[@checked]/@value")
    return bool(chosen == ["reject", "05", "09"] and page.xpath("//input[@name='text']/@value") == [TYPED])


def test_the_check_page_is_one_to_look_at_and_looking_sends_nothing(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    answer = send(client, form_of(client, case_number), REJECT, button=ON)

    assert (answer.status_code, answer.location) == (303, f"/cases/{case_number}/decision/confirm")
    for _ in ("first", "reload"):
        assert TYPED in get(client, answer.location).text_content()
    assert decisions(database) == 0


def test_back_from_the_check_page_the_form_is_filled_in(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, REJECT)

    form = form_of(client, case_number)

    assert is_filled_in(form)
    assert form.xpath("//input[@name='message_id']/@value") == page.xpath("//input[@name='message_id']/@value")


def test_without_anything_typed_the_check_page_leads_to_the_form(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)

    answer = browsers.of(DECIDER).get(f"/cases/{case_number}/decision/confirm")

    assert (answer.status_code, answer.location) == (303, f"/cases/{case_number}/decision")


def test_after_a_session_that_ended_in_the_middle_of_the_form_it_is_filled_in(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    end_sessions(database)

    with capture_logs() as logged:
        answer = send(client, form, REJECT, button=ON)
        login = get(client, answer.location)
        came_to = log_in(client, DECIDER, login)
        page = get(client, came_to)

    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query)["next"] == [f"/cases/{case_number}/decision"]
    assert "まだ何も送信していません。" in words(login, "//*[@role='status']")[0]
    assert came_to == f"/cases/{case_number}/decision"
    assert is_filled_in(page)
    assert TYPED not in unquote(answer.location) + came_to + str(logged)


def test_after_a_session_that_ended_at_the_check_page_it_is_shown_and_nothing_was_sent(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, REJECT)
    end_sessions(database)

    login = get(client, send(client, page, button=SEND_NG).location)
    came_to = log_in(client, DECIDER, login)

    assert came_to == f"/cases/{case_number}/decision/confirm"
    assert TYPED in get(client, came_to).text_content()
    assert decisions(database) == 0


@pytest.mark.parametrize("person", [NEW_SIDE, STRANGER], ids=lambda person: person.user_id)
def test_who_else_logs_in_sees_nothing_of_it(person: Person, browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    browsers.of(person)
    end_sessions(database)

    came_to = log_in(client, person, get(client, send(client, form, REJECT, button=ON).location))

    assert TYPED not in client.get(came_to).get_data(as_text=True)
    assert rows(database, "SELECT user_id FROM form_drafts") == [(DECIDER.user_id,)]


def test_what_comes_without_a_session_of_somebody_is_not_kept(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    with client.session_transaction() as cookie:
        cookie["token"] = "guessed"

    answer = send(client, form, REJECT, button=ON)

    assert "kept" not in answer.location
    assert rows(database, "SELECT * FROM form_drafts") == []


@pytest.mark.parametrize("loses", ["the cookie", "the session, by a logout in another tab"])
def test_without_a_session_a_form_leads_back_after_the_login_and_it_is_said_that_nothing_was_sent(
    loses: str, browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, page = confirmed(browsers, case_number, REJECT)
    form = form_of(client, case_number)
    if loses == "the cookie":
        client.delete_cookie("hub")
    else:
        send(client, get(client, "/"), button="ログアウト")

    for sent, goes_on in (
        (send(client, form, REJECT, button=ON), ""),
        (send(client, page, button=SEND_NG), "/confirm"),
    ):
        assert parse_qs(urlsplit(sent.location).query)["next"] == [f"/cases/{case_number}/decision{goes_on}"]
        login = get(client, sent.location)
        assert "まだ何も送信していません。" in " ".join(words(login, "//*[@role='status']"))
        assert log_in(client, DECIDER, login) == f"/cases/{case_number}/decision{goes_on}"
        client.delete_cookie("hub")
    assert decisions(database) == 0


def test_what_cannot_be_stored_makes_no_form_fail_after_the_session_ended(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    end_sessions(database)

    answer = send(client, form, {"decision": "reject", "reasons": ["09"], "text": "a\x00b"}, button=ON)
    page = get(client, log_in(client, DECIDER, get(client, answer.location)))

    assert "使えません。" in words(page, "//*[contains(@class, 'field__error')]")[0]


def test_a_form_from_before_a_login_in_another_tab_is_gone_on_with(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client = browsers.of(DECIDER)
    form = form_of(client, case_number)
    send(client, get(client, "/"), button="ログアウト")
    log_in(client, DECIDER, get(client, "/login"))

    answer = send(client, form, REJECT, button=ON)
    page = get(client, answer.location)

    assert answer.location == f"/cases/{case_number}/decision"
    assert is_filled_in(page)
    assert "まだ送信していません。" in words(page, "//*[@role='status']")[0]


def test_it_is_forgotten_once_it_was_sent(open_browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, page = confirmed(open_browsers, case_number, REJECT)
    assert len(rows(database, "SELECT 1 FROM form_drafts")) == 1

    send(client, page, button=SEND_NG)

    assert rows(database, "SELECT 1 FROM form_drafts") == []


def test_it_is_forgotten_at_the_logout_and_after_half_an_hour(browsers: Browsers, database: Database) -> None:
    case_number = open_case(database)
    client, _ = confirmed(browsers, case_number, REJECT)
    with database.transaction() as session:
        session.execute(text("UPDATE form_drafts SET kept_at = kept_at - interval '30 minutes'"))
    assert not is_filled_in(form_of(client, case_number))

    other = open_case(database, point_number=SECOND_POINT)
    confirmed(browsers, other, ACCEPT)
    assert [row[0] for row in rows(database, "SELECT form FROM form_drafts")] == [f"decision:{other}"]
    send(client, get(client, "/"), button="ログアウト")
    assert rows(database, "SELECT 1 FROM form_drafts") == []


def test_what_was_typed_for_an_older_version_is_not_taken_for_the_new_one(
    browsers: Browsers, database: Database
) -> None:
    case_number = open_case(database)
    client, _ = confirmed(browsers, case_number, ACCEPT)
    with database.transaction() as session:
        form = f"decision:{case_number}"
        typed = draft_of(session, user_id=DECIDER.user_id, form=form)
        keep_draft(session, user_id=DECIDER.user_id, form=form, values={**(typed or {}), "version": "9"})

    page_of(client.get(f"/cases/{case_number}/decision/confirm"), status=409)
    assert form_of(client, case_number).xpath("//input[@checked]") == []
