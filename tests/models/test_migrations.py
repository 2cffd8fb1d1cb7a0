"""The migrations: from nothing to what the tables say, and back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import NullPool, inspect, text

from deploy.stack.postgres import Cluster
from models.cases.operations import record_step
from models.connections import engine_to
from models.database import Database
from models.tables import METADATA, MIGRATION_LOCK
from rules.procedure.events import CommandKind, GridNews, NewsKind
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind
from tests.support.case_applications import file_start
from tests.support.case_stages import accept, send_both
from tests.support.case_steps import hear, obey_all, step_for
from tests.support.database import alembic_config, migrate, wait_until_blocked
from tests.support.database_contents import rows
from tests.support.decisions import reject
from tests.support.interventions import intervene
from tests.support.lone_applications import lone_state, open_start
from tests.support.referrals import open_case

_DUTIES = "SELECT case_number, new_duty, current_duty, operator_duty FROM cases ORDER BY 1"


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[str]:
    server = engine_to(cluster.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE migrating"))
        yield cluster.url.rsplit("/", 1)[0] + "/migrating"
        connection.execute(text("DROP DATABASE migrating WITH (FORCE)"))


def _tables(url: str) -> set[str]:
    return set(inspect(engine_to(url, poolclass=NullPool)).get_table_names())


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


def test_cases_there_are_get_the_duties_that_the_read_model_gives_them(empty_database: str) -> None:
    migrate(empty_database)
    database = Database(empty_database)
    kinds = SWITCHING_APPLICATIONS
    cases = [open_case(database, point_number=f"03{number:020d}") for number in range(6)]
    with database.transaction() as session:
        for number in cases[1:4]:
            accept(session, number)
        file_start(session, cases[2])
        obey_all(session, cases[2])
        hear(session, cases[2], NewsKind.DEFECTIVE, kinds[0], defects=("contract",))
        intervene(session, cases[3], CommandKind.SUSPEND)
        obey_all(session, cases[3])
        reject(session, cases[4])
        obey_all(session, cases[4])
        send_both(session, cases[5])
        hear(session, cases[5], NewsKind.MATCHED, kinds[0])
    defective_one(database)
    before = rows(database, _DUTIES)
    assert len({row[1:] for row in before}) >= 6

    command.downgrade(alembic_config(empty_database), "0012-1")
    migrate(empty_database)

    assert rows(database, _DUTIES) == before
    database.dispose()


def test_cases_there_are_are_counted_as_their_steps_would_have_noted(empty_database: str) -> None:
    migrate(empty_database)
    database = Database(empty_database)
    cases = [open_case(database, point_number=f"03{number:020d}") for number in range(3)]
    with database.transaction() as session:
        accept(session, cases[1])
        reject(session, cases[2])
        obey_all(session, cases[2])
    defective_one(database)
    columns = "day, segment, area, application_kind, new_retailer, current_retailer, phase, decided_in"
    noted = (
        f"SELECT {columns}, rejection_reasons, sum(cases) FROM case_volume_changes"
        f" GROUP BY {columns}, rejection_reasons HAVING sum(cases) <> 0 ORDER BY 7, 4"
    )
    before = rows(database, noted)
    assert len(before) == 4

    command.downgrade(alembic_config(empty_database), "0017")
    migrate(empty_database)

    assert rows(database, noted) == before
    database.dispose()


def defective_one(database: Database) -> None:
    """Make an application on its own that was found defective."""
    number = open_start(database, point_number="0300000000000000000099")
    with database.transaction() as session:
        at = lone_state(session, number).registered_at + timedelta(hours=1)
        news = GridNews(NewsKind.DEFECTIVE, ApplicationKind.START, number, "watch-1", at, defects=("address",))
        record_step(session, step=step_for(session, number, news))


def test_a_process_waits_for_another_that_migrates(empty_database: str) -> None:
    other = engine_to(empty_database, poolclass=NullPool)
    with ThreadPoolExecutor(1) as pool:
        with other.begin() as migrating:
            migrating.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            waiting = pool.submit(migrate, empty_database)
            wait_until_blocked(Database(empty_database))
            assert _tables(empty_database) == set()
        waiting.result()

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}


def test_migrating_again_changes_nothing(empty_database: str) -> None:
    for _ in range(2):
        migrate(empty_database)

    assert _tables(empty_database) == {*METADATA.tables, "alembic_version"}
