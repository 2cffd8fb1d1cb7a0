"""The statements of a request, as PostgreSQL logs them."""

import psycopg2

from deploy.stack.postgres import Cluster
from tools.bench.cases.turns import Turns, turns_logged, turns_of
from tools.bench.statements import statements_of


def test_each_is_given_with_its_values_as_parameters(cluster: Cluster) -> None:
    connection = psycopg2.connect(cluster.url)
    with connection.cursor() as cursor:

        def request() -> None:
            cursor.execute("SELECT %(a)s,\n  '5%%', %(b)s", {"a": "SW-1", "b": "SW-10"})
            connection.commit()

        statements = statements_of(cluster, request, values={"case_number": "SW-1"})
        cursor.execute(statements[1], {"case_number": "SW-2"})
        assert cursor.fetchone() == ("SW-2", "5%", "SW-10")
    connection.close()

    assert statements == ["BEGIN", "SELECT %(case_number)s,\n  '5%%', 'SW-10'", "COMMIT"]


def test_afterwards_nothing_is_logged_any_more(cluster: Cluster) -> None:
    connection = psycopg2.connect(cluster.url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        statements_of(cluster, lambda: cursor.execute("SELECT 1"), values={})
        cursor.execute("SHOW log_statement")

        assert cursor.fetchone() == ("none",)
    connection.close()


def test_what_each_process_asks_is_counted_by_the_name_it_gives(cluster: Cluster) -> None:
    with turns_logged(cluster) as log:
        before = log.stat().st_size
        for name in ("soap", "worker", "worker"):
            connection = psycopg2.connect(cluster.url, application_name=name)
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                cursor.execute("SELECT 2")
            connection.close()
        turns = turns_of(log.read_bytes()[before:])

    assert turns == {"soap": Turns(2, 1), "worker": Turns(4, 2)}
