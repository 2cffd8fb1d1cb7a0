"""Sessions of the database are as the code relies on, however role, database and environment are set up."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import psycopg2
import pytest
from psycopg2.errors import UniqueViolation
from sqlalchemy import text

from deploy.stack.postgres import Cluster
from models.cases.case_filter import CaseFilter
from models.cases.history import case_history
from models.cases.queries import incoming_referrals, referral_results
from models.cases.scope import Scope
from models.cases.screens import find_cases
from models.clock import business_now, clock_offset, move_clock
from models.connections import RELIED_ON, engine_to
from models.database import Database, Session
from rules.procedure.outcomes import HistoryKind
from runtime.postgres_address import address_parts
from tests.support.anonymous_reader import RECORDER
from tests.support.cast import CURRENT, NEW, register_retailers
from tests.support.database import migrate
from tests.support.referrals import register

ODD = {
    "default_transaction_isolation": "'serializable'",
    "timezone": "'America/St_Johns'",
    "datestyle": "'German, DMY'",
    "intervalstyle": "'sql_standard'",
    "standard_conforming_strings": "off",
    "bytea_output": "'escape'",
    "client_encoding": "'EUC_JP'",
    "extra_float_digits": "-15",
    "synchronous_commit": "off",
}
AT_ONCE = 6


@pytest.fixture
def odd_url(cluster: Cluster) -> Iterator[Callable[..., str]]:
    """Make a database of the hub with a setting of its own, and give its address."""
    server = psycopg2.connect(cluster.url)
    server.autocommit = True
    cursor = server.cursor()
    url = cluster.url.rpartition("/")[0] + "/odd"

    def make(*settings: str) -> str:
        cursor.execute("CREATE DATABASE odd")
        for setting in settings:
            cursor.execute(f"ALTER DATABASE odd SET {setting}")
        migrate(url)
        return url

    yield make
    cursor.execute("DROP DATABASE IF EXISTS odd WITH (FORCE)")
    server.close()


def _register_at_once(database: Database) -> set[str]:
    """Have all read what is there, and then all write."""
    ready = Barrier(AT_ONCE)

    def register_one(number: int) -> str:
        with database.transaction() as session:
            business_now(session)
            ready.wait(20)
            answer = register(session, point_number=f"03{number:020d}").answer
        assert answer is not None
        return answer.case_number

    with database.transaction() as session:
        register_retailers(session)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return set(threads.map(register_one, range(AT_ONCE)))


@pytest.mark.parametrize("setting", ODD)
def test_the_usual_work_is_done_whatever_the_database_is_set_to(odd_url: Callable[..., str], setting: str) -> None:
    database = Database(odd_url(f"{setting} = {ODD[setting]}"))
    try:
        assert _shown(database, "synchronous_commit") == "on", "what was accepted is on disk"
        numbers = _register_at_once(database)
        with database.transaction() as session:
            move_clock(session, by=timedelta(days=40, hours=3, seconds=1))
        with database.transaction() as session:
            offset = clock_offset(session)
            referrals, *_ = incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT)
            results, *_ = referral_results(session, recorder=RECORDER, new_retailer=NEW)
            page = find_cases(session, scope=Scope(None), case_filter=CaseFilter())
            history = case_history(session, case_number=referrals[0].case_number)
    finally:
        database.dispose()

    assert offset == timedelta(days=40, hours=3, seconds=1)
    assert len(numbers) == AT_ONCE
    assert numbers == {referral.case_number for referral in referrals} == {referral.case_number for referral in results}
    assert numbers == {line.case_number for line in page.items}
    assert {referral.holder_name for referral in referrals} == {"髙橋　太郎"}
    assert [written.line.kind for written in history] == [HistoryKind.REGISTERED]


def _shown(database: Database, name: str) -> str:
    with database.transaction() as session:
        return str(session.execute(text(f"SHOW {name}")).scalar_one())


def test_texts_and_bytes_arrive_as_they_are_whatever_strings_the_database_takes(odd_url: Callable[..., str]) -> None:
    database = Database(odd_url("standard_conforming_strings = off"))
    words, data = "\\' ; \\n \\x41", bytes(range(256))
    try:
        with database.transaction() as session:
            row = session.execute(
                text("SELECT CAST(:words AS text), CAST(:data AS bytea)"), {"words": words, "data": data}
            )
            assert [(said, bytes(kept)) for said, kept in row] == [(words, data)]
    finally:
        database.dispose()


def test_the_environment_of_a_process_changes_nothing_of_it(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PGTZ": "UTC",
        "PGDATESTYLE": "German",
        "PGCLIENTENCODING": "EUC_JP",
        "PGOPTIONS": "-c default_transaction_isolation=serializable -c intervalstyle=iso_8601",
    }.items():
        monkeypatch.setenv(name, value)
    database = Database(database_url)

    assert {name: _shown(database, name) for name in RELIED_ON} == RELIED_ON
    assert _shown(database, "client_encoding") == "UTF8"
    database.dispose()


def test_what_the_operator_writes_in_the_address_holds(database_url: str) -> None:
    url = f"{database_url}?options=-c%20statement_timeout%3D7s%20-c%20lock_timeout%3D3s&application_name=tried"
    database = Database(url)
    migrating = engine_to(url)

    assert (_shown(database, "statement_timeout"), _shown(database, "lock_timeout")) == ("7s", "3s")
    assert _shown(database, "application_name") == "tried"
    assert _shown(database, "timezone") == "Asia/Tokyo"
    with migrating.connect() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar_one() == "7s"
        assert connection.execute(text("SHOW timezone")).scalar_one() == "Asia/Tokyo"
    database.dispose()
    migrating.dispose()


def test_a_stricter_setting_for_what_is_on_disk_stays(odd_url: Callable[..., str]) -> None:
    database = Database(odd_url("synchronous_commit = remote_apply"))

    assert _shown(database, "synchronous_commit") == "remote_apply"
    database.dispose()


def test_of_several_hosts_the_one_that_takes_writes_is_used(cluster: Cluster) -> None:
    parts = address_parts(cluster.url)
    address = f"{parts['user']}:{parts['password']}@127.0.0.1:1,127.0.0.1:{parts['port']}"
    database = Database(f"postgres://{address}/hub?target_session_attrs=read-write&connect_timeout=3")

    assert _shown(database, "default_transaction_isolation") == "read committed"
    database.dispose()


@pytest.mark.parametrize(
    "url",
    ["mysql://hub:secret@db/hub", "postgresql://hub:secret@db/hub?sslmod=require", "postgresql://a@b/c?host=1&host=2"],
)
def test_an_address_that_cannot_be_read_is_told_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="must be|cannot be read|more than once") as error:
        Database(url)

    assert "secret" not in str(error.value)


class TestWorkThatTheDatabaseTookBack:
    def test_two_that_lock_each_other_out_are_both_done(self, database: Database) -> None:
        with database.transaction() as session:
            register_retailers(session)
        both_hold, order = Barrier(2), ((NEW, CURRENT), (CURRENT, NEW))
        times = []

        def rename(which: int) -> None:
            def work(session: Session) -> None:
                times.append(which)
                for turn, code in enumerate(order[which]):
                    session.execute(
                        text("UPDATE participants SET name = name || :mark WHERE code = :code"),
                        {"code": code, "mark": str(which)},
                    )
                    if turn == 0 and times.count(which) == 1:
                        both_hold.wait(20)

            database.run(work)

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(rename, (0, 1)))

        with database.transaction() as session:
            names = session.execute(text("SELECT name FROM participants WHERE code IN ('1001', '1002')")).scalars()
            assert all(sorted(name[-2:]) == ["0", "1"] for name in names)
        assert len(times) > 2, "one of them was done again; on a busy machine the two may meet once more"

    def test_all_of_several_that_read_and_write_the_same_are_done(self, odd_url: Callable[..., str]) -> None:
        # Serializable by the work's own wish: so the database takes back all but one, again and again.
        database = Database(odd_url())
        begun = Barrier(AT_ONCE)
        first = set(range(AT_ONCE))

        def add(number: int) -> None:
            def work(session: Session) -> None:
                session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                ahead = session.execute(text("SELECT ahead FROM business_clock")).scalar_one()
                if number in first:
                    first.discard(number)
                    begun.wait(20)
                session.execute(text("UPDATE business_clock SET ahead = :ahead"), {"ahead": ahead + timedelta(days=1)})

            database.run(work)

        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(add, range(AT_ONCE)))

        with database.transaction() as session:
            assert clock_offset(session) == timedelta(days=AT_ONCE)
        database.dispose()

    def test_what_would_fail_again_is_not_tried_again(self, database: Database) -> None:
        tried = []

        def work(session: Session) -> None:
            tried.append(True)
            session.execute(text("INSERT INTO business_clock (id, ahead) VALUES (1, '0')"))

        with pytest.raises(Exception) as failed:
            database.run(work)

        assert isinstance(getattr(failed.value, "orig", None), UniqueViolation)
        assert len(tried) == 1
