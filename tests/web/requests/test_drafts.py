"""What was typed is not lost: on the way to the confirmation and back, and where the session ends in the middle."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from structlog.testing import capture_logs

from models.database import Database
from schemas.codes import ProcessKind, Segment
from schemas.interfaces.referral import REFERRAL
from tests.support.cast import CURRENT, NEW_SIDE
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from tests.web.catalogue_forms.test_forms import ToyRequest
from tests.web.conftest import Browsers
from tests.web.decision.test_drafts import end_sessions, log_in
from tests.web.pages import get, send, words
from tests.web.requests.walking import ON, SEND, address, confirmed, typed, value
from web.requests.draft import keepable
from web.requests.screens import RequestScreen

FORM = address(REFERRAL)
REGISTER = SEND[ProcessKind.REGISTER]
HOLDER = "髙橋　太郎"

pytestmark = pytest.mark.usefixtures("retailers")


def messages(database: Database) -> int:
    return len(rows(database, "SELECT 1 FROM messages"))


def test_back_from_the_confirmation_the_form_is_filled_in_under_the_same_id(
    open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)
    page = confirmed(client, get(client, FORM), typed(REFERRAL, database, currentRetailerCode=CURRENT))
    (back,) = page.xpath("//main//a[normalize-space()='入力に戻る']/@href")

    form = get(client, back)

    assert value(form, "holderName") == HOLDER
    assert value(form, "messageId") == value(page, "messageId")
    assert words(get(client, FORM + "/confirm"), "//h1") == words(page, "//h1"), "looking again sends nothing"
    assert messages(database) == 0


def test_without_anything_typed_the_confirmation_leads_to_the_form(open_browsers: Browsers) -> None:
    answer = open_browsers.of(NEW_SIDE).get(FORM + "/confirm")

    assert (answer.status_code, answer.location) == (303, FORM)


def test_after_a_session_that_ended_in_the_middle_the_form_is_filled_in(
    open_browsers: Browsers, database: Database
) -> None:
    client = open_browsers.of(NEW_SIDE)
    form = get(client, FORM)
    end_sessions(database)

    with capture_logs() as logged:
        answer = send(client, form, typed(REFERRAL, database, currentRetailerCode=CURRENT), button=ON)
        login = get(client, answer.location)
        came_to = log_in(client, NEW_SIDE, login)

    assert parse_qs(urlsplit(answer.location).query)["next"] == [FORM]
    assert "まだ何も送信していません。" in words(login, "//*[@role='status']")[0]
    assert value(get(client, came_to), "holderName") == HOLDER
    assert HOLDER not in unquote(answer.location) + came_to + str(logged)
    assert messages(database) == 0


@pytest.mark.parametrize("process", [ProcessKind.REGISTER, ProcessKind.AMEND])
def test_after_a_session_that_ended_at_the_confirmation_it_is_shown_and_nothing_was_sent(
    process: ProcessKind, open_browsers: Browsers, database: Database
) -> None:
    subject = open_case(database) if process is ProcessKind.AMEND else None
    before = messages(database)
    client = open_browsers.of(NEW_SIDE)
    form = address(REFERRAL, process, subject=subject)
    values = {} if subject else typed(REFERRAL, database, currentRetailerCode=CURRENT)
    page = confirmed(client, get(client, form), values)
    end_sessions(database)

    login = get(client, send(client, page, button=SEND[process]).location)
    came_to = log_in(client, NEW_SIDE, login)

    assert came_to == f"{form}/confirm"
    assert HOLDER in get(client, came_to).text_content()
    assert messages(database) == before


def test_a_form_from_before_the_login_is_gone_on_with(open_browsers: Browsers, database: Database) -> None:
    client = open_browsers.of(NEW_SIDE)
    form = get(client, FORM)
    with client.session_transaction() as cookie:
        cookie.pop("csrf_token")
    get(client, FORM)

    page = get(client, send(client, form, typed(REFERRAL, database, currentRetailerCode=CURRENT), button=ON).location)

    assert "まだ送信していません" in words(page, "//*[@role='status']")[0]
    assert value(page, "holderName") == HOLDER


def test_each_case_has_a_draft_of_its_own(open_browsers: Browsers, database: Database) -> None:
    one, other = open_case(database), open_case(database, point_number="0310000000000000000009")
    client = open_browsers.of(NEW_SIDE)
    forms = {number: address(REFERRAL, ProcessKind.AMEND, subject=number) for number in (one, other)}
    confirmed(client, get(client, forms[one]), {"holderName": "髙橋　次郎"})

    assert value(get(client, forms[other]), "holderName") == HOLDER
    assert value(get(client, forms[one]), "holderName") == "髙橋　次郎"


def test_what_opens_something_is_kept_nowhere() -> None:
    toy = RequestScreen(replace(REFERRAL, request=ToyRequest), Segment.LOW_VOLTAGE, ProcessKind.REGISTER)

    assert keepable(toy, {"area": "03", "usagePassword": "Abcd1234"}) == {"area": "03"}
