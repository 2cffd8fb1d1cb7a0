"""What one caller, one target and all relaying may hold: over every small server."""

from collections import Counter
from itertools import product

import pytest

from runtime.slots.shares import Hindrance, Shares, Slot, hindrance_to_begin, hindrance_to_relay

HALVES = Shares(caller=0.5, target=0.25, relaying=0.5)
A, B, C = b"1001", b"2001", b"3001"
TOKYO, KANSAI, KYUSHU = b"03", b"06", b"09"


def server(*busy: tuple[bytes, bytes], threads: int = 8, process: int = 1) -> list[Slot]:
    """Make the slots of a process, with its free ones."""
    return [Slot(process, 0, *each) for each in busy] + [Slot(process, 0)] * (threads - len(busy))


def test_a_caller_begins_up_to_its_share() -> None:
    assert hindrance_to_begin(4, 8, HALVES) is None
    assert hindrance_to_begin(5, 8, HALVES) is Hindrance.CALLER
    assert hindrance_to_begin(4, 9, HALVES) is None
    assert hindrance_to_begin(5, 9, HALVES) is Hindrance.CALLER


def test_one_target_holds_its_share_over_all_processes() -> None:
    two = server((A, TOKYO), (B, TOKYO)) + server((A, TOKYO), (B, TOKYO), process=2)

    assert hindrance_to_relay(Slot(1, 0, B, TOKYO), two, HALVES) is None
    third = Slot(1, 0, C, TOKYO)
    assert hindrance_to_relay(third, [*two, third], HALVES) is Hindrance.TARGET
    assert hindrance_to_relay(Slot(1, 0, B, KANSAI), [*two, Slot(1, 0, B, KANSAI)], HALVES) is None


def test_of_the_slots_for_relaying_a_caller_holds_its_share() -> None:
    third = server((A, TOKYO), (A, KANSAI), (A, KYUSHU))

    assert hindrance_to_relay(Slot(1, 0, A, KYUSHU), third, HALVES) is Hindrance.CALLER


def test_of_the_slots_for_a_target_too() -> None:
    second = server((A, TOKYO), (A, TOKYO))

    assert hindrance_to_relay(Slot(1, 0, A, TOKYO), second, HALVES) is Hindrance.CALLER
    assert hindrance_to_relay(Slot(1, 0, B, TOKYO), server((A, TOKYO), (B, TOKYO)), HALVES) is None


def test_however_many_targets_there_are_each_process_keeps_slots_for_its_own_work() -> None:
    callers = [str(number).encode() for number in range(5)]
    full = server(*[(caller, bytes([50 + number])) for number, caller in enumerate(callers)])

    assert hindrance_to_relay(full[4], full, HALVES) is Hindrance.RELAYING
    assert hindrance_to_relay(full[4], [*full[1:], *server(threads=1)], HALVES) is None


def test_a_share_is_never_less_than_one() -> None:
    alone = [Slot(1, 0, A, TOKYO)]

    assert hindrance_to_begin(1, 1, HALVES) is None
    assert hindrance_to_relay(alone[0], alone, HALVES) is None


@pytest.mark.parametrize("shares", [HALVES, Shares(caller=1, target=0.5, relaying=0.75)])
def test_whatever_is_let_in_keeps_every_share(shares: Shares) -> None:
    """Go through every state of two processes with three threads each that the rule lets arise."""
    wanted = [(caller, target) for caller in (A, B) for target in (b"", TOKYO, KANSAI)]
    seen: set[tuple[Slot, ...]] = set()
    open_states: list[tuple[Slot, ...]] = [(Slot(1, 0),) * 3 + (Slot(2, 0),) * 3]
    while open_states:
        state = open_states.pop()
        if state in seen:
            continue
        seen.add(state)
        assert_kept(state, shares)
        for place, (caller, target) in product(range(6), wanted):
            slot = Slot(state[place].process, 0, caller, target)
            after = sorted((*state[:place], slot, *state[place + 1 :]))
            held = [each.caller for each in after].count(caller)
            begins = not state[place].caller and not target and hindrance_to_begin(held, 6, shares) is None
            relays = state[place] == Slot(slot.process, 0, caller) and target
            if begins or (relays and hindrance_to_relay(slot, after, shares) is None):
                open_states.append(tuple(after))
    assert len(seen) > 50


def assert_kept(state: tuple[Slot, ...], shares: Shares) -> None:
    relayed = [slot for slot in state if slot.target]
    of_caller = Counter(slot.caller for slot in state if slot.caller)
    assert max(of_caller.values(), default=0) <= shares.caller * 6
    assert max(Counter(slot.target for slot in relayed).values(), default=0) <= max(1, shares.target * 6)
    assert max(Counter(slot.process for slot in relayed).values(), default=0) < 3
    for share, held in (
        (shares.relaying, Counter(slot.caller for slot in relayed)),
        (shares.target, Counter((slot.caller, slot.target) for slot in relayed)),
    ):
        assert max(held.values(), default=0) <= max(1, shares.caller * share * 6)
