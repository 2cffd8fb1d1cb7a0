"""A database that only reads, as after a failover: every process says that it can do nothing, and goes on by itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import psycopg2
import pytest

from deploy.stack.words import summary
from tests.support.polling import until
from tests.support.world import World

PROCESSES = ("worker", "soap", "sweeper", "mail", "grid_stub", "web")


def _health(world: World, process: str) -> tuple[int, dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", getattr(world.stack.ports, f"{process}_metrics"), timeout=20)
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def _wait_until_it_says(world: World, process: str, status: int) -> dict[str, Any]:
    until(lambda: _health(world, process)[0] == status, instead=lambda: _health(world, process))
    return _health(world, process)[1]


@contextmanager
def _only_reading(world: World) -> Iterator[None]:
    server = psycopg2.connect(world.stack.owner_address)
    server.autocommit = True
    cursor = server.cursor()
    cursor.execute("SET default_transaction_read_only = off")
    cursor.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    cursor.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        cursor.execute("ALTER SYSTEM RESET default_transaction_read_only")
        cursor.execute("SELECT pg_reload_conf()")
        server.close()


def test_every_process_says_so_and_works_again_by_itself(world: World) -> None:
    customer = world.customer()
    with _only_reading(world):
        for process in PROCESSES:
            report = _wait_until_it_says(world, process, 503)
            assert (report["status"], report["parts"]["database"]["status"]) == ("down", "down"), process
            assert "読み取り専用" in report["parts"]["database"]["remark"], process
        states = world.stack.states()
        assert "働けない部品" in summary(states) and "Web画面" in summary(states)
        with pytest.raises(Exception, match="HUB-R"):
            world.registered(customer)

    for process in PROCESSES:
        _wait_until_it_says(world, process, 200)
    world.accepted(customer)
