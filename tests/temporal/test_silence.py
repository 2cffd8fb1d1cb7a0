"""Who need not wait for workers that take nothing: the state alone, and with callers."""

import threading

import pytest

from temporal.attendance import Attendance
from temporal.gateway import TemporalAway
from temporal.silence import Silence, SilenceRules, Waiting, begun, gone, heard, may_wait

RULES = SilenceRules(few=3, patience=2.0)


def waiting(*cases: str, since: float = 0.0) -> Silence:
    silence = Silence()
    for ticket, case in enumerate(cases):
        silence = begun(silence, Waiting(ticket, case, since))
    return silence


def test_callers_wait_as_long_as_few_have_found_nobody() -> None:
    assert may_wait(waiting("A", "B"), now=100.0, rules=RULES)
    assert may_wait(waiting("A", "B", "C"), now=1.9, rules=RULES)


def test_once_a_few_have_waited_in_vain_no_other_begins() -> None:
    assert not may_wait(waiting("A", "B", "C"), now=2.0, rules=RULES)


def test_of_those_that_wait_only_the_first_goes_on() -> None:
    silence = waiting("A", "B", "C", "D")

    assert [may_wait(silence, now=2.0, rules=RULES, ticket=ticket) for ticket in range(4)] == [
        True,
        False,
        False,
        False,
    ]


def test_one_that_gave_up_counts_as_one_that_waits_in_vain() -> None:
    silence = waiting("A", "B", "C")
    for ticket in range(3):
        silence = gone(silence, ticket, missed=True, now=4.0)
    first = begun(silence, Waiting(9, "D", 5.0))

    assert may_wait(silence, now=5.0, rules=RULES), "somebody has to try"
    assert not may_wait(first, now=5.0, rules=RULES), "and one is enough"


def test_that_nobody_was_found_is_forgotten_once_nobody_has_asked_for_a_while() -> None:
    silence = waiting("A", "B", "C")
    for ticket in range(3):
        silence = gone(silence, ticket, missed=True, now=4.0)
    first = begun(silence, Waiting(9, "D", 34.0))

    assert may_wait(first, now=34.0, rules=RULES), "all wait again"
    assert not may_wait(begun(silence, Waiting(9, "D", 33.0)), now=33.9, rules=RULES)


def test_one_answer_lets_all_wait_again() -> None:
    silence = heard(waiting("A", "B", "C"), now=10.0)

    assert may_wait(silence, now=11.9, rules=RULES)
    assert not may_wait(silence, now=12.0, rules=RULES)


def test_who_was_answered_leaves_nothing_behind() -> None:
    assert gone(waiting("A"), 0, missed=False, now=1.0) == Silence()


def test_a_wedged_case_keeps_nobody_of_another_from_waiting() -> None:
    assert may_wait(waiting(*["A"] * 9), now=100.0, rules=RULES)


def test_callers_are_let_go_when_it_has_become_too_quiet_and_one_stays() -> None:
    # Each asks again and again whether it may go on, as the gateway does, until somebody lets the last one go.
    moment, attendance = [0.0], Attendance(rules=RULES, monotonic=lambda: moment[0])
    all_wait, end = threading.Barrier(13), threading.Event()
    left: list[str] = []

    def call(case: str) -> None:
        with pytest.raises(TemporalAway), attendance.caller(case) as caller:
            all_wait.wait(20)
            while caller.may_go_on():
                if end.wait(0.01):
                    break
            left.append(case)
            raise TemporalAway("nobody")

    threads = [threading.Thread(target=call, args=(f"case {number}",)) for number in range(12)]
    for thread in threads:
        thread.start()
    all_wait.wait(20)
    assert attendance.waiting == 12

    moment[0] = 2.0
    while len(left) < 11:
        end.wait(0.01)
    with pytest.raises(TemporalAway), attendance.caller("one more"):
        pytest.fail("nobody else waits")

    assert attendance.waiting == 1
    attendance.heard()
    with attendance.caller("after an answer"):
        assert attendance.waiting == 2
    end.set()
    for thread in threads:
        thread.join(20)
