"""Everybody walks through all screens of a working office: what they see there is what the document tells of it."""

from collections.abc import Mapping
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from flask import Flask

from docs.specification_pages.walked import FILE, walked_screens
from models.database import Database
from rules.bulk.kinds import BulkKind
from rules.bulk.writing import sample
from rules.spreadsheet import csv_text
from rules.user_entries import FIELDS
from schemas.catalogue import BY_NUMBER
from schemas.codes import Area, Segment
from schemas.contract import SEGMENT_LETTER, Interface
from tests.soap_support.examples import raw_example, typed_example
from tests.support.case_steps import obey_all
from tests.support.cast import CAST, OTHER, POINT, register_cast
from tests.support.households import HOUSEHOLDS
from tests.support.sample_cases import sample_office
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers
from tests.web.requests.walking import typed
from tests.web.walk.notes import Notes, record
from tests.web.walk.walker import Walker
from web.catalogue_forms.raw_values import inputs_of

_ANYBODY = "anybody"
_NOT_PRESSED = {"login.leave", "account.end"}
"""The button that ends all, and one that is there for who is in at two browsers."""
_SOMEBODY = {"name": "見本 花子", "email": "hanako@example.jp", "role": "retailer_staff"}
_points = count(1)


class _Grid:
    """Answers every inquiry by the catalogue's examples."""

    def call(self, *, area: Area, segment: Segment, interface_number: str, request: object) -> object:
        return typed_example(BY_NUMBER[interface_number].response, segment=segment)


@pytest.fixture
def app(settings: Settings, database: Database, application: Applications) -> Flask:
    """Give the screens of a hub where every command is obeyed at once."""

    def obey(case_number: str) -> None:
        with database.transaction() as session:
            obey_all(session, case_number)

    return application(settings, hand_over=obey, grid=_Grid())


def _beginnings(app: Flask) -> list[str]:
    """List every address that can be typed without knowing a number."""
    rules = (rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ()))
    return sorted(rule.rule for rule in rules)


def walk(app: Flask, database: Database) -> Notes:
    """Let everybody walk, first with their eyes alone, so that all see the office as it stood."""
    with database.transaction() as session:
        register_cast(session)
    sample_office(database)
    notes, browsers = Notes(), Browsers(app, database)

    def typed_into(endpoint: str, arguments: Mapping[str, str]) -> Mapping[str, Any]:
        return _typed_into(endpoint, arguments, database)

    walkers = [
        Walker(app, browsers.of(person), _ANYBODY if person is None else person.role.value, notes, typed_into)
        for person in (None, *CAST)
    ]
    for walker in walkers:
        walker.waiting.extend(_beginnings(app))
        walker.look_around()
    *others, administrator = walkers
    for walker in others:
        walker.act()
    for person in CAST:
        stranger = Walker(app, browsers.of(None), _ANYBODY, notes, typed_into)
        stranger.log_in(person.role.value, user_id=person.user_id, password=person.password)
    administrator.act()  # when everybody has been in: some are removed by it
    return notes


def _typed_into(endpoint: str, arguments: Mapping[str, str], database: Database) -> Mapping[str, Any]:
    """Fill a form in as a person would who knows what goes there."""
    match endpoint:
        case "login.submit":
            return {"user_id": "1002mina99", "password": "wrong-password"}
        case "decision.check":
            return {"decision": "accept"}
        case "search.show":
            return {"q": HOUSEHOLDS["defective"].point}
        case "views.save":
            return {"name": "朝の確認"}
        case _ if endpoint.startswith("users."):
            return _typed_of_people(endpoint)
        case "bulk.upload":
            text = sample(kind=BulkKind(arguments["kind"]), segment=Segment(arguments["segment"]))
            return {"file": (BytesIO(text.encode()), "sample.csv")}
        case "requests.check":
            interface, segment = _interface(arguments)
            changes = {"pointNumber": f"03{next(_points):020d}", "currentRetailerCode": OTHER}
            return typed(interface, database, segment=segment or Segment.LOW_VOLTAGE, **changes)
        case "inquiries.ask":
            interface, segment = _interface(arguments)
            own = {"consent": {"obtainedOn": "2026-01-15", "method": "paper", "obtainedBy": "豊洲支店"}}
            example = {**raw_example(interface.request, segment=segment, optional=False), "pointNumber": POINT, **own}
            del example["messageId"]
            return dict(inputs_of(interface.request, example, segment=segment))
        case _:
            return {}


def _forms_of(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def _typed_of_people(endpoint: str) -> Mapping[str, Any]:
    match endpoint:
        case "users.register":
            return {**_SOMEBODY, "user_id": "1002mina09"}
        case "users.save":
            return _SOMEBODY
        case "users.define_role":
            return {"name": "低圧の受信箱", "grants": ["inbox:low_voltage:read"]}
        case "users.check":
            row = ["1002mina08", *_SOMEBODY.values()]
            text = csv_text([[FIELDS[name] for name in ("user_id", *_SOMEBODY)], row])
            return {"file": (BytesIO(text.encode()), "users.csv")}
        case _:
            return {}


def _interface(arguments: Mapping[str, str]) -> tuple[Interface, Segment | None]:
    segment = next((each for each in Segment if each.value == arguments["segment"]), None)
    return BY_NUMBER[SEGMENT_LETTER.get(segment, "") + arguments["number"]], segment


@pytest.mark.timeout(300)
def test_the_document_tells_of_every_way_and_field_that_was_seen(
    app: Flask, database: Database, request: pytest.FixtureRequest
) -> None:
    notes = walk(app, database)
    seen = notes.text(app.url_map)

    if request.config.getoption("--record-walk"):
        record(seen)
    assert _forms_of(app) - notes.sent == _NOT_PRESSED
    assert FILE.read_text(encoding="utf-8") == seen, "write it: pytest tests/web/walk --record-walk && make docs"


def test_it_tells_of_every_endpoint_and_of_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(walked_screens())
