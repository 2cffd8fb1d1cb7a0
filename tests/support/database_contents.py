"""Looking into the database past the models, as a test may."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from models.database import Database

_CASES = ("cases", "case_history", "applications", "messages", "message_contents")


def rows(database: Database, statement: str, **values: object) -> list[tuple[Any, ...]]:
    """Give what a statement finds."""
    with database.transaction() as session:
        return [tuple(row) for row in session.execute(text(statement), values)]


def files_with(folder: Path, words: str) -> list[str]:
    """Name the files that hold words: logs, PostgreSQL's files, Temporal's store."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path in files if words.encode() in path.read_bytes()]


def all_of_cases(database: Database) -> dict[str, list[str]]:
    """Give all that is kept of cases and messages, to see whether something changed."""
    return {
        table: sorted(str(row) for (row,) in rows(database, f"SELECT to_jsonb(t)::text FROM {table} AS t"))
        for table in _CASES
    }


def row_counts(database: Database) -> dict[str, int]:
    """Count the rows of every table, to see whether anything at all was stored."""
    tables = [name for (name,) in rows(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {table: rows(database, f'SELECT count(*) FROM "{table}"')[0][0] for table in sorted(tables)}
