"""``python -m upkeep administrator``: an administrator's id comes once, and the hub operator helps it."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from models.database import Database
from runtime.settings.processes import UpkeepSettings
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, DECIDER, OPERATOR, register_cast
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database_contents import rows
from upkeep.__main__ import main

Say = Callable[..., tuple[int, str]]
BY = ("--by", OPERATOR.user_id)
SOMEBODY = ("--name", "見本 花子", "--email", "hanako@example.jp")


@pytest.fixture
def say(database: Database, database_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    """Carry out a command line; give its status and what it said."""
    with database.transaction() as session:
        register_cast(session)

    def said(*arguments: str) -> tuple[int, str]:
        configured = UpkeepSettings.model_construct(
            database_url=SecretStr(database_url),
            message_key=SecretStr("for tests"),
            data_keys=SecretStr(KEYS_OF_TESTS),
            answer_within=2.0,
        )
        status = main(("administrator", *arguments), configured=configured)
        return status, capsys.readouterr().out

    return said


def test_a_retailer_without_an_administrator_gets_one_who_hears_by_mail(say: Say, database: Database) -> None:
    status, words = say("appoint", "1003kanri1", *SOMEBODY, *BY)

    assert (status, "管理者として発行しました" in words) == (0, True)
    assert rows(database, "SELECT user_id, kind FROM user_mails") == [("1003kanri1", "registered")]
    assert rows(database, "SELECT role FROM users WHERE user_id = '1003kanri1'") == [("retailer_administrator",)]


@pytest.mark.parametrize(
    ("user_id", "reason"),
    [
        ("1002kanri2", "すでに管理者がいます"),
        ("9999kanri1", "その小売電気事業者、または管理者はいません"),
        ("1003yama01", "すでに使われています"),
        ("1003x", "半角英数字6文字"),
    ],
)
def test_what_cannot_be_an_administrator_is_said(say: Say, database: Database, user_id: str, reason: str) -> None:
    status, words = say("appoint", user_id, *SOMEBODY, *BY)

    assert (status, reason in words) == (3, True)
    assert rows(database, "SELECT count(*) FROM user_mails") == [(0,)]


@pytest.mark.parametrize("command", ["unlock", "reissue"])
def test_an_administrator_is_helped_and_nobody_else_of_a_retailer(say: Say, database: Database, command: str) -> None:
    assert say(command, ADMINISTRATOR.user_id, *BY)[0] == 0
    assert say(command, COLLEAGUE.user_id, *BY)[0] == 3

    assert rows(database, "SELECT subject FROM data_changes") == [(ADMINISTRATOR.user_id,)]


@pytest.mark.parametrize("by", [DECIDER.user_id, ADMINISTRATOR.user_id, "OCCTO00002", "OCCTO99999"])
def test_only_the_hub_operators_security_does_so(say: Say, by: str) -> None:
    status, words = say("reissue", ADMINISTRATOR.user_id, "--by", by)

    assert (status, "セキュリティ担当者ではありません" in words) == (3, True)
