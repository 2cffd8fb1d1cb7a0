"""The board of slots between real processes: what is never exceeded, and what becomes of a process that is killed."""

import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import BoundedSemaphore
from pathlib import Path
from threading import Barrier

import pytest

from runtime.slots.board import MOST_ROWS, BoardFull, NoSlot, SlotBoard
from runtime.slots.shares import Hindrance, Shares, Slot, hindrance_to_begin, hindrance_to_relay
from tests.support.polling import until

THREADS = 4
HELD = 0.0002
"""Seconds: long enough that shares are used up most of the time."""
A, B = b"1001", b"2001"
TOKYO = b"03"
SHARES = Shares(caller=0.5, target=0.25, relaying=0.5)
_NEW_PROCESS = multiprocessing.get_context("spawn")
_FORKED = multiprocessing.get_context("fork")


def begins(held: int, whole: int) -> Hindrance | None:
    return hindrance_to_begin(held, whole, SHARES)


def relays(slot: Slot, slots: list[Slot]) -> Hindrance | None:
    return hindrance_to_relay(slot, slots, SHARES)


def anything(held: int, whole: int) -> None:
    """Have nothing against a slot."""


def hold(file: Path, count: int, took: "Queue[int]") -> None:
    """Take slots for good, in a process of its own."""
    board = SlotBoard(threads=THREADS, file=file)
    for _ in range(count):
        board.take(A, judge=anything)
    took.put(os.getpid())
    signal.pause()


@pytest.fixture
def board(tmp_path: Path) -> SlotBoard:
    return SlotBoard(threads=THREADS, file=tmp_path / "slots")


def holder(file: Path, *, count: int) -> BaseProcess:
    took: Queue[int] = _NEW_PROCESS.Queue()
    process = _NEW_PROCESS.Process(target=hold, args=(file, count, took), daemon=True)
    process.start()
    took.get(timeout=30)
    return process


def taken(board: SlotBoard, caller: bytes = A) -> int:
    return sum(slot.caller == caller for slot in board.slots())


def test_a_process_has_as_many_slots_as_threads(board: SlotBoard) -> None:
    for _ in range(THREADS):
        board.take(A, judge=anything)

    with pytest.raises(NoSlot) as none:
        board.take(A, judge=anything)
    assert none.value.hindrance is None


def test_what_is_given_back_or_was_never_given_is_free(board: SlotBoard) -> None:
    row = board.take(A, judge=begins)
    other = board.take(A, judge=begins)
    with pytest.raises(NoSlot):
        board.take(A, judge=begins)
    board.give_back(row)
    board.relay(other, A, TOKYO, judge=relays)
    with pytest.raises(NoSlot):
        board.relay(board.take(B, judge=begins), B, TOKYO, judge=relays)

    assert taken(board, A) == 1
    assert [slot.target for slot in board.own() if slot.target] == [TOKYO]
    board.return_from(other, A)
    assert not any(slot.target for slot in board.own())


def test_threads_of_one_process_that_want_the_last_slots_at_once_take_every_one(
    tmp_path: Path,
) -> None:
    board = SlotBoard(threads=16, file=tmp_path / "slots")
    usual, start = sys.getswitchinterval(), Barrier(16)

    def take(_: int) -> int | None:
        start.wait()
        with suppress(NoSlot):
            return board.take(A, judge=begins)
        return None

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(16) as pool:
            for _ in range(300):
                rows = [row for row in pool.map(take, range(16)) if row is not None]
                assert len(rows) == 8
                for row in rows:
                    board.give_back(row)
    finally:
        sys.setswitchinterval(usual)


def test_processes_see_each_others_slots(board: SlotBoard, tmp_path: Path) -> None:
    process = holder(tmp_path / "slots", count=3)

    assert taken(board) == 3
    board.take(A, judge=begins)
    with pytest.raises(NoSlot) as none:
        board.take(A, judge=begins)
    assert none.value.hindrance is Hindrance.CALLER
    board.take(B, judge=begins)
    process.kill()
    process.join()


