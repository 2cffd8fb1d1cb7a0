"""``python -m upkeep files``: the bulk files on their way, and halting one of them."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from rules.bulk.progress import FileState
from runtime.settings.processes import UpkeepSettings
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.cast import NEW, OPERATOR
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.hub import Hub
from upkeep.__main__ import main

BY = ("--by", OPERATOR.user_id)
Say = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def desk(hub: Hub) -> BulkDesk:
    return BulkDesk(hub.database)


@pytest.fixture
def say(database_url: str, capsys: pytest.CaptureFixture[str]) -> Say:
    def said(*arguments: str) -> tuple[int, list[str]]:
        configured = UpkeepSettings.model_construct(
            database_url=SecretStr(database_url),
            message_key=SecretStr("for tests"),
            data_keys=SecretStr(KEYS_OF_TESTS),
            answer_within=20.0,
        )
        capsys.readouterr()
        status = main(arguments, configured=configured)
        return status, capsys.readouterr().out.splitlines()

    return said


def test_those_that_have_not_ended_are_listed_with_whose_they_are_and_how_far(desk: BulkDesk, say: Say) -> None:
    number = desk.running(referral_rows(desk.database, 2))

    status, (line,) = say("files", "list", *BY)

    assert status == 0
    assert line.startswith(f"{number}  ")
    assert f"（{NEW}） スイッチング廃止取次一括登録 低圧託送  実行中  2行のうち 受付 0・受付不可 0" in line


def test_where_all_have_ended_that_is_said(desk: BulkDesk, say: Say) -> None:
    number = desk.running(referral_rows(desk.database, 2))
    assert say("files", "stop", number, *BY) == (0, [f"{number}  中止しました。"])

    assert say("files", "list", *BY) == (0, ["終わっていないファイルはありません。"])


def test_one_is_paused_and_resumed(desk: BulkDesk, say: Say) -> None:
    number = desk.running(referral_rows(desk.database, 2))

    assert say("files", "pause", number, *BY) == (0, [f"{number}  中断しました。"])
    assert desk.overview(number).state is FileState.PAUSED
    assert say("files", "pause", number, *BY) == (3, [f"行いませんでした: {number} は「中断中」です。"])
    assert say("files", "resume", number, *BY) == (0, [f"{number}  再開しました。"])
    assert desk.overview(number).state is FileState.RUNNING


def test_one_that_is_not_there_and_somebody_unknown_are_said_to_be(desk: BulkDesk, say: Say) -> None:
    number = desk.running(referral_rows(desk.database, 1))

    assert say("files", "stop", "CSV20260101-0000000000", *BY) == (
        3,
        ["行いませんでした: CSV20260101-0000000000 というファイルはありません。"],
    )
    assert say("files", "stop", number, "--by", "9999nobody")[0] == 3
    assert desk.overview(number).state is FileState.RUNNING
