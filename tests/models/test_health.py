"""A process is well only where its database can do what the hub needs of it, and leaves a server that cannot."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deploy.stack.postgres import Cluster
from models.clock import clock_offset
from models.database import Database, Session
from models.health import expected_revision, look_at_database
from runtime.monitoring import Unwell
from tests.support.database import ROOT, migrate

_MOVE = text("UPDATE business_clock SET ahead = ahead + interval '1 day'")
_WHO = text("SELECT pg_backend_pid()")


@pytest.fixture
def server(cluster: Cluster) -> Iterator[Callable[[str], None]]:
    """Say something to the server as its operator, beside a database ``moved`` of the hub."""
    connection = psycopg2.connect(cluster.url)
    connection.autocommit = True

    def say(statement: str) -> None:
        connection.cursor().execute(statement)

    say("CREATE DATABASE moved")
    migrate(cluster.url.rpartition("/")[0] + "/moved")
    yield say
    say("DROP DATABASE moved WITH (FORCE)")
    connection.close()


@contextmanager
def opened(cluster: Cluster, *, pool_size: int = 2) -> Iterator[Database]:
    database = Database(cluster.url.rpartition("/")[0] + "/moved", pool_size=pool_size)
    yield database
    database.dispose()


def _backend(session: Session) -> int:
    return int(session.execute(_WHO).scalar_one())


READ_ONLY = "ALTER DATABASE moved SET default_transaction_read_only = on"
WRITABLE = "ALTER DATABASE moved RESET default_transaction_read_only"


def test_a_database_that_takes_writes_is_well(server: Callable[[str], None], cluster: Cluster) -> None:
    with opened(cluster) as database:
        look_at_database(database)

        with database.transaction() as session:
            assert not clock_offset(session)


def test_a_database_that_only_reads_is_not_well(server: Callable[[str], None], cluster: Cluster) -> None:
    server(READ_ONLY)

    with opened(cluster) as database, pytest.raises(Unwell, match="読み取り専用"):
        look_at_database(database)


def test_a_database_of_an_older_form_is_not_well(server: Callable[[str], None], cluster: Cluster) -> None:
    with opened(cluster) as database:
        with database.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

        with pytest.raises(Unwell, match=f"0001、必要な形は{expected_revision()}"):
            look_at_database(database)


def test_a_database_of_a_newer_form_is_well(server: Callable[[str], None], cluster: Cluster) -> None:
    # As while versions change over: migrations go first, and only add.
    with opened(cluster) as database:
        with database.transaction() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

        look_at_database(database)


def test_a_full_disk_is_not_well_until_writes_find_room_again(server: Callable[[str], None], cluster: Cluster) -> None:
    with opened(cluster) as database:
        with pytest.raises(DBAPIError), database.transaction() as session:
            session.execute(text("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$"))

        with pytest.raises(Unwell, match="ディスク"):
            look_at_database(database)
        assert not database.was_full(within=0)


def test_a_disk_that_is_full_is_told_by_health_and_by_the_local_stack(tmp_path: Path) -> None:
    # On a real disk: a small one, mounted where only the process of this test sees it.
    own = ("unshare", "--user", "--map-root-user", "--mount", "bash", "-c")
    mounting = f"mount -t tmpfs -o size=192m none {tmp_path}"
    if subprocess.run([*own, mounting], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    run = f"{mounting} && exec {sys.executable} -m tests.support.on_a_small_disk {tmp_path}"

    done = subprocess.run([*own, run], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr
    full, (well, filled, again) = "書き込めません（データベースのディスクに空きがありません）", done.stdout.splitlines()
    assert well == "well | "
    assert filled == f"{full} | ディスクの空きが 0 MiB しかありません（{tmp_path}）"
    assert again == f"{full} | ", "it is told for a while"


class TestAfterAFailover:
    """The connections that were there lead to a server that only reads, new ones to the one in its place."""

    def test_work_is_done_over_new_connections(self, server: Callable[[str], None], cluster: Cluster) -> None:
        server(READ_ONLY)
        with opened(cluster) as database:
            with database.transaction() as one, database.transaction() as other:
                left = {_backend(one), _backend(other)}
            server(WRITABLE)

            database.run(lambda session: session.execute(_MOVE))

            with database.transaction() as one, database.transaction() as other:
                assert not left & {_backend(one), _backend(other)}
                assert clock_offset(one).days == 1

    def test_prepared_work_is_done_over_new_connections(self, server: Callable[[str], None], cluster: Cluster) -> None:
        server(READ_ONLY)
        with opened(cluster) as database:
            with database.plain_transaction() as cursor:
                cursor.execute("SELECT 1")
            server(WRITABLE)

            database.run_plain(lambda cursor: cursor.execute(_MOVE.text))

            with database.transaction() as session:
                assert clock_offset(session).days == 1

    def test_health_finds_the_new_server(self, server: Callable[[str], None], cluster: Cluster) -> None:
        server(READ_ONLY)
        with opened(cluster, pool_size=1) as database:
            with pytest.raises(Unwell):
                look_at_database(database)
            server(WRITABLE)

            look_at_database(database)
