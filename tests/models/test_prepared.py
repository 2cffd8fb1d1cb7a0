"""Statements of hot paths: the same by either way."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update

from models.database import Database
from models.participants.tables import ParticipantRow
from models.prepared import Line, Prepared

Open = Callable[[Database], AbstractContextManager[Any]]

WAYS = pytest.mark.parametrize(
    "opened", [Database.plain_transaction, Database.transaction], ids=["plain-transaction", "session"]
)

ENTER = Prepared(
    insert(ParticipantRow).values(
        code=bindparam("code"), name=bindparam("name"), role="retailer", valid_from=bindparam("valid_from")
    )
)
NAMED = Prepared(
    select(ParticipantRow.code, ParticipantRow.name, ParticipantRow.valid_from, ParticipantRow.valid_to)
    .where(ParticipantRow.role == "retailer", ParticipantRow.name == bindparam("wanted"))
    .order_by(ParticipantRow.code)
)

NAME = "100%'電力'; --"
"""Characters that a statement would stumble over were they a part of it."""


def enter(line: Line) -> None:
    for code in ("1002", "1001"):
        ENTER.run(line, code=code, name=NAME, valid_from=date(2016, 4, 1))
    ENTER.run(line, code="1003", name="みなと電気株式会社", valid_from=date(2016, 4, 1))


@WAYS
def test_rows_are_those_of_the_values_with_their_columns_by_name(database: Database, opened: Open) -> None:
    with opened(database) as line:
        enter(line)
        rows = NAMED.rows(line, wanted=NAME)

    assert [(row.code, row.name, row.valid_from, row.valid_to) for row in rows] == [
        ("1001", NAME, date(2016, 4, 1), None),
        ("1002", NAME, date(2016, 4, 1), None),
    ]


@WAYS
def test_it_is_a_part_of_the_transaction_it_is_sent_in(database: Database, opened: Open) -> None:
    with pytest.raises(RuntimeError), opened(database) as line:
        enter(line)
        raise RuntimeError

    with opened(database) as line:
        assert list(NAMED.rows(line, wanted=NAME)) == []


@WAYS
def test_what_a_write_returns_is_given_as_rows(database: Database, opened: Open) -> None:
    renamed = Prepared(
        update(ParticipantRow)
        .where(ParticipantRow.code == bindparam("wanted"))
        .values(name=NAME)
        .returning(ParticipantRow.name, ParticipantRow.valid_from)
    )

    with opened(database) as line:
        enter(line)
        (row,) = renamed.rows(line, wanted="1003")

    assert (row.name, row.valid_from) == (NAME, date(2016, 4, 1))
