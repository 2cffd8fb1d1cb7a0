"""The migrations: from nothing to what the tables say, and back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from sqlalchemy import NullPool, create_engine, inspect, text

from deploy.stack.postgres import Cluster
from models.database import Database
from models.tables import METADATA, MIGRATION_LOCK
from tests.support.database import alembic_config, migrate, sqlalchemy_url, wait_until_blocked


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[str]:
    server = create_engine(sqlalchemy_url(cluster.url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE migrating"))
        yield cluster.url.rsplit("/", 1)[0] + "/migrating"
        connection.execute(text("DROP DATABASE migrating WITH (FORCE)"))


def _tables(url: str) -> set[str]:
    return set(inspect(create_engine(sqlalchemy_url(url), poolclass=NullPool)).get_table_names())


def test_an_empty_database_gets_every_table(empty_database: str) -> None:
    migrate(empty_database)

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}


def test_migrations_take_the_short_name_of_postgresql(empty_database: str) -> None:
    migrate(empty_database.replace("postgresql://", "postgres://"))

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}


def test_migrated_tables_are_what_the_code_says(empty_database: str) -> None:
    migrate(empty_database)

    command.check(alembic_config(empty_database))


def test_the_way_back_leaves_nothing(empty_database: str) -> None:
    migrate(empty_database)
    command.downgrade(alembic_config(empty_database), "base")

    assert _tables(empty_database) == {"alembic_version"}
    migrate(empty_database)


def test_a_process_waits_for_another_that_migrates(empty_database: str) -> None:
    other = create_engine(sqlalchemy_url(empty_database), poolclass=NullPool)
    with ThreadPoolExecutor(1) as pool:
        with other.begin() as migrating:
            migrating.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            waiting = pool.submit(migrate, empty_database)
            wait_until_blocked(Database(sqlalchemy_url(empty_database)))
            assert _tables(empty_database) == set()
        waiting.result()

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}


def test_migrating_again_changes_nothing(empty_database: str) -> None:
    for _ in range(2):
        migrate(empty_database)

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}