def test_a_process_that_is_killed_takes_its_slots_with_it(board: SlotBoard, tmp_path: Path) -> None:
    process = holder(tmp_path / "slots", count=4)
    board.take(B, judge=anything)
    assert taken(board) == 4

    process.kill()

    assert until(lambda: len(board.slots()) == THREADS, within=10)
    process.join()
    assert taken(board) == 0
    assert taken(board, B) == 1


def test_the_rows_of_the_dead_are_used_again(tmp_path: Path) -> None:
    for _ in range(3):
        process = holder(tmp_path / "slots", count=1)
        process.kill()
        process.join()
    board = SlotBoard(threads=THREADS, file=tmp_path / "slots")
    board.take(B, judge=anything)

    assert len(board.slots()) == THREADS
    assert board._memory[8] == THREADS  # rows that every look goes through


def test_a_board_without_a_file_is_shared_by_the_processes_forked_from_where_it_was_made() -> None:
    board = SlotBoard(threads=THREADS)

    def take_two() -> None:
        board.take(A, judge=anything)
        board.take(A, judge=anything)
        done.wait()

    done = _FORKED.Event()
    children = [_FORKED.Process(target=take_two, daemon=True) for _ in range(2)]
    for child in children:
        child.start()

    assert until(lambda: taken(board) == 4)
    assert len(board.slots()) == 2 * THREADS
    done.set()
    for child in children:
        child.join()


def test_a_file_of_another_make_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "slots"
    file.write_bytes(b"something else" * 100)
    board = SlotBoard(threads=THREADS, file=file)
    board.take(A, judge=begins)

    assert len(board.slots()) == THREADS


def test_a_file_that_is_cut_off_is_whole_again_for_the_next_process(tmp_path: Path) -> None:
    before_the_fork = SlotBoard(threads=THREADS, file=tmp_path / "board")
    os.truncate(tmp_path / "board", 0)

    child = _FORKED.Process(target=before_the_fork.take, args=(A,), kwargs={"judge": begins})
    child.start()
    child.join(10)

    assert child.exitcode == 0


def test_a_new_file_is_its_users_alone(board: SlotBoard, tmp_path: Path) -> None:
    assert (tmp_path / "slots").stat().st_mode & 0o777 == 0o600


def test_more_threads_than_rows_are_refused_at_the_first_request(tmp_path: Path) -> None:
    with pytest.raises(BoardFull):
        SlotBoard(threads=MOST_ROWS + 1, file=tmp_path / "slots").take(A, judge=anything)


def hammer(file: Path, of_caller: BoundedSemaphore, of_target: BoundedSemaphore, wrong: "Queue[str]") -> None:
    """Take, relay and give back as fast as it goes, and tell of every moment at which a share was exceeded."""
    board = SlotBoard(threads=THREADS, file=file)

    def once(_: int) -> None:
        try:
            row = board.take(A, judge=begins)
        except NoSlot:
            return
        count(of_caller, wrong, "caller")
        time.sleep(HELD)
        with suppress(NoSlot):
            board.relay(row, A, TOKYO, judge=relays)
            count(of_target, wrong, "target")
            time.sleep(HELD)
            of_target.release()
            board.return_from(row, A)
        of_caller.release()
        board.give_back(row)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(once, range(4000)))
    wrong.put("")


def count(permits: BoundedSemaphore, wrong: "Queue[str]", share: str) -> None:
    if not permits.acquire(block=False):
        wrong.put(share)
        permits.acquire()


def test_many_processes_never_exceed_a_share(tmp_path: Path) -> None:
    """The kernel's own semaphores count beside the board: each has as many permits as the share has slots."""
    of_caller, of_target = _NEW_PROCESS.BoundedSemaphore(8), _NEW_PROCESS.BoundedSemaphore(2)
    wrong: Queue[str] = _NEW_PROCESS.Queue()
    arguments = (tmp_path / "slots", of_caller, of_target, wrong)
    running = [_NEW_PROCESS.Process(target=hammer, args=arguments, daemon=True) for _ in range(4)]
    for process in running:
        process.start()

    said = [wrong.get(timeout=60) for _ in running]
    for process in running:
        process.join()
    assert said == [""] * 4
