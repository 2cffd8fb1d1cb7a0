"""Sessions: kept on the server, over after half an hour without use and after twelve hours in any case."""

import hashlib

import pytest
from sqlalchemy import text

from models.database import Database
from models.users.operations import log_out
from models.users.queries import viewer_of_session
from tests.support.cast import COLLEAGUE, DECIDER
from tests.support.database_contents import rows
from tests.support.logins import token_of


def _user_of(database: Database, token: str) -> str | None:
    with database.transaction() as session:
        viewer = viewer_of_session(session, token=token)
    return None if viewer is None else viewer.user_id


def _age(database: Database, *, whole: str, idle: str) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "UPDATE login_sessions SET began_at = clock_timestamp() - CAST(:whole AS interval),"
                " last_seen_at = clock_timestamp() - CAST(:idle AS interval)"
            ),
            {"whole": whole, "idle": idle},
        )


@pytest.mark.parametrize(
    ("whole", "idle", "alive"),
    [
        ("29 minutes", "29 minutes", True),
        ("30 minutes", "30 minutes", False),
        ("11:59", "1 minute", True),
        ("12 hours", "1 minute", False),
    ],
)
def test_it_ends_by_idleness_and_by_age(database: Database, whole: str, idle: str, alive: bool) -> None:
    token = token_of(database, DECIDER)
    _age(database, whole=whole, idle=idle)

    assert _user_of(database, token) == (DECIDER.user_id if alive else None)


def test_use_keeps_it_alive(database: Database) -> None:
    token = token_of(database, DECIDER)
    for _ in range(2):
        _age(database, whole="2 hours", idle="29 minutes")
        assert _user_of(database, token) == DECIDER.user_id

    ((recent,),) = rows(database, "SELECT last_seen_at > clock_timestamp() - interval '1 minute' FROM login_sessions")
    assert recent


def test_an_ended_one_does_not_come_back_by_use(database: Database) -> None:
    token = token_of(database, DECIDER)
    _age(database, whole="1 hour", idle="31 minutes")

    assert [_user_of(database, token) for _ in range(2)] == [None, None]


def test_logging_out_ends_it_at_once_and_no_other(database: Database) -> None:
    mine, at_another_desk, colleagues = (token_of(database, who) for who in (DECIDER, DECIDER, COLLEAGUE))
    with database.transaction() as session:
        log_out(session, token=mine, source_address="192.0.2.1")

    assert _user_of(database, mine) is None
    assert _user_of(database, at_another_desk) == DECIDER.user_id
    assert _user_of(database, colleagues) == COLLEAGUE.user_id


def test_logging_out_again_changes_nothing(database: Database) -> None:
    token = token_of(database, DECIDER)
    for _ in range(2):
        with database.transaction() as session:
            log_out(session, token=token, source_address="192.0.2.1")

    assert rows(database, "SELECT count(*) FROM login_events WHERE outcome = 'logged_out'") == [(1,)]


def test_a_token_that_was_never_given_is_nobodys(database: Database) -> None:
    token = token_of(database, DECIDER)

    for guess in ("", token[:-1], hashlib.sha256(token.encode()).hexdigest()):
        assert _user_of(database, guess) is None


def test_the_token_itself_is_not_kept(database: Database) -> None:
    token = token_of(database, DECIDER)

    assert rows(database, "SELECT token_hash FROM login_sessions") == [(hashlib.sha256(token.encode()).hexdigest(),)]


def test_logging_in_clears_away_what_has_ended(database: Database) -> None:
    for _ in range(2):
        token_of(database, DECIDER)
    _age(database, whole="13 hours", idle="1 minute")
    token_of(database, DECIDER)

    assert rows(database, "SELECT count(*) FROM login_sessions") == [(1,)]
