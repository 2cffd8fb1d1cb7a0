"""Whether the database can do what the hub needs of it: not only answer, but take what is written."""

from functools import cache, partial
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.database import DISK_FULL, READ_ONLY, Database, Session, sqlstate_of
from runtime.monitoring import Check, Unwell

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
_FULL_FOR = 60.0
"""Seconds for which a write that found no room on the server's disk is told of."""

_WORDS = {
    READ_ONLY: "読み取り専用で、書き込めません",
    DISK_FULL: "書き込めません（データベースのディスクに空きがありません）",
}
_REVISION = text("SELECT max(version_num) FROM alembic_version")
_WRITE = text("SELECT id FROM business_clock FOR UPDATE SKIP LOCKED")
"""A lock on a row is written and, with its transaction, flushed to disk; nothing of the row changes."""
_SPILL = text("SELECT count(*) FROM (SELECT n FROM generate_series(1, 20000) AS n ORDER BY n DESC OFFSET 1) AS sorted")
"""More than fits into the least memory for sorting: it goes to the server's disk, and fails where that is full."""


def database_check(database: Database) -> Check:
    """Make the check of a process that cannot work without the database."""
    return Check("database", "データベース", partial(look_at_database, database))


def look_at_database(database: Database) -> None:
    """Ask the database for all that the hub needs.

    :raises Unwell: where it answers and cannot; sqlalchemy.exc.SQLAlchemyError: where it does not answer.
    """
    try:
        database.run(_look)  # over new connections, where those there are lead to a server that has become a standby
    except DBAPIError as error:
        words = _WORDS.get(sqlstate_of(error) or "")
        if words is None:
            raise
        raise Unwell(words) from None
    if database.was_full(within=_FULL_FOR):
        raise Unwell(_WORDS[DISK_FULL])


def _look(session: Session) -> None:
    session.execute(_WRITE)
    session.execute(text("SET LOCAL work_mem = '64kB'"))
    session.execute(_SPILL)
    revision = session.execute(_REVISION).scalar_one()
    if revision is None or revision < expected_revision():
        raise Unwell(f"表の形が古いままです（{revision or 'なし'}、必要な形は{expected_revision()}）")


@cache
def expected_revision() -> str:
    """Name the migration this software was written for; a newer database serves it too, while versions change over."""
    return max(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*_*.py"))
