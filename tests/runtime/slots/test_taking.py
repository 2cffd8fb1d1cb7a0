"""Taking slots for requests: who waits a moment, who hears no at once, and what the figures say."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Event

import pytest
from prometheus_client import generate_latest

from runtime.slots.board import NoSlot, SlotBoard
from runtime.slots.shares import Hindrance, Shares
from runtime.slots.taking import SharedSlots, Slots
from tests.support.polling import until

A, B, C = "1001", "2001", "3001"
TOKYO, KANSAI = "03", "06"


def shared(*, threads: int = 8, patience: float = 0.0, most_waiting: int = 0) -> SharedSlots:
    shares = Shares(caller=0.5, target=0.25, relaying=0.5)
    return SharedSlots(SlotBoard(threads=threads), shares=shares, patience=patience, most_waiting=most_waiting)


def taken(slots: Slots, caller: str, target: str | None) -> AbstractContextManager[None]:
    return slots.begun(caller) if target is None else slots.relayed(caller=caller, target=target)


class Held:
    """Slots that other threads hold until they are told to let go."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._pool = ThreadPoolExecutor(32)
        self._let_go = Event()
        self._held: list[Future[None]] = []

    def hold(self, caller: str, target: str | None = None, *, count: int = 1) -> None:
        for _ in range(count):
            has = Event()
            self._held.append(self._pool.submit(self._keep, caller, target, has.set))
            assert has.wait(10)

    def let_go(self) -> None:
        self._let_go.set()
        for held in self._held:
            held.result()

    def _keep(self, caller: str, target: str | None, has: Callable[[], None]) -> None:
        with taken(self._slots, caller, target):
            has()
            self._let_go.wait(30)


def begin(slots: Slots, caller: str) -> bool:
    with slots.begun(caller):
        return True


def refused(slots: Slots, caller: str, target: str | None = None) -> Hindrance | None:
    with pytest.raises(NoSlot) as none, taken(slots, caller, target):
        pass
    return none.value.hindrance


def test_one_callers_requests_leave_room_for_anothers() -> None:
    held = Held(slots := shared())
    held.hold(A, count=4)

    assert refused(slots, A) is Hindrance.CALLER
    assert begin(slots, B)
    held.let_go()
    assert begin(slots, A)


def test_a_target_that_takes_its_time_leaves_room_for_other_targets_and_for_own_work() -> None:
    held = Held(slots := shared())
    held.hold(A, TOKYO)
    held.hold(B, TOKYO)

    assert refused(slots, C, TOKYO) is Hindrance.TARGET
    held.hold(B, KANSAI)
    assert begin(slots, A)
    held.let_go()


def test_all_targets_together_leave_room_for_own_work() -> None:
    held = Held(slots := shared())
    for number in range(4):
        held.hold(f"R{number}", f"{number}")

    assert refused(slots, A, TOKYO) is Hindrance.RELAYING
    held.hold(A, count=3)
    held.let_go()


def test_what_is_relayed_inside_a_request_has_the_requests_slot() -> None:
    slots = shared(threads=1)

    with slots.begun(A):
        for _ in range(2):
            with slots.relayed(caller=A, target=TOKYO):
                pass
    assert begin(slots, A)


def test_a_slot_comes_back_whatever_ends_the_request() -> None:
    slots = shared(threads=1)

    for target in (None, TOKYO):
        with pytest.raises(ZeroDivisionError), taken(slots, A, target):
            _ = 1 / 0
    assert begin(slots, B)


def test_who_waits_gets_what_comes_free() -> None:
    held = Held(slots := shared(patience=30.0, most_waiting=1))
    held.hold(A, count=4)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(begin, slots, A)
        assert until(lambda: slots.waiting == 1)
        held.let_go()

        assert waiting.result(timeout=30)
    assert slots.waiting == 0


def test_only_so_many_wait_and_who_comes_then_hears_no_at_once() -> None:
    """With the patience of a day nobody comes back from waiting before the test is over."""
    held = Held(slots := shared(patience=86_400.0, most_waiting=2))
    held.hold(A, count=4)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(begin, slots, A) for _ in range(2)]
        assert until(lambda: slots.waiting == 2)

        assert refused(slots, A) is Hindrance.CALLER
        assert begin(slots, B)
        held.let_go()
        assert all(each.result(timeout=30) for each in waiting)


def test_patience_ends() -> None:
    held = Held(slots := shared(patience=0.05, most_waiting=1))
    held.hold(A, count=4)

    assert refused(slots, A) is Hindrance.CALLER
    assert slots.waiting == 0
    held.let_go()


def test_the_figures_tell_what_the_slots_do_and_who_found_none() -> None:
    def figure(line: str) -> float:
        text = generate_latest().decode()
        return sum(float(found.rpartition(" ")[2]) for found in text.splitlines() if found.startswith(line))

    held = Held(slots := shared())
    before = figure('hub_slots_refused_total{share="caller"}')
    held.hold(A, count=2)
    held.hold(A, TOKYO)
    held.hold(B, TOKYO)

    assert figure('hub_slots{use="free"}') == 4
    assert figure('hub_slots{use="own"}') == 2
    assert figure('hub_slots{use="relayed"}') == 2
    held.hold(A)
    refused(slots, A)
    assert figure('hub_slots_refused_total{share="caller"}') == before + 1
    held.let_go()
