"""The circuit breaker: closed, open for a while, one call that tries."""

from grid_client.breaker import Breaker, BreakerRules, answered, failed, let_through

RULES = BreakerRules(failures=3, pause=10.0, slow=5.0)


def after_failures(count: int, *, now: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(count):
        breaker = failed(breaker, now=now, rules=RULES)
    return breaker


def after_answer(breaker: Breaker, *, took: float = 0.1, now: float = 0.0) -> Breaker:
    return answered(breaker, took=took, now=now, rules=RULES)


def may_call(breaker: Breaker, now: float) -> bool:
    return let_through(breaker, now=now, rules=RULES)[0]


def test_calls_are_made_until_so_many_have_failed_in_a_row() -> None:
    assert may_call(after_failures(2), now=0.0)
    assert not may_call(after_failures(3), now=0.0)


def test_an_answer_between_them_starts_the_count_anew() -> None:
    breaker = failed(failed(after_answer(after_failures(2)), now=0.0, rules=RULES), now=0.0, rules=RULES)

    assert may_call(breaker, now=0.0)


def test_no_call_is_made_until_the_pause_is_over() -> None:
    breaker = after_failures(3, now=100.0)

    assert not may_call(breaker, now=109.9)
    assert may_call(breaker, now=110.0)


def test_then_one_call_tries_and_the_others_wait_for_what_becomes_of_it() -> None:
    first, trying = let_through(after_failures(3), now=10.0, rules=RULES)

    assert first
    assert not may_call(trying, now=10.0)
    assert may_call(after_answer(trying, now=10.0), now=10.0)


def test_a_try_that_fails_opens_it_for_another_pause() -> None:
    _, trying = let_through(after_failures(3), now=10.0, rules=RULES)
    breaker = failed(trying, now=12.0, rules=RULES)

    assert not may_call(breaker, now=21.9)
    assert may_call(breaker, now=22.0)


def test_a_try_that_never_comes_back_does_not_keep_it_open_for_ever() -> None:
    _, trying = let_through(after_failures(3), now=10.0, rules=RULES)

    assert may_call(trying, now=20.0)


def test_answers_that_came_too_slowly_count_as_failures_do() -> None:
    breaker = after_failures(2)

    assert not may_call(after_answer(breaker, took=5.1), now=0.0)
    assert may_call(after_answer(breaker, took=5.0), now=0.0)


def test_a_try_that_is_answered_too_slowly_opens_it_for_another_pause() -> None:
    _, trying = let_through(after_failures(3), now=10.0, rules=RULES)
    breaker = after_answer(trying, took=9.0, now=19.0)

    assert not may_call(breaker, now=28.9)
    assert may_call(breaker, now=29.0)
