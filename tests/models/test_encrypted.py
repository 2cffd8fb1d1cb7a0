"""Encrypted columns: plain to whoever reads them, of no use to whoever has the database alone."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.cases.referrals import incoming_referrals
from models.database import Database
from models.encryption import Altered, KeyMissing, decrypt, encrypt, mark_of, use_keys, writing_key
from models.messages.tables import MessageContentRow
from models.prepared import Prepared
from models.reads import ReadRecorder
from runtime.data_keys import KeySource, new_key
from tests.support.cast import CURRENT
from tests.support.data_keys import KEYS_OF_TESTS
from tests.support.database_contents import rows
from tests.support.message_contents import all_contents
from tests.support.referrals import open_case

Open = Callable[[Database], AbstractContextManager[Any]]
COLUMN = "message_contents.values"
OLD, NEW = new_key("2026"), new_key("2027")


@pytest.fixture
def use() -> Iterator[Callable[[KeySource], None]]:
    """Give this process other keys until the end of the test."""
    yield use_keys
    use_keys(KeySource(text=KEYS_OF_TESTS))


def test_what_is_stored_says_its_key_and_nothing_that_it_holds(database: Database) -> None:
    open_case(database)

    (said,) = all_contents(database)
    ((stored,),) = rows(database, "SELECT values FROM message_contents")
    assert bytes(stored).startswith(mark_of("tests"))
    assert said["holder_name"].encode() not in bytes(stored)
    assert bytes(stored) != encrypt(decrypt(bytes(stored), column=COLUMN), column=COLUMN), "no two are equal"


@pytest.mark.parametrize("opened", [Database.plain_transaction, Database.transaction], ids=["plain", "session"])
def test_a_prepared_statement_reads_it_plain_either_way(database: Database, opened: Open) -> None:
    open_case(database)
    statement = Prepared(select(MessageContentRow.key, MessageContentRow.values))

    with opened(database) as line:
        (row,) = statement.rows(line)

    assert [row.values] == all_contents(database)


def test_a_value_that_was_changed_or_comes_from_another_column_is_not_taken() -> None:
    stored = encrypt(b"words", column=COLUMN)
    changed = stored[:-1] + bytes([stored[-1] ^ 1])

    assert decrypt(stored, column=COLUMN) == b"words"
    for wrong, column in ((changed, COLUMN), (stored, "form_drafts.values"), (stored[:8], COLUMN)):
        with pytest.raises(Altered, match=column):
            decrypt(wrong, column=column)


def test_the_first_key_writes_and_every_key_reads(use: Callable[[KeySource], None]) -> None:
    use(KeySource(text=OLD))
    before = encrypt(b"words", column=COLUMN)
    use(KeySource(text=f"{NEW} {OLD}"))

    assert encrypt(b"more", column=COLUMN).startswith(mark_of("2027"))
    assert decrypt(before, column=COLUMN) == b"words"


def test_a_missing_key_is_named_and_spoils_no_other_row_of_a_list(
    database: Database, use: Callable[[KeySource], None]
) -> None:
    use(KeySource(text=OLD))
    lost = open_case(database, point_number="0300000000000000000001")
    use(KeySource(text=NEW))
    there = open_case(database, point_number="0300000000000000000002")
    recorder = ReadRecorder(retailer_code=CURRENT, source_address="127.0.0.1")

    with database.transaction() as session:
        shown, _, left_out = incoming_referrals(session, recorder=recorder, current_retailer=CURRENT)

    assert ([referral.case_number for referral in shown], left_out) == ([there], [lost])
    with pytest.raises(KeyMissing, match=f"no data key 2026 for {COLUMN}"):
        all_contents(database)


def test_a_file_of_keys_that_changes_is_heard_while_the_process_runs(
    tmp_path: Path, use: Callable[[KeySource], None]
) -> None:
    use(KeySource(text=NEW))
    of_the_new_key = encrypt(b"words", column=COLUMN)
    file = tmp_path / "keys"
    file.write_text(OLD)
    source = KeySource(file=file)
    use(source)
    of_the_old_key = encrypt(b"words", column=COLUMN)

    file.write_text(f"{NEW}\n{OLD}\n")
    assert decrypt(of_the_new_key, column=COLUMN) == b"words", "a key that it does not know makes it look at once"
    assert writing_key() == "2027"
    file.write_text("spoilt")
    assert source.look_again().writing == "2027", "what was known goes on"
    assert decrypt(of_the_old_key, column=COLUMN) == b"words"
