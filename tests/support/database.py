"""The tests' PostgreSQL: the real one, made once for a session, emptied for each test."""

import os
import time
from itertools import count
from pathlib import Path

from alembic import command
from alembic.config import Config
from psycopg2.errors import DeadlockDetected
from sqlalchemy import StaticPool, text
from sqlalchemy.exc import OperationalError

from deploy.stack import postgres
from deploy.stack.ports import is_free
from deploy.stack.postgres import Cluster
from models.connections import engine_to
from models.database import Database

ROOT = Path(__file__).resolve().parents[2]
_PORTS = range(10_000, 15_000)
"""Below those that systems give to outgoing connections: until a test listens there, nobody is given it; and apart from
those of whole stacks (deploy.stack.ports)."""
_APART = 89
"""How many ports lie between the first choices of processes with neighbouring ids."""
_choices = count()


def free_port() -> int:
    """Find a port of the loopback interface that nobody listens on, another one each time."""
    while True:
        port = _PORTS[(os.getpid() * _APART + next(_choices)) % len(_PORTS)]
        if is_free(port):
            return port


def start_cluster(folder: Path) -> Cluster:
    """Start a cluster in a folder, on a free port."""
    cluster = Cluster(folder, free_port(), durable=False)
    postgres.start(cluster)
    return cluster


def alembic_config(url: str) -> Config:
    """Give the project's alembic configuration, for a database."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    command.upgrade(alembic_config(url), "head")


_EMPTY = """
SET lock_timeout = '20s';
SET session_replication_role = replica;
DO $$
DECLARE filled regclass;
BEGIN
    FOR filled IN
        SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %%s', filled);
    END LOOP;
    INSERT INTO business_clock (id, ahead) VALUES (1, '0');
END $$
"""


class Emptier:
    """Empties a database between tests, over one connection that stays open.

    By DELETE, which for a few rows is ten times as fast as TRUNCATE; triggers and foreign keys look away. The
    tables are looked up each time, as the stub makes its own when it starts.
    """

    def __init__(self, url: str) -> None:
        self._engine = engine_to(url, poolclass=StaticPool)

    def empty(self) -> None:
        """Empty all tables and set the business clock to real time.

        A step of a case of the test before may still be written, in another order: then once more.
        """
        for tries_left in reversed(range(5)):
            try:
                with self._engine.begin() as connection:
                    connection.exec_driver_sql(_EMPTY)  # where a percent sign is written twice
                return
            except OperationalError as error:
                if not tries_left or not isinstance(error.orig, DeadlockDetected):
                    raise

    def close(self) -> None:
        self._engine.dispose()


def wait_until_blocked(database: Database) -> None:
    """Wait until some transaction waits for another's lock."""
    end = time.monotonic() + 20
    query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    while time.monotonic() < end:
        with database.transaction() as session:
            if session.execute(query).scalar_one():
                return
    raise AssertionError("nothing waits for a lock")
