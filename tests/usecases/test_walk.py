"""The way of one registration (12110), from a system to the rule that decides: few files, no way back to a floor."""

from dataclasses import replace
from datetime import date

import pytest

from rules.calendar import JapaneseCalendar
from schemas.interfaces.referral import REFERRAL
from tests.support.callers import NEW_RETAILER, ask
from tests.support.cast import NEW
from tests.support.moments import soon
from tests.support.raw_requests import registration
from tests.support.referrals import referral_request
from tests.support.soap_in_process import answer_to_system
from tests.support.walks import files_on_the_way, floors_of
from usecases.hub import Hub
from usecases.referral import register_referral

MOST_STAYS = 13
USE_CASE = [
    "usecases/referral.py",
    "usecases/registration.py",
    "models/database.py",
    "models/cases/referral_registration.py",
    "rules/switching/registration.py",
]
"""From the use case to the rule that decides."""
RECKONING = ["rules/switching/dates.py", "rules/deadlines.py", "rules/calendar.py"]
"""What the rule asks whether the wished date can be kept."""


class WatchedCalendar:
    """A calendar that notes by which way it is first asked."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def is_business_day(self, day: date) -> bool:
        self.files = self.files or files_on_the_way()
        return JapaneseCalendar().is_business_day(day)


@pytest.fixture
def calendar() -> WatchedCalendar:
    return WatchedCalendar()


@pytest.fixture
def hub(parts: Hub, calendar: WatchedCalendar) -> Hub:
    return replace(parts, calendar=calendar)


def test_from_a_system(hub: Hub, calendar: WatchedCalendar) -> None:
    answer = answer_to_system(NEW, REFERRAL, registration(hub.database), hub=hub)

    assert b"registerReferralResponse" in answer
    files = calendar.files
    way = [*USE_CASE, *RECKONING]
    assert files[-len(way) :] == way
    assert files[-len(way) - 1] == "soap_api/wsgi.py"
    assert floors_of(files) == ["face", "usecases", "models", "rules"], files
    assert len(files) <= MOST_STAYS, files


def test_any_other_face_would_call_the_same_use_case(hub: Hub, calendar: WatchedCalendar) -> None:
    with hub.database.transaction() as session:
        request = referral_request(wished_date=soon(session))

    ask(register_referral, request, NEW_RETAILER, hub)

    assert calendar.files == [*USE_CASE, *RECKONING]
