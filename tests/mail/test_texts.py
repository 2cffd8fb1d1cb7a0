"""What the mails say: the same for the same step, a link, and nothing of the customer or of the other retailer."""

import pytest

from mail.texts import body, case_link, subject
from rules.calendar import JST
from rules.notices import NoticeKind
from schemas.codes import ApplicationKind
from tests.rules.situations import SITUATIONS
from tests.rules.switch import CASE_NUMBER, CURRENT, NEW, POINT, Switch

_CASES = [make(ApplicationKind.START).state for make in SITUATIONS.values()]


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_mail_names_the_case_and_links_to_its_screen(kind: NoticeKind) -> None:
    text = body(kind, Switch().state, web_public_url="https://hub.example/")

    assert CASE_NUMBER in subject(kind, Switch().state)
    assert f"https://hub.example/cases/{CASE_NUMBER}" in text.splitlines()
    assert case_link("https://hub.example", CASE_NUMBER) in text


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_mail_says_who_the_customer_or_a_retailer_is(kind: NoticeKind) -> None:
    for case in _CASES:
        said = (subject(kind, case) + body(kind, case, web_public_url="https://hub.example")).replace(CASE_NUMBER, "")

        for secret in (POINT, NEW, CURRENT, case.content_key):
            assert secret not in said


def test_every_mail_has_a_subject_of_its_own() -> None:
    state = Switch().state

    assert len({subject(kind, state) for kind in NoticeKind}) == len(NoticeKind)
    assert all(subject(kind, state).isprintable() for kind in NoticeKind)


def test_an_arrival_says_until_when_to_decide() -> None:
    state = Switch().state
    assert state.decision_due.astimezone(JST).isoformat() == "2026-07-04T00:00:00+09:00"

    assert "2026-07-03 24:00 までに" in body(NoticeKind.ARRIVED, state, web_public_url="https://hub.example")


def test_an_end_without_matching_says_what_was_missing() -> None:
    state = SITUATIONS["unmatched"](ApplicationKind.START).state

    text = body(NoticeKind.UNMATCHED, state, web_public_url="https://hub.example")

    assert "申請期限の超過" in text
    assert "スイッチング開始申請、スイッチング廃止申請" in text
