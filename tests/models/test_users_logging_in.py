"""Logging in: failures in a row lock a user id for half an hour, and everything is on record."""

from datetime import timedelta

from sqlalchemy import text

from models.database import Database
from models.users.operations import LoginResult, log_in, log_out
from models.users.queries import viewer_of_session
from rules.calendar import JST
from schemas.codes import LoginOutcome
from tests.support.cast import COLLEAGUE, DECIDER, register_cast
from tests.support.concurrency import at_once
from tests.support.database_contents import rows

ADDRESS = "192.0.2.1"


def _try(database: Database, user_id: str = DECIDER.user_id, *, right: bool) -> LoginResult:
    with database.transaction() as session:
        return log_in(session, user_id=user_id, password_fits=right, source_address=ADDRESS)


def _fail(database: Database, times: int, user_id: str = DECIDER.user_id) -> LoginResult:
    for _ in range(times):
        result = _try(database, user_id, right=False)
    return result


def _cast(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)


def _later(database: Database, by: timedelta) -> None:
    with database.transaction() as session:
        session.execute(text("UPDATE login_guards SET locked_until = locked_until - :by"), {"by": by})


def test_the_right_password_opens_a_session(database: Database) -> None:
    _cast(database)

    result = _try(database, right=True)

    assert result.outcome is LoginOutcome.SUCCEEDED
    assert result.viewer is not None and result.viewer.user_id == DECIDER.user_id
    assert result.token is not None and len(result.token) >= 43
    with database.transaction() as session:
        assert viewer_of_session(session, token=result.token) == result.viewer


def test_a_wrong_password_opens_nothing(database: Database) -> None:
    _cast(database)

    assert _try(database, right=False) == LoginResult(LoginOutcome.FAILED)
    assert rows(database, "SELECT * FROM login_sessions") == []


def test_the_fifth_failure_in_a_row_locks_for_half_an_hour(database: Database) -> None:
    _cast(database)

    assert _fail(database, 4).locked_until is None
    fifth = _fail(database, 1)

    ((now,),) = rows(database, "SELECT clock_timestamp()")
    assert fifth.outcome is LoginOutcome.FAILED
    assert fifth.locked_until is not None and fifth.locked_until.tzinfo is JST
    assert timedelta(minutes=29) < fifth.locked_until - now <= timedelta(minutes=30)


def test_while_locked_the_right_password_is_refused_too(database: Database) -> None:
    _cast(database)
    until = _fail(database, 5).locked_until

    assert _try(database, right=True) == LoginResult(LoginOutcome.LOCKED, locked_until=until)


def test_attempts_while_locked_do_not_make_the_lock_longer(database: Database) -> None:
    _cast(database)
    until = _fail(database, 5).locked_until

    assert _fail(database, 6).locked_until == until


def test_after_the_lock_the_right_password_is_let_in(database: Database) -> None:
    _cast(database)
    _fail(database, 5)
    _later(database, timedelta(minutes=31))

    assert _try(database, right=True).outcome is LoginOutcome.SUCCEEDED


def test_after_the_lock_it_takes_five_failures_again(database: Database) -> None:
    _cast(database)
    _fail(database, 5)
    _later(database, timedelta(minutes=31))

    assert _fail(database, 4).locked_until is None
    assert _fail(database, 1).locked_until is not None


def test_a_success_forgets_the_failures_before_it(database: Database) -> None:
    _cast(database)
    _fail(database, 4)
    _try(database, right=True)

    assert _fail(database, 4).locked_until is None


def test_one_persons_failures_do_not_lock_another(database: Database) -> None:
    _cast(database)
    _fail(database, 5)

    assert _try(database, COLLEAGUE.user_id, right=True).outcome is LoginOutcome.SUCCEEDED


def test_an_id_that_nobody_has_is_locked_like_any_other(database: Database) -> None:
    _cast(database)

    assert _fail(database, 4, "1002nobody") == _fail(database, 4)
    assert _fail(database, 1, "1002nobody").locked_until is not None
    assert _try(database, "1002nobody", right=True).outcome is LoginOutcome.LOCKED


def test_an_id_that_nobody_has_is_not_let_in(database: Database) -> None:
    _cast(database)

    assert _try(database, "1002nobody", right=True).outcome is LoginOutcome.FAILED


def test_failures_side_by_side_are_all_counted(database: Database) -> None:
    _cast(database)

    results = at_once(*[lambda: _try(database, right=False)] * 6)

    assert sorted(result.outcome for result in results) == [LoginOutcome.FAILED] * 5 + [LoginOutcome.LOCKED]
    assert sum(result.locked_until is not None for result in results) == 2


def test_each_attempt_and_each_logout_is_on_record(database: Database) -> None:
    _cast(database)
    _fail(database, 2)
    token = _try(database, right=True).token
    assert token is not None
    with database.transaction() as session:
        log_out(session, token=token, source_address="192.0.2.9")
    _fail(database, 5)
    _try(database, right=True)

    events = rows(
        database,
        "SELECT outcome, source_address FROM login_events WHERE user_id = :user"
        " AND at BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() ORDER BY id",
        user=DECIDER.user_id,
    )

    assert events == [
        *[("failed", ADDRESS)] * 2,
        ("succeeded", ADDRESS),
        ("logged_out", "192.0.2.9"),
        *[("failed", ADDRESS)] * 5,
        ("locked", ADDRESS),
    ]


def test_a_thousand_wrong_passwords_from_fifty_addresses_lock_those_ids_and_nobody_else(database: Database) -> None:
    _cast(database)
    tried = [COLLEAGUE.user_id, *(f"1002nobod{last}" for last in range(9))]
    for attempt in range(1000):
        with database.transaction() as session:
            user_id, address = tried[attempt % len(tried)], f"192.0.2.{attempt % 50}"
            log_in(session, user_id=user_id, password_fits=False, source_address=address)

    locked = {user_id for (user_id,) in rows(database, "SELECT user_id FROM login_guards WHERE locked_until > now()")}

    assert locked == set(tried)
    assert _try(database, COLLEAGUE.user_id, right=True).outcome is LoginOutcome.LOCKED
    with database.transaction() as session:
        mine = log_in(session, user_id=DECIDER.user_id, password_fits=True, source_address="192.0.2.1")
    assert mine.outcome is LoginOutcome.SUCCEEDED
