"""Commands as rows, updates and histories hold them: one flat record, read and written as it always was."""

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from rules.calendar import JST
from rules.procedure.command_kinds import CommandKind
from rules.procedure.commands import Amend, Command, Record, Suspend
from rules.procedure.news import NewsKind
from schemas.codes import ApplicationKind, Decision
from tests.support.commands import command_of

AT = datetime(2026, 7, 1, 10, tzinfo=JST)
FRAME = {"message_key": "message-1", "at": AT.isoformat(), "last_day": None, "given_by": "1001"}
AS_ONE_BAG: dict[str, Any] = FRAME | {
    "kind": "amend",
    "case_number": "SW03L20260701000000015",
    "version": None,
    "decision": None,
    "rejection_reasons": [],
    "point_number": "0310000000000000000001",
    "current_retailer": "1002",
    "wished_date": "2026-08-07",
    "effective_date": None,
    "meter_work": None,
    "application_number": None,
    "application": None,
    "leaving": None,
    "successor": None,
    "news": None,
    "occurred_at": None,
}
"""As the first builds wrote a command, with a place for everything that any command says."""
READER = TypeAdapter(Command)
ANYTHING: dict[str, Any] = {
    "case_number": "SW03L20260701000000015",
    "message_key": "message-1",
    "at": AT,
    "given_by": "1001",
    "version": 1,
    "decision": Decision.ACCEPT,
    "point_number": "0310000000000000000001",
    "current_retailer": "1002",
    "wished_date": date(2026, 8, 7),
    "effective_date": date(2026, 8, 7),
    "application_number": "AP03L20260701000000015",
    "application": ApplicationKind.START,
    "leaving": "1002",
    "successor": "1009",
    "news": NewsKind.MATCHED,
}


def test_what_was_written_with_a_place_for_everything_is_read() -> None:
    read = READER.validate_python(AS_ONE_BAG)

    amendment = Amend(
        case_number="SW03L20260701000000015",
        point_number="0310000000000000000001",
        current_retailer="1002",
        wished_date=date(2026, 8, 7),
    )
    assert read == Command(content=amendment, message_key="message-1", at=AT, given_by="1001")


@pytest.mark.parametrize("kind", CommandKind)
def test_it_is_written_flat_and_read_again(kind: CommandKind) -> None:
    command = command_of(kind, **ANYTHING)

    written = READER.dump_python(command, mode="json")

    assert written["kind"] == kind.value and "content" not in written
    assert set(written) <= set(AS_ONE_BAG)
    assert READER.validate_python(written) == command
    assert READER.validate_json(to_json(command)) == command, "as Temporal carries it"


def test_a_kind_without_what_it_needs_is_no_command() -> None:
    with pytest.raises(ValidationError):
        READER.validate_python(AS_ONE_BAG | {"wished_date": None})
    with pytest.raises(ValidationError):
        READER.validate_python(AS_ONE_BAG | {"kind": "record", "news": "defective"})


def test_what_may_be_left_out_stays_out() -> None:
    suspended = READER.validate_python(AS_ONE_BAG | {"kind": "suspend"})
    recorded = READER.validate_python(AS_ONE_BAG | {"kind": "record", "news": "matched"})

    assert suspended.content == Suspend(case_number=AS_ONE_BAG["case_number"])
    assert recorded.content == Record(
        case_number=AS_ONE_BAG["case_number"], news=NewsKind.MATCHED, application_number=None
    )
