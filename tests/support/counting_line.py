"""A plain transaction's cursor that counts the statements it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from models.database import Cursor, Database


class CountingLine:
    """Stands in for the cursor, which psycopg2 gives no room for a count."""

    def __init__(self, line: Cursor) -> None:
        self._line = line
        self.statements = 0

    @property
    def as_cursor(self) -> Cursor:
        return cast(Cursor, self)

    def execute(self, statement: str, values: dict[str, Any]) -> None:
        self.statements += 1
        self._line.execute(statement, values)

    def fetchall(self) -> list[Any]:
        return self._line.fetchall()


@contextmanager
def counting_line(database: Database) -> Iterator[CountingLine]:
    """Open a transaction without a session for a block, and count."""
    with database.plain_transaction() as line:
        yield CountingLine(line)
