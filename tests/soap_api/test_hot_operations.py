"""Each hot operation of the hub is answered to the byte as spyne would have it answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
import structlog

from models.database import Database
from schemas.contract import Interface
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_inbox import REFERRAL_INBOX
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.reading import RawValue
from soap_api.services import HOT, SERVICES
from soap_api.wsgi import hub_wsgi
from tests.soap_support.examples import raw_example
from tests.support.cast import CURRENT, NEW
from tests.support.raw_requests import registration
from tests.support.soap_in_process import environ_of_system
from usecases.hub import Hub


@dataclass(frozen=True)
class BothWays:
    """The hub's face as it is served, and as it would be with nothing past spyne."""

    past: WSGIApplication
    through: WSGIApplication
    database: Database

    def answer(self, interface: Interface, values: Mapping[str, RawValue], *, by: str = NEW) -> str:
        """Give the body that is answered both ways."""
        past, through = (self._answer(way, interface, values, by) for way in (self.past, self.through))
        assert past == through
        _, body, _ = past
        return body.decode()

    def _answer(
        self, application: WSGIApplication, interface: Interface, values: Mapping[str, RawValue], by: str
    ) -> tuple[list[object], bytes, dict[str, Any]]:
        """Give status and headers, the body, and what the access log says of it."""
        started: list[object] = []

        def start(*given: object) -> Any:
            started.extend(given)

        environ = environ_of_system(by, interface, values, database=self.database)
        structlog.contextvars.clear_contextvars()
        body = b"".join(application(environ, start))
        noted = structlog.contextvars.get_contextvars()
        structlog.contextvars.clear_contextvars()
        return started, body, noted


@pytest.fixture
def both_ways(parts: Hub) -> BothWays:
    past = hub_wsgi(parts, public_url="https://localhost")
    return BothWays(past, hub_wsgi(parts, public_url="https://localhost", hot=()), parts.database)


def test_each_refuses_alike(both_ways: BothWays) -> None:
    for interface in HOT:
        example = raw_example(interface.request)

        assert "HUB-F001" in both_ways.answer(interface, {**example, "strange": ""})
        assert "HubFault" in both_ways.answer(interface, example)


def test_a_registration_and_the_lists_that_tell_of_it_are_answered_alike(both_ways: BothWays) -> None:
    registered = both_ways.answer(REFERRAL, registration(both_ways.database))
    assert "registerReferralResponse" in registered
    number = registered.partition("<caseNumber>")[2].partition("<")[0]
    asked = {"messageId": "M-LIST", "caseNumber": number}

    for interface, by in ((REFERRAL_RESULT, NEW), (REFERRAL_INBOX, CURRENT)):
        heard = both_ways.answer(interface, asked, by=by)
        assert f"{interface.operation}Response" in heard and number in heard


def test_each_is_served_at_an_address() -> None:
    assert set(HOT) <= {interface for service in SERVICES for interface in service.interfaces}
