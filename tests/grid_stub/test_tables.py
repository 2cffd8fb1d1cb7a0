"""The stub's tables as an earlier version made them are brought up to date when the stub starts."""

from sqlalchemy import text

from grid_stub.tables import SCHEMA, make_tables
from models.database import Database, Session

_EARLIER = (
    "ALTER COLUMN case_number SET NOT NULL",
    "ALTER COLUMN effective_date SET NOT NULL",
    "DROP COLUMN password_given_at",
)


def columns(session: Session) -> set[tuple[str, str]]:
    """Read the columns of applications, each with whether it may be null."""
    result = session.execute(
        text(
            "SELECT column_name, is_nullable FROM information_schema.columns"
            f" WHERE table_schema = '{SCHEMA}' AND table_name = 'applications'"
        )
    )
    return {(name, nullable) for name, nullable in result}


def test_what_applications_of_all_kinds_need_is_added(database: Database) -> None:
    with database.transaction() as session:
        make_tables(session)
        fresh = columns(session)
        for change in _EARLIER:
            session.execute(text(f"ALTER TABLE {SCHEMA}.applications {change}"))
        assert columns(session) != fresh

        make_tables(session)

        assert columns(session) == fresh
    assert {("effective_date", "YES"), ("password_given_at", "YES")} <= fresh
