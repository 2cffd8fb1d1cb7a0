"""The bundled PostgreSQL: made at first start, and nothing committed is lost by a kill."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from deploy.stack import postgres
from deploy.stack.ports import Ports
from deploy.stack.postgres import Cluster
from deploy.stack.processes import Process


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), Ports.free().postgres, durable=False)
    postgres.start(cluster)
    yield cluster
    postgres.stop(cluster)


def _query(cluster: Cluster, statement: str) -> object:
    connection = psycopg2.connect(cluster.url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def test_it_is_postgresql_18(cluster: Cluster) -> None:
    assert _query(cluster, "SELECT current_setting('server_version_num')::int / 10000") == (18,)


def test_it_listens_on_the_loopback_address_only(cluster: Cluster) -> None:
    assert _query(
        cluster, "SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')"
    ) == (
        "127.0.0.1",
        "",
    )


def test_it_asks_for_the_password(cluster: Cluster) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgresql://hub:guessed@127.0.0.1:{cluster.port}/hub")


def test_the_password_is_readable_by_its_owner_alone(cluster: Cluster) -> None:
    assert (cluster.folder / "password").stat().st_mode & 0o777 == 0o600


def test_what_was_committed_survives_a_kill(cluster: Cluster) -> None:
    _query(cluster, "CREATE TABLE kept AS SELECT 42 AS answer")

    postgres.kill(cluster)
    assert not postgres.is_running(cluster)
    postgres.start(cluster)

    assert _query(cluster, "SELECT answer FROM kept") == (42,)


def test_a_lock_file_that_names_somebody_elses_pid_is_no_obstacle(cluster: Cluster, tmp_path: Path) -> None:
    somebody = Process("somebody", run_folder=tmp_path, log_folder=tmp_path)
    somebody.start(("sleep", "60"), environment=os.environ, folder=tmp_path)
    lock = cluster.data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    postgres.kill(cluster)
    lock.write_text("\n".join([str(somebody.pid), *lines[1:]]) + "\n")

    postgres.start(cluster)

    assert postgres.is_running(cluster)
    assert somebody.pid is not None
    somebody.kill()


def test_statements_that_fail_leave_no_values_in_the_log(cluster: Cluster) -> None:
    _query(cluster, "CREATE TABLE people (name text UNIQUE)")
    _query(cluster, "INSERT INTO people VALUES ('髙橋　太郎')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        _query(cluster, "INSERT INTO people VALUES ('髙橋　太郎')")

    log = cluster.process.log_file.read_text()

    assert "people_name_key" in log
    assert "髙橋" not in log


def test_a_cluster_that_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    half_made = Cluster(tmp_path, Ports.free().postgres, durable=False)
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18\n")

    postgres.start(half_made)

    assert _query(half_made, "SELECT current_database()") == ("hub",)
    postgres.stop(half_made)
