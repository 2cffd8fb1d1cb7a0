"""The same thing is not said again and again to somebody who does not react."""

from datetime import timedelta

from temporal.repeats import Repeats


def test_what_was_said_last_is_not_said_again_for_a_while() -> None:
    now = [0.0]
    repeats = Repeats(again_after=timedelta(minutes=5), clock=lambda: now[0])
    assert not repeats.lately("case", "matched")

    repeats.note("case", "matched")

    now[0] = 299.0
    assert repeats.lately("case", "matched")
    assert not repeats.lately("case", "completed")
    assert not repeats.lately("another", "matched")
    now[0] = 300.0
    assert not repeats.lately("case", "matched")


def test_something_else_in_between_lets_it_be_said_again() -> None:
    repeats = Repeats(again_after=timedelta(minutes=5))

    repeats.note("case", "received")
    repeats.note("case", "matched")

    assert not repeats.lately("case", "received")


def test_what_was_said_long_ago_is_forgotten() -> None:
    now = [0.0]
    repeats = Repeats(again_after=timedelta(minutes=5), clock=lambda: now[0])
    for number in range(100):
        now[0] = number * 60.0
        repeats.note(f"case {number}", "matched")

    assert len(repeats) == 5
