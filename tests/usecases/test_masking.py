"""Long after its end a case stays, and whom it was about is no longer to be learned from it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models.cases.grid_findings import grid_findings_of, note_grid_findings
from models.clock import move_clock
from models.database import Database
from models.messages.content import MASKED, dump_request, load_request, masked_values
from schemas.catalogue import INTERFACES
from schemas.contract import Interface, members
from schemas.interfaces.common import GridFinding
from tests.soap_support.examples import typed_example
from tests.support.case_steps import case_state, obey_all
from tests.support.decisions import reject
from tests.support.lone_applications import open_start
from tests.support.message_contents import all_contents
from tests.support.referrals import open_case
from usecases.actors import Maintainer
from usecases.hub import Systems
from usecases.masking import mask_ended

KEPT_FOR = timedelta(days=100)


def mask(database: Database) -> int:
    return mask_ended(kept_for=KEPT_FOR, actor=Maintainer(), hub=Systems(database=database))


def test_what_ended_long_ago_names_nobody_and_the_case_stays(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.masking.AT_ONCE", 1)
    ended = open_case(database, point_number="0300000000000000000001")
    with database.transaction() as session:
        reject(session, ended)
        obey_all(session, ended)
        move_clock(session, by=KEPT_FOR + timedelta(days=1))
    open_case(database, point_number="0300000000000000000002")
    name = all_contents(database)[0]["holder_name"]

    assert mask(database) == 2
    assert mask(database) == 0, "done again it has nothing to do"

    named = [said["holder_name"] for said in all_contents(database) if "holder_name" in said]
    assert sorted(named) == sorted([name, MASKED]), "the open case keeps its customer"
    with database.transaction() as session:
        assert case_state(session, ended).case_number == ended


def test_what_ended_lately_is_kept(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        reject(session, case_number)
        obey_all(session, case_number)
        move_clock(session, by=KEPT_FOR - timedelta(days=1))

    assert mask(database) == 0
    assert MASKED not in str(all_contents(database))


def test_the_words_of_the_grid_operator_go_with_the_person(database: Database) -> None:
    numbers = [open_start(database, point_number=f"03{number:020d}") for number in range(2)]
    finding = GridFinding(field="address", rule="address", message="封緘町には山田様はいません。")
    with database.transaction() as session:
        for number in numbers:
            note_grid_findings(session, application_number=number, cause="call-1", findings=[finding])
        long_ago = text("UPDATE cases SET ended_at = now() - interval '101 days' WHERE case_number = :number")
        session.execute(long_ago, {"number": numbers[0]})

    assert mask(database) == 1

    with database.transaction() as session:
        left = [grid_findings_of(session, application_number=number) for number in numbers]
    assert left == [(), (finding,)]


@pytest.mark.parametrize("interface", INTERFACES, ids=lambda interface: interface.number)
def test_a_masked_message_of_each_interface_can_be_read_and_holds_no_person(interface: Interface) -> None:
    values = dump_request(typed_example(interface.request))

    masked = masked_values(values, interface_number=interface.number)

    load_request(masked, interface_number=interface.number)
    assert set(_personal(interface.request, masked)) <= {MASKED}
    assert [*masked] == [*values]


def _personal(message: type, values: dict[str, Any]) -> list[object]:
    found: list[object] = []
    for member in members(message):
        value = values.get(member.name)
        if member.item is not None and isinstance(value, dict):
            found += _personal(member.item, value)
        elif member.field.personal and value is not None:
            found.append(value)
    return found
