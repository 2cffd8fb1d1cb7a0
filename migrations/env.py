"""How alembic runs the hub's migrations: in one transaction, one process at a time."""

import os
from pathlib import Path

from alembic import context
from sqlalchemy import pool, text

from migrations.rights import give_rights
from models.connections import engine_to
from models.encryption import use_keys
from models.tables import METADATA, MIGRATION_LOCK
from runtime.data_keys import KeySource
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
    _take_keys()
    return os.environ["DATABASE_URL"]


def _take_keys() -> None:
    """Take the keys for personal data where there are some: a database without personal data needs none."""
    file, text = os.environ.get("HUB_DATA_KEYS_FILE"), os.environ.get("HUB_DATA_KEYS", "")
    if file or text:
        use_keys(KeySource(text=text, file=Path(file) if file else None))


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=METADATA, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    run(context.config.attributes.get("url") or _url())
