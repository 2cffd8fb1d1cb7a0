"""Statements of hot paths: written down as text once for each process, and sent past SQLAlchemy's session.

PostgreSQL hears them anew each time: nothing is prepared in its sense (PREPARE), which would tie them to connections.

Putting a statement together anew for each request, and carrying its rows through the session, costs several
times what PostgreSQL takes to answer it.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Insert, Select, Update, make_url

from models.database import Cursor, Session
from models.encrypted import Encrypted

_DIALECT = make_url("postgresql+psycopg2://").get_dialect()()

Line = Cursor | Session
"""Where a statement goes: into a plain transaction (:meth:`models.database.Database.plain_transaction`), or among
others into the transaction of a session."""


class Prepared:
    """One statement whose values are named by ``bindparam``; what it reads is of types that psycopg2 itself
    knows, or encrypted."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        names = [column.name for column in statement.exported_columns]
        self._statement = statement
        self._text = str(compiled)
        self._writers = _writers({name: bind.type for name, bind in compiled.binds.items()})
        # What the statement brings itself: values that stood in it as literals.
        self._own = self._written({name: value for name, value in compiled.params.items() if value is not None})
        self._row = _row_of(names)
        self._encrypted = [
            (place, column.type)
            for place, column in enumerate(statement.exported_columns)
            if isinstance(column.type, Encrypted)
        ]

    def rows(self, line: Line, **values: object) -> Sequence[Any]:
        """Give the rows, their columns by name."""
        if isinstance(line, Session):
            return line.connection().execute(self._statement, values).all()
        line.execute(self._text, self._as_sent(values))
        rows = line.fetchall()
        return [self._row._make(row) for row in (map(self._opened, rows) if self._encrypted else rows)]

    def run(self, line: Line, **values: object) -> None:
        """Send a statement that gives no rows."""
        if isinstance(line, Session):
            line.connection().execute(self._statement, values)
        else:
            line.execute(self._text, self._as_sent(values))

    def count(self, cursor: Cursor, **values: object) -> int:
        """Send a statement that gives no rows into a plain transaction, and tell how many it wrote."""
        self.run(cursor, **values)
        return cursor.rowcount

    def _opened(self, row: Sequence[Any]) -> Sequence[Any]:
        opened = list(row)
        for place, kind in self._encrypted:
            opened[place] = kind.opened(row[place])
        return opened

    def _as_sent(self, values: Mapping[str, object]) -> Mapping[str, object]:
        return {**self._own, **self._written(values)}

    def _written(self, values: Mapping[str, object]) -> dict[str, object]:
        records = {name: write(values[name]) for name, write in self._writers.items() if name in values}
        return {**values, **records}


def _writers(types: Mapping[str, Any]) -> dict[str, Callable[[object], object]]:
    """Give what writes values of a type that psycopg2 does not know, such as a record as JSON."""
    found = {name: kind.dialect_impl(_DIALECT).bind_processor(_DIALECT) for name, kind in types.items()}
    return {name: writer for name, writer in found.items() if writer is not None}


def _row_of(names: Sequence[str]) -> Any:
    return namedtuple("Row", names)
