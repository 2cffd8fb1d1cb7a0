"""What the role of the hub's processes may do with records: put them there and read them, and nothing else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from deploy.stack.postgres import Cluster
from migrations.rights import APPEND_ONLY
from models.database import Database
from models.records.sealing import close_batch, is_settled, seal_some
from tests.support.anonymous_reader import RECORDER
from tests.support.database_contents import rows
from tests.support.referrals import open_case


@pytest.fixture
def product(cluster: Cluster, database: Database) -> Iterator[Database]:
    """Open the database as the hub's processes do."""
    opened = Database(cluster.product_url)
    with opened.transaction() as session:
        RECORDER.record(session, ["SW1"])
    yield opened
    opened.dispose()


def test_it_does_the_hubs_work(product: Database) -> None:
    number = open_case(product)
    closed = close_batch(product)
    with product.transaction() as session:
        assert is_settled(session, closed)

    assert len(product.run(lambda session: seal_some(session, closed))) == 1
    assert rows(product, "SELECT case_number FROM case_history") == [(number,)]
    assert rows(product, "SELECT subject FROM data_changes") == [(number,)]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"])
def test_it_takes_no_record_away_and_turns_nothing_off(product: Database, table: str, statement: str) -> None:
    refuse(product, statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE data_reads SET subject = ''",
        "UPDATE record_seals SET hash = ''",
        (
            "INSERT INTO data_reads (at, batch, interface_number, subject, message_id, source_address) "
            "VALUES (now(), 0, '', '', '', '')"
        ),
        (
            "INSERT INTO data_reads (at, at_real, interface_number, subject, message_id, source_address) "
            "VALUES (now(), now(), '', '', '', '')"
        ),
        "SELECT setval('record_batch', 1)",
        "UPDATE alembic_version SET version_num = ''",
        "SET session_replication_role = replica",
        "SET ROLE hub",
    ],
)
def test_it_changes_none_and_gives_none_another_time_or_batch(product: Database, statement: str) -> None:
    refuse(product, statement)


def refuse(product: Database, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), product.transaction() as session:
        session.execute(text(statement))
