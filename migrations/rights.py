"""What the role of the hub's processes may do with the tables: anew after each migration, so that none is forgotten.

Whoever migrates owns the tables; where the processes come in as the same role, or there is none of that name, nothing
is given, and triggers alone keep records as they are.
"""

from sqlalchemy import Connection, Table, text

from models.tables import METADATA

PRODUCT_ROLE = "hub_product"
APPEND_ONLY = ("case_history", "data_reads", "data_changes", "record_batches", "record_seals", "certificate_changes")
"""The processes put rows into these and read them, and do nothing else with them."""

_ROLE = "SELECT 1 FROM pg_roles WHERE rolname = :role"
_ALL = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
)


def give_rights(connection: Connection) -> None:
    """Give the role its rights, in the transaction of the migration."""
    if connection.execute(text(_ROLE), {"role": PRODUCT_ROLE}).one_or_none() is None:
        return
    for statement in _ALL:
        connection.execute(text(statement.format(role=PRODUCT_ROLE)))
    there = set(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))
    for name in there.intersection(APPEND_ONLY):
        connection.execute(text(f"REVOKE INSERT, UPDATE, DELETE ON {name} FROM {PRODUCT_ROLE}"))
        columns = ", ".join(_told(METADATA.tables[name]))
        connection.execute(text(f"GRANT INSERT ({columns}) ON {name} TO {PRODUCT_ROLE}"))


def _told(table: Table) -> list[str]:
    """List the columns that whoever inserts gives; the database alone gives the others: number, real time, batch."""
    return [column.name for column in table.columns if column.server_default is None]
