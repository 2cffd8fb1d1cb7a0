"""The keys of personal data are changed while the hub runs: nothing is lost, and the old key is needed no more."""

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from models.database import Database
from models.encryption import use_keys
from runtime.data_keys import KeySource, new_key
from runtime.settings.processes import UpkeepSettings
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.message_contents import all_contents
from tests.support.referrals import open_case
from upkeep.__main__ import main
from upkeep.console import AGREED, DIFFERS

Say = Callable[..., tuple[int, str]]
OLD, NEW = new_key("2026"), new_key("2027")


@pytest.fixture
def say(database: Database, database_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Say]:
    """Carry out a command line with some keys; give its status and what it said."""

    def said(*arguments: str, keys: str) -> tuple[int, str]:
        configured = UpkeepSettings.model_construct(database_url=SecretStr(database_url), data_keys=SecretStr(keys))
        status = main(("keys", *arguments), configured=configured)
        return status, capsys.readouterr().out

    yield said
    use_keys(KeySource(text=KEYS_OF_TESTS))


def test_after_a_change_the_old_key_is_needed_no_more(
    say: Say, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.rekeying.AT_ONCE", 2)
    use_keys(KeySource(text=OLD))
    for number in range(5):
        open_case(database, point_number=f"03{number:020d}")
    before = all_contents(database)

    both = f"{NEW} {OLD}"
    assert say(keys=both)[1].split()[:6] == ["2027", "0", "件", "書く鍵", "2026", "5"]
    assert all_contents(database) == before, "read while both are there"
    status, words = say("apply", keys=both)
    assert (status, "message_contents.values 5 件" in " ".join(words.split())) == (AGREED, True)
    assert "2026" in say(keys=both)[1] and "5 件  書く鍵" in say(keys=both)[1]
    assert say("apply", keys=both)[1].count(" 0 件") == len(words.splitlines()), "done again it has nothing to do"

    status, words = say(keys=NEW)
    assert (status, words.split()) == (AGREED, ["2027", "5", "件", "書く鍵"])
    assert sorted(map(str, all_contents(database))) == sorted(map(str, before))


def test_what_needs_a_missing_key_is_told_and_left_as_it_is(say: Say, database: Database) -> None:
    use_keys(KeySource(text=OLD))
    open_case(database)
    kept = all_contents(database)

    assert say(keys=NEW)[0] == DIFFERS
    status, words = say("apply", keys=NEW)
    assert (status, "2026  開けられないもの 1 件。" in words) == (DIFFERS, True)

    use_keys(KeySource(text=OLD))
    assert all_contents(database) == kept


def test_a_new_key_can_be_used_as_it_is_written(say: Say, database: Database) -> None:
    status, line = say("new", "2028", keys=OLD)

    assert (status, KeySource(text=line).keys().writing) == (AGREED, "2028")
