"""PostgreSQL backed up and put back to a point in time, by the commands of docs/operations.md (PostgreSQLを戻す)."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.stack import postgres
from deploy.stack.postgres import Cluster
from deploy.stack.supervisor import Stack
from grid_stub.tables import SCHEMA
from models.database import Database
from tests.support.database_contents import rows
from tests.support.polling import until


@dataclass
class Backups:
    """A base backup and the archived WAL since, in a folder."""

    stack: Stack
    database: Database
    folder: Path

    @property
    def cluster(self) -> Cluster:
        """What is backed up."""
        assert self.stack.cluster is not None
        return self.stack.cluster

    @property
    def _archive(self) -> Path:
        return self.folder / "wal"

    @property
    def _base(self) -> Path:
        return self.folder / "base"

    def begin(self) -> None:
        """Have WAL archived from now on, which takes a start of the server, and take a base backup."""
        self._archive.mkdir(parents=True)
        archive = f"test ! -f {self._archive}/%f && cp %p {self._archive}/%f"
        self._set(f"ALTER SYSTEM SET archive_mode = on; ALTER SYSTEM SET archive_command = '{archive}'")
        self.stack.stop("postgres")
        self.stack.start("postgres")
        self._run(*postgres.program("pg_basebackup"), "-d", self.cluster.url, "-D", str(self._base), "-c", "fast")

    def moment(self) -> str:
        """Name the moment to come back to, and have all WAL up to it archived."""
        ((now,),) = rows(self.database, "SELECT clock_timestamp()::text")
        self._set("SELECT pg_logical_emit_message(true, 'backup', 'a record behind the moment')")
        return str(now)

    def put_back(self, moment: str) -> None:
        """Put the cluster back to a moment; the hub's processes must be stopped."""
        self._set("SELECT pg_switch_wal()")
        self.stack.stop("postgres")
        shutil.rmtree(self.cluster.data)
        shutil.copytree(self._base, self.cluster.data)
        with (self.cluster.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"restore_command = 'cp {self._archive}/%f %p'\nrecovery_target_time = '{moment}'\n"
                "recovery_target_action = 'promote'\narchive_mode = off\n"
            )
        (self.cluster.data / "recovery.signal").touch()
        self.cluster.data.chmod(0o700)
        self.stack.start("postgres")
        until(lambda: rows(self.database, "SELECT pg_is_in_recovery()") == [(False,)], within=60)

    def keep_grid(self) -> None:
        """Keep what the grid operators' stand-in knows: its tables are in the same database, and theirs are not."""
        dumped = self._run(*postgres.program("pg_dump"), "-d", self.cluster.url, "-n", SCHEMA, "--clean", "--if-exists")
        (self.folder / "grid.sql").write_bytes(dumped)

    def put_grid_back(self) -> None:
        """Have the stand-in know what it knew."""
        self._run(
            *postgres.program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", self.cluster.url,
            "-f", str(self.folder / "grid.sql"),
        )  # fmt: skip

    def _set(self, statements: str) -> None:
        for statement in statements.split("; "):
            self._run(*postgres.program("psql"), "-q", "-d", self.cluster.url, "-c", statement)

    def _run(self, *command: str) -> bytes:
        done = subprocess.run(command, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout
