"""How alembic runs the hub's migrations: in one transaction, one process at a time."""

import os

from alembic import context
from sqlalchemy import pool, text

from migrations.rights import give_rights
from models.connections import engine_to
from models.tables import METADATA, MIGRATION_LOCK
from runtime.local_settings import take_settings


def run(url: str) -> None:
    """Bring the database at ``url`` to the revision that was asked for."""
    engine = engine_to(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=METADATA, compare_server_default=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            context.run_migrations()
            give_rights(connection)


def _url() -> str:
    take_settings()
    if owner := os.environ.get("DATABASE_OWNER_URL"):
        return owner
    if "DATABASE_URL" not in os.environ:
        raise SystemExit("DATABASE_URL がありません。手元では make up を実行すればその設定を使います。")
    return os.environ["DATABASE_URL"]


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=METADATA, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    run(context.config.attributes.get("url") or _url())
