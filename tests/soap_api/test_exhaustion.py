"""A process that had no memory for a message has itself followed by a new one."""

from dataclasses import replace
from datetime import date

import structlog

from runtime.succession import WORN_OUT
from schemas.interfaces.referral import REFERRAL
from soap_api.wsgi import hub_wsgi
from tests.support.cast import NEW
from tests.support.raw_requests import registration
from tests.support.soap_in_process import environ_of_system
from usecases.hub import Hub


class CalendarWithoutMemory:
    """A calendar for which there is no memory left."""

    def is_business_day(self, day: date) -> bool:
        raise MemoryError


def test_after_an_answer_that_it_had_no_memory_for_and_after_no_other(parts: Hub) -> None:
    answer, gives_way = answered(replace(parts, calendar=CalendarWithoutMemory()))
    assert (b"HUB-R007" in answer, gives_way) == (True, True)

    answer, gives_way = answered(parts)
    assert (b"registerReferralResponse" in answer, gives_way) == (True, False)


def answered(hub: Hub) -> tuple[bytes, bool]:
    """Register a referral, and tell whether the process is to give way after the answer."""
    environ = environ_of_system(NEW, REFERRAL, registration(hub.database), database=hub.database)
    with structlog.contextvars.bound_contextvars(outcome=""):
        answer = b"".join(hub_wsgi(hub, public_url="https://localhost")(environ, lambda *given: lambda data: None))
    return answer, WORN_OUT in environ
