"""How alembic runs the hub's migrations: in one transaction, one process at a time."""

import os

from alembic import context
from sqlalchemy import create_engine, pool, text

from models.tables import METADATA, MIGRATION_LOCK
from runtime.settings import with_driver


def run(url: str) -> None:
    """This function will bring the database at ``url`` to the revision that was asked for."""
    engine = create_engine(with_driver(url), poolclass=pool.NullPool, hide_parameters=True)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=METADATA, compare_server_default=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            context.run_migrations()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=METADATA, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    run(context.config.attributes.get("url") or os.environ["DATABASE_URL"])
