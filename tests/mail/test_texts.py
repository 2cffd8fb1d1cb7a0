"""What the mails say: the same for the same step, a link, and nothing of the customer or of the other retailer."""

import re
from datetime import date, datetime
from uuid import UUID

import pytest

from mail.letters import letter
from mail.texts import body, case_link, subject
from models.mail.queries import MailIntent
from rules.calendar import JST
from rules.procedure.mails import MailKind
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind
from tests.support.cast import CURRENT, NEW, POINT
from tests.support.core.situations import SITUATIONS
from tests.support.core.switching_case import CASE_NUMBER, Switch
from tests.support.settings import Settings

_CASES = [make(ApplicationKind.START).state for make in SITUATIONS.values()]


@pytest.mark.parametrize("kind", MailKind)
def test_every_mail_names_the_case_and_links_to_its_screen(kind: MailKind) -> None:
    text = body(kind, Switch().state, web_public_url="https://hub.example/")

    assert CASE_NUMBER in subject(kind, Switch().state)
    assert f"https://hub.example/cases/{CASE_NUMBER}" in text.splitlines()
    assert case_link("https://hub.example", CASE_NUMBER) in text


@pytest.mark.parametrize("kind", MailKind)
def test_no_mail_says_who_the_customer_or_a_retailer_is(kind: MailKind) -> None:
    for case in _CASES:
        text = (subject(kind, case) + body(kind, case, web_public_url="https://hub.example")).replace(CASE_NUMBER, "")

        for secret in (POINT, NEW, CURRENT, case.content_key):
            assert secret not in text


@pytest.mark.parametrize("kind", MailKind)
def test_no_encoded_word_is_longer_than_mail_servers_must_take(kind: MailKind, settings: Settings) -> None:
    # RFC 2047, 2: 75 characters; and a line 76.
    for case in _CASES:
        intent = MailIntent(UUID(int=1), kind, NEW, None, case, datetime(2026, 8, 3, tzinfo=JST))
        head = letter(intent, address="kekka@aozora.example", settings=settings).as_bytes().partition(b"\r\n\r\n")[0]
        words = re.findall(rb"=\?[^?]*\?[^?]*\?[^?]*\?=", head)
        assert words and max(map(len, words)) <= 75
        assert max(map(len, head.split(b"\r\n"))) <= 76


def test_every_mail_has_a_subject_of_its_own() -> None:
    state = Switch().state

    assert len({subject(kind, state) for kind in MailKind}) == len(MailKind)
    assert all(subject(kind, state).isprintable() for kind in MailKind)


def test_an_arrival_says_until_when_to_decide() -> None:
    state = Switch().state
    assert state.decision_due.astimezone(JST).isoformat() == "2026-07-04T00:00:00+09:00"

    assert "2026-07-03 24:00 までに" in body(MailKind.ARRIVED, state, web_public_url="https://hub.example")


def test_an_end_without_matching_says_what_was_missing() -> None:
    state = SITUATIONS["unmatched"](ApplicationKind.START).state

    text = body(MailKind.UNMATCHED, state, web_public_url="https://hub.example")

    assert "申請期限の超過" in text
    assert "スイッチング開始申請、スイッチング廃止申請" in text


def test_a_defect_says_until_when_a_correction_helps() -> None:
    state = SITUATIONS["this one defective"](ApplicationKind.START).state

    text = body(MailKind.DEFECTIVE, state, web_public_url="https://hub.example")

    assert "2026-08-04 24:00 までに申請を訂正してください。" in text
    assert "unknown-point" not in text, "what the grid operator found is read at the screen"


def test_a_moved_date_is_told_with_the_cut_off_while_that_can_be_kept() -> None:
    moved = Switch().accepted().filed(ApplicationKind.START)
    moved.received(ApplicationKind.START, effective_date=date(2026, 8, 20))
    matched = SITUATIONS["matched"](ApplicationKind.START).state

    before = body(MailKind.DATE_MOVED, moved.state, web_public_url="https://hub.example")
    after = body(MailKind.DATE_MOVED, matched, web_public_url="https://hub.example")

    assert "新しい異動日: 2026-08-20" in before
    assert "申請期限: 2026-08-17 24:00" in before
    assert "新しい異動日: 2026-08-07" in after
    assert "申請期限" not in after


def test_one_side_done_does_not_say_which_side() -> None:
    texts = {
        body(MailKind.ONE_SIDE_DONE, SITUATIONS["one side done, this one completed"](kind).state, web_public_url="x:")
        for kind in SWITCHING_APPLICATIONS
    }

    assert len(texts) == 1
    assert "2026-08-07" in texts.pop()
