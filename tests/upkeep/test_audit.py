"""``python -m upkeep audit``: the records are proved, the first that does not fit is named, and they are searched."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from deploy.stack.postgres import Cluster
from models.database import Database
from runtime.settings.processes import UpkeepSettings
from sweeper.sealing import Sealer
from tests.support.anonymous_reader import RECORDER
from tests.support.cast import DECIDER, HUB_PERSON, NEW, POINT, register_cast
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database_contents import rows
from tests.support.referrals import open_case
from upkeep.__main__ import main

Say = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def say(database: Database, cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> Say:
    """Carry out a command line as the role of the hub's processes; give its status and the lines it said."""
    register_cast_of(database)

    def said(*arguments: str, url: str = cluster.product_url) -> tuple[int, list[str]]:
        configured = UpkeepSettings.model_construct(
            database_url=SecretStr(url),
            message_key=SecretStr("for tests"),
            data_keys=SecretStr(KEYS_OF_TESTS),
            maintenance_windows="",
        )
        status = main(("audit", *arguments), configured=configured)
        return status, capsys.readouterr().out.splitlines()

    return said


def register_cast_of(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)


def seal(database: Database) -> str:
    newest = Sealer(database=database).seal()
    assert newest is not None
    return f"{newest.number}:{newest.hash}"


def read(database: Database, *subjects: str) -> None:
    with database.transaction() as session:
        RECORDER.record(session, subjects)


def by_owner(database: Database, statement: str) -> None:
    with database.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(statement))


def test_records_that_nobody_touched_fit_and_the_newest_seal_is_said(say: Say, database: Database) -> None:
    assert say("verify") == (0, ["封緘された記録はまだありません。"])
    read(database, "SW1", "SW2")
    published = seal(database)
    read(database, "SW3")

    status, lines = say("verify", "--published", published)

    assert (status, lines[0]) == (0, "合っています: 参照 2 件、変更 0 件")
    assert lines[1].startswith(f"最新の封緘 {published}（")
    assert lines[2].startswith("まだ封緘されていない記録 1 件")


@pytest.mark.parametrize(
    ("tampering", "words"),
    [
        (
            "UPDATE data_reads SET retailer_code = '1009' WHERE subject = 'SW2'",
            "{row}、封緘 1: 封緘の後に変えられています",
        ),
        ("DELETE FROM data_reads WHERE subject = 'SW2'", "{row}、封緘 1: 封緘の後に消されています"),
        (
            (
                "INSERT INTO data_reads (at, batch, interface_number, subject, message_id, source_address) "
                "SELECT at, batch, '', 'SW9', '', '' FROM data_reads WHERE subject = 'SW2'"
            ),
            "参照の記録 {new}: 封緘の後に過去へ差し込まれています",
        ),
    ],
    ids=["changed", "deleted", "inserted in the past"],
)
def test_the_first_row_that_does_not_fit_is_named(say: Say, database: Database, tampering: str, words: str) -> None:
    read(database, "SW1", "SW2", "SW3")
    seal(database)
    (((row,),), ((last,),)) = (
        rows(database, "SELECT id FROM data_reads WHERE subject = 'SW2'"),
        rows(database, "SELECT max(id) FROM data_reads"),
    )
    by_owner(database, tampering)

    status, lines = say("verify")

    assert (status, lines) == (1, [f"合いません: {words.format(row=f'参照の記録 {row}', new=last + 1)}"])


def test_a_chain_that_was_made_anew_differs_from_what_was_published(say: Say, database: Database) -> None:
    read(database, "SW1")
    seal(database)

    assert say("verify", "--published", f"1:{'0' * 64}") == (1, ["合いません: 封緘 1: 公表されたハッシュと異なります"])
    with pytest.raises(SystemExit):
        say("verify", "--published", "1")


def test_who_comes_in_as_a_role_that_could_change_records_is_told(say: Say, cluster: Cluster) -> None:
    status, lines = say("verify", url=cluster.url)

    assert status == 0
    assert lines[-1].startswith("注意: ")


def test_records_are_found_by_point_and_case_and_the_search_is_one_of_them(say: Say, database: Database) -> None:
    number = open_case(database)
    read(database, number, POINT, "SW-OTHER")

    status, lines = say("search", "--by", HUB_PERSON, "--number", POINT)

    assert status == 0
    assert [line.split("  ")[3] for line in lines[:-1]] == [POINT, number]
    assert lines[-1] == "2 件"
    found = say("search", "--by", HUB_PERSON, "--user", HUB_PERSON)[1]
    assert "参照と変更の記録を探す: 参照、～" in found[0]
    assert (found[0].split("  ")[1], found[0].split("  ")[3]) == (f"広域機関・{HUB_PERSON}", POINT)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (("--retailer", NEW), 1),
        (("--retailer", "9999"), 0),
        (("--purpose", "12210"), 1),
        (("--purpose", "%"), 0),
        (("--from", "2026-01-01"), 1),
        (("--to", "2026-01-01"), 0),
        (("--user", DECIDER.user_id), 0),
        (("--kind", "change", "--retailer", NEW), 1),
    ],
)
def test_each_condition_narrows(say: Say, database: Database, condition: tuple[str, ...], count: int) -> None:
    open_case(database)
    read(database, "SW1")

    assert say("search", "--by", HUB_PERSON, *condition)[1][-1] == f"{count} 件"


def test_only_the_hub_operator_searches_all(say: Say) -> None:
    assert say("search", "--by", DECIDER.user_id)[0] == 3
