"""The list of bulk files and its counts read few rows, however many files there are: by PostgreSQL's own plans."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, event, text

from models.bulk.queries import files_of
from models.bulk.waiting import count_files
from models.connections import engine_to
from models.database import Database, Session
from models.paging import Turn
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileConcern
from schemas.codes import Segment
from tests.support.bulk_files import BulkDesk, with_cast
from tests.support.cast import NEW

_MANY = 5_000
_CHANGED = {
    "number": "'CSV20260101-' || to_char(g, 'FM0000000000')",
    "state": "CASE WHEN g > 5 THEN 'finished' ELSE 'checked' END",
    "uploaded_at": "uploaded_at - g * interval '1 minute'",
    "ended_at": "CASE WHEN g > 5 THEN uploaded_at - g * interval '1 hour' END",
    "refused": "g % 3",
}


@pytest.fixture
def many(database: Database, database_url: str) -> Iterator[Database]:
    with_cast(database)
    BulkDesk(database).upload()
    with database.transaction() as session:
        names = session.scalars(
            text(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'bulk_files' ORDER BY ordinal_position"
            )
        ).all()
        values = ", ".join(_CHANGED.get(name, name) for name in names)
        session.execute(text(f"INSERT INTO bulk_files SELECT {values} FROM bulk_files, generate_series(1, {_MANY}) g"))
    with engine_to(database_url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text("VACUUM ANALYZE bulk_files"))
    yield database
    with database.transaction() as session:
        session.execute(text("DELETE FROM bulk_files WHERE number LIKE 'CSV20260101-%'"))
        session.execute(text("ANALYZE bulk_files"))


def plans(session: Session, read: Any) -> str:
    statements: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        read(session)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return "\n".join(
        row[0]
        for statement, parameters in statements
        for row in session.connection().exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)
    )


@pytest.mark.parametrize("code", [NEW, None], ids=["retailer", "operator"])
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"kind": BulkKind.REGISTER_REFERRALS},
        {"segment": Segment.LOW_VOLTAGE},
        *({"concern": concern} for concern in FileConcern),
    ],
    ids=str,
)
def test_a_page_of_files_is_read_along_an_index(many: Database, code: str | None, wanted: dict[str, Any]) -> None:
    with many.transaction() as session:
        plan = plans(session, lambda session: files_of(session, retailer_code=code, turn=Turn(), **wanted))

    assert "Seq Scan on bulk_files" not in plan, plan


@pytest.mark.parametrize("code", [NEW, None], ids=["retailer", "operator"])
def test_the_counts_look_at_what_is_open_and_at_what_ended_today(many: Database, code: str | None) -> None:
    with many.transaction() as session:
        plan = plans(session, lambda session: count_files(session, retailer_code=code))

    assert "Seq Scan on bulk_files" not in plan, plan
    assert "ix_bulk_files_open" in plan
    assert "ix_bulk_files_ended" in plan
