"""What the mails on an application on its own say to its applicant."""

from datetime import timedelta

import pytest

from mail.texts import body, subject
from rules.core import mails_for
from rules.procedure.events import NewsKind
from rules.procedure.mails import MailKind
from schemas.codes import ApplicationKind
from tests.support.cast import NEW, POINT
from tests.support.core.lone_application import NUMBER, Lone

HUB = "https://hub.example"


def mails_told(lone: Lone) -> list[tuple[MailKind, str]]:
    """List who was told what of the last step."""
    return [(mail.kind, mail.to_retailer) for mail in mails_for(lone.before, lone.lines[-1], lone.state)]


WAYS = {
    MailKind.DEFECTIVE: lambda kind: Lone(kind).defective(),
    MailKind.WITHDRAWN: lambda kind: Lone(kind).defective().cancelled(),
    MailKind.UNMATCHED: lambda kind: Lone(kind).received().told(NewsKind.UNMATCHED),
    MailKind.GRID_CANCELLED: lambda kind: Lone(kind).received().told(NewsKind.CANCELLED),
    MailKind.COMPLETED: lambda kind: Lone(kind).received().told(NewsKind.COMPLETED),
}


@pytest.mark.parametrize("kind", ApplicationKind)
@pytest.mark.parametrize("mail", WAYS)
def test_the_applicant_is_told_with_number_and_link_and_nothing_personal(mail: MailKind, kind: ApplicationKind) -> None:
    lone = WAYS[mail](kind)

    assert mails_told(lone) == [(mail, NEW)]
    title, text = subject(mail, lone.state), body(mail, lone.state, web_public_url=HUB)
    assert NUMBER in title and kind.label in title and title.isprintable()
    assert f"{HUB}/cases/{NUMBER}" in text.splitlines() and f"申請番号: {NUMBER}" in text
    for secret in (POINT, NEW, lone.state.content_key):
        assert secret not in (title + text).replace(NUMBER, "")


def test_a_defect_says_until_when_it_can_be_corrected() -> None:
    pair, alone = Lone(ApplicationKind.START).defective(), Lone(ApplicationKind.AMPERE_CHANGE).defective()

    assert "2026-08-04 24:00 までに" in body(MailKind.DEFECTIVE, pair.state, web_public_url=HUB)
    assert "2026-07-08 24:00 までに" in body(MailKind.DEFECTIVE, alone.state, web_public_url=HUB)


def test_a_cancellation_that_came_too_late_and_a_moved_date_are_told() -> None:
    late = Lone(ApplicationKind.START).received().cancelled().told(NewsKind.MATCHED)
    moved = Lone(ApplicationKind.START).received().told(NewsKind.MATCHED)
    moved.told(NewsKind.MATCHED, effective_date=moved.last_day().replace(day=20))

    assert mails_told(late) == [(MailKind.GOES_ON, NEW)]
    assert mails_told(moved) == [(MailKind.DATE_MOVED, NEW)]
    assert "2026-08-20" in body(MailKind.DATE_MOVED, moved.state, web_public_url=HUB)


def test_ones_own_steps_are_not_told() -> None:
    assert mails_told(Lone(ApplicationKind.START)) == mails_told(Lone(ApplicationKind.START).received()) == []


@pytest.mark.parametrize("news", [NewsKind.RECEIVED, NewsKind.MATCHED])
def test_a_day_that_the_grid_operator_names_with_its_answer_is_told(news: NewsKind) -> None:
    lone = Lone(ApplicationKind.START)
    assert lone.state.effective_date is not None
    later = lone.state.effective_date + timedelta(days=7)

    lone.received(effective_date=later) if news is NewsKind.RECEIVED else lone.received().told(
        news, effective_date=later
    )

    assert lone.state.effective_date == later
    assert mails_told(lone) == [(MailKind.DATE_MOVED, NEW)]
