"""Every address of the screens with a number in it answers a stranger to the case as for a number of nobody.

In status and in text, apart from the number itself and the form's token; and nothing is put on record or stored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from models.database import Database
from rules.numbers import check_digit
from tests.support.case_applications import file_end, file_start
from tests.support.case_steps import as_case, obey_all
from tests.support.cast import STRANGER
from tests.support.database_contents import rows
from tests.support.decisions import decide as decide_by_soap
from tests.support.referrals import open_case
from tests.web.conftest import Browsers
from tests.web.pages import status_and_text
from web.shared.message_ids import new_message_id

_NUMBER = "<case_number>"


@dataclass(frozen=True)
class Numbers:
    """The numbers of a case, and a message on it."""

    case: str
    start: str
    end: str
    point: str
    message_id: str

    @property
    def searched(self) -> tuple[str, ...]:
        """What may be typed into the search."""
        return self.case, self.start, self.end, self.point


@pytest.fixture
def owned(database: Database) -> Numbers:
    """Bring a case to both applications; give it with the message of its decision."""
    number, message_id = open_case(database), new_message_id()
    with database.transaction() as session:
        decide_by_soap(session, number, message_id=message_id)
        obey_all(session, number)
        file_start(session, number)
        file_end(session, number)
        state = as_case(obey_all(session, number).state)
    assert state.start.number is not None and state.end.number is not None
    return Numbers(number, state.start.number, state.end.number, state.point_number, message_id)


def _of_nobody(numbers: Numbers) -> Numbers:
    def unused(number: str) -> str:
        other = f"{number[:13]}{(int(number[13:-1]) + 50_000_000) % 100_000_000:08d}"
        return other + check_digit(other)

    return Numbers(
        unused(numbers.case), unused(numbers.start), unused(numbers.end), numbers.point[:-1] + "9", new_message_id()
    )


def _addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """List every method and address that names a case."""
    for rule in app.url_map.iter_rules():
        if "case_number" in rule.arguments:
            assert rule.arguments <= {"case_number", "message_id"}, "what else should a stranger try?"
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, re.sub("<(?!case_number)[^>]*>", "{message_id}", rule.rule)
        elif "subject" in rule.arguments:
            for step in ("12110/low_voltage/amend", "10610/low_voltage/amend", "10710/low_voltage/withdraw"):
                about = rule.rule.replace("<number>/<segment>/<process>", step).replace("<subject>", _NUMBER)
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    yield method, about


def test_every_address_of_a_case_answers_the_same(browsers: Browsers, database: Database, owned: Numbers) -> None:
    client, nobodys = browsers.of(STRANGER), _of_nobody(owned)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)', client.get("/cases").get_data(as_text=True))
    assert token is not None
    tried = []

    for method, address in _addresses(browsers.app):
        answers = []
        for numbers in (owned, nobodys):
            path = address.replace(_NUMBER, numbers.case).format(message_id=numbers.message_id)
            decision = {"message_id": numbers.message_id, "version": "1", "decision": "accept"}
            data = {"csrf_token": token[1], **decision} if method == "POST" else None
            answer = client.open(path, method=method, data=data)
            answers.append(status_and_text(answer))
            assert numbers.case not in answers[-1][1]
        tried.append((method, address))
        assert answers[0] == answers[1], (method, address)
        assert answers[0][0] == 404, (method, address)

    assert ("POST", "/cases/<case_number>/decision/send") in tried
    assert len(tried) == 9 + 4 * 3
    assert rows(database, "SELECT * FROM data_reads") == []
    assert rows(database, "SELECT * FROM messages WHERE retailer_code = :code", code=STRANGER.retailer_code) == []


@pytest.mark.parametrize("address", ["/cases", "/cases.csv"])
def test_searches_answer_the_same(address: str, browsers: Browsers, owned: Numbers) -> None:
    client, nobodys = browsers.of(STRANGER), _of_nobody(owned)

    def answered(number: str) -> tuple[int, str]:
        status, text = status_and_text(client.get(f"{address}?number={number}"))
        return status, text.replace(number, "#")

    for real, invented in zip(owned.searched, nobodys.searched, strict=True):
        assert answered(real) == answered(invented)
        assert answered(real)[0] == 200


def test_a_cursor_at_a_foreign_case_leads_to_what_one_of_nobody_does(browsers: Browsers, owned: Numbers) -> None:
    client, nobodys = browsers.of(STRANGER), _of_nobody(owned)

    for address in ("/cases", "/inbox"):
        for way in ("cursor", "before"):
            answers = [client.get(f"{address}?{way}=1790000000000000.{owner.case}") for owner in (owned, nobodys)]
            assert status_and_text(answers[0]) == status_and_text(answers[1])
            assert answers[0].status_code == 200
