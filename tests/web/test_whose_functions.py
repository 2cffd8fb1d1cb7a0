"""Each of the 40 functions for its owner, a colleague with fewer rights, another retailer and the hub operator.

What each of the twelve bulk functions is to them: ``tests/web/bulk/test_every_function.py``.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from deploy.samples import Person
from grid_client.errors import GridUnreachable
from models.database import Database
from schemas.catalogue import BY_NUMBER
from schemas.codes import ApplicationKind, Area, ProcessKind, Segment
from schemas.contract import SEGMENT_LETTER, Interface
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import COLLEAGUE, CURRENT, DECIDER, NEW, NEW_SIDE, OPERATOR, STRANGER, register_cast
from tests.support.lone_applications import open_of_kind
from tests.support.referrals import open_case
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.inquiries.test_facility_inquiry import ASK
from tests.web.pages import get, send
from tests.web.requests.walking import address as request_address
from tests.web.test_functions import ALL
from web.inquiries.screens import COMMON
from web.shared import inquiries, requests

_OF_NOBODY = {"設備情報照会", "使用量情報照会", "事業者一覧取得"}
"""Functions that are about nothing of any retailer's: a customer's point, with their consent, and the participants."""
_AREA, _REFERRED = "11110", ("12210", "12310")

EACH = pytest.mark.parametrize(
    ("segment", "name", "numbers"), ALL, ids=[f"{segment or COMMON}-{name}" for segment, name, _ in ALL]
)
Answer = Callable[[Person], tuple[int, str]]


@pytest.fixture
def everybody(settings: Settings, database: Database, application: Applications) -> Browsers:
    """Give everybody's browsers of a hub whose grid operators are away, so that its own record answers."""

    def away(request: Any) -> object:
        raise GridUnreachable(Area.TOKYO, "connection-refused", outcome_unknown=False)

    with database.transaction() as session:
        register_cast(session)
    app: Flask = application(settings, grid=AnsweringGrid(away))
    return Browsers(app, database)


@EACH
def test_it_is_open_to_whom_it_is_for(
    segment: Segment | None, name: str, numbers: tuple[str, ...], everybody: Browsers, database: Database
) -> None:
    for interface in _interfaces(segment, numbers):
        expected = {DECIDER: 200, COLLEAGUE: 200 if interface in inquiries.INTERFACES else 403, OPERATOR: 403}
        for address in _forms(interface, segment, database):
            for person, status in expected.items():
                get(everybody.of(person), address, status=status)


@EACH
def test_another_retailer_hears_nothing_of_the_owners(
    segment: Segment | None, name: str, numbers: tuple[str, ...], everybody: Browsers, database: Database
) -> None:
    for interface in _interfaces(segment, numbers):
        if name in _OF_NOBODY:
            for address in _forms(interface, segment, database):
                get(everybody.of(STRANGER), address)
            continue
        assert segment is not None
        owner, number = _owned(interface, segment, database)
        told = _told(interface, segment, number, everybody)
        assert told(owner), f"{interface.label} shows nothing even to the owner"
        assert not told(STRANGER), interface.label


def _interfaces(segment: Segment | None, numbers: tuple[str, ...]) -> list[Interface]:
    return [BY_NUMBER[SEGMENT_LETTER.get(segment, "") + number] for number in numbers]


def _forms(interface: Interface, segment: Segment | None, database: Database) -> list[str]:
    """Give the pages by which a function begins; of a decision, on a case of the owner's."""
    if interface in inquiries.INTERFACES:
        return [f"/inquiries/{interface.number}/{COMMON if segment is None else segment.value}"]
    assert segment is not None
    if interface is DECISION:
        return [f"/cases/{open_case(database, segment=segment)}/decision"]
    assert interface in requests.INTERFACES
    return [request_address(interface, process, segment=segment) for process in ProcessKind]


def _owned(interface: Interface, segment: Segment, database: Database) -> tuple[Person, str]:
    """Store what the function is about; give whose it is, and its number."""
    if interface in (DECISION, REFERRAL) or interface.number in _REFERRED:
        owner = DECIDER if interface is DECISION or interface.number == "12310" else NEW_SIDE
        return owner, open_case(database, segment=segment)
    kind = interface.applies_for or interface.tells_status_of or ApplicationKind.END_OF_SUPPLY
    owner, retailer = (DECIDER, CURRENT) if kind is ApplicationKind.END else (NEW_SIDE, NEW)
    point = f"03{interface.number:0>20}"
    return owner, open_of_kind(database, kind, segment=segment, retailer=retailer, point_number=point)


def _told(interface: Interface, segment: Segment, number: str, everybody: Browsers) -> Callable[[Person], bool]:
    """Make what tells whether a function shows a person what is stored under a number."""

    def told(person: Person) -> bool:
        client = everybody.of(person)
        if interface is DECISION:
            return client.get(f"/cases/{number}/decision").status_code == 200
        if interface in requests.INTERFACES:
            address = request_address(interface, ProcessKind.WITHDRAW, segment=segment, subject=number)
            return client.get(address).status_code != 404
        form = get(client, f"/inquiries/{interface.number}/{segment.value}")
        if interface.number == _AREA:
            return number in send(client, form, {"area": "03"}, button=ASK).get_data(as_text=True)
        if interface.number in _REFERRED:
            return number in send(client, form, button=ASK).get_data(as_text=True)
        return send(client, form, {"applicationNumber": number}, button=ASK).status_code == 200

    return told
