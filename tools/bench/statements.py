"""The statements that the hub really sends for a request, as PostgreSQL itself logs them."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from deploy.stack.postgres import Cluster

_LOGGED = re.compile(r"^\S+ \S+ \S+ \[\d+\] LOG:  statement: (.*(?:\n\t.*)*)", re.MULTILINE)
_WITHIN = 10.0
"""Seconds until a statement that was sent must stand in the log."""


class NothingLogged(Exception):
    """PostgreSQL logged no statement of a request."""


def statements_of(cluster: Cluster, request: Callable[[], object], *, values: Mapping[str, str]) -> list[str]:
    """Give the statements that ``request`` has the hub send, transactions' bounds included.

    :param values: what of a statement belongs to the request alone: each becomes a parameter of that name.
    :raises NothingLogged: when no statement was logged.
    """
    log = cluster.process.log_file
    with logged(cluster, log_statement="all"):
        request()  # PostgreSQL's processes read their settings anew between two statements
        began = log.stat().st_size
        request()
        end = time.monotonic() + _WITHIN
        while not (statements := _logged_since(log, began)):
            if time.monotonic() > end:
                raise NothingLogged
            time.sleep(0.05)
    return [_with_parameters(statement, values) for statement in statements]


def _logged_since(log: Path, began: int) -> list[str]:
    with log.open("rb") as file:
        file.seek(began)
        return [text.replace("\n\t", "\n") for text in _LOGGED.findall(file.read().decode())]


def _with_parameters(statement: str, values: Mapping[str, str]) -> str:
    plain = statement.replace("%", "%%")
    for name, value in values.items():
        plain = plain.replace(f"'{value}'", f"%({name})s")
    return plain


@contextmanager
def logged(cluster: Cluster, **settings: str) -> Iterator[None]:
    """Have PostgreSQL log as its settings say for a block."""
    connection = psycopg2.connect(cluster.url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            _set(cursor, *(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()))
            try:
                yield
            finally:
                _set(cursor, *(f"ALTER SYSTEM RESET {name}" for name in settings))
    finally:
        connection.close()


def _set(cursor: "psycopg2.extensions.cursor", *commands: str) -> None:
    for command in commands:
        cursor.execute(command)
    cursor.execute("SELECT pg_reload_conf()")
    time.sleep(0.3)  # the server tells its processes


def write_statements(statements: list[str], path: Path) -> None:
    """Write statements down for the process that sends them too."""
    path.write_text(json.dumps(statements))


def read_statements(path: Path) -> list[str]:
    statements: list[str] = json.loads(path.read_text())
    return statements
