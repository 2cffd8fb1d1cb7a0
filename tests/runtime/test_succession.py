"""Processes that have done their share give way to new ones, and nobody who asks notices."""

import os
import signal
import threading
import urllib.request
from collections import Counter
from pathlib import Path

from tests.support.database import free_port
from tests.support.processes import wait_until
from tests.support.processor_time import family
from tests.support.small_front import ask_at, describe_front, get, line_to, serving


def test_processes_are_renewed_under_load_without_one_request_lost(folder: Path) -> None:
    described = describe_front(folder, soap_workers=2, soap_threads=4)
    answers: Counter[tuple[int, str]] = Counter()

    def ask() -> None:
        line = line_to(described, folder, certificate="client")
        for _ in range(60):
            line.request("GET", "/pid")
            response = line.getresponse()
            answers[response.status, response.read().decode()] += 1
        line.close()

    with serving(described, folder, threads=4, renew_after=30) as process:
        askers = [threading.Thread(target=ask) for _ in range(10)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join(60)

        assert {status for status, _ in answers} == {200}
        assert answers.total() == 600
        assert len(answers) >= 10, "each process answered some thirty"
        wait_until(lambda: len(family(process.pid)) == 3, what="the arbiter and two workers alone")


def test_its_successor_takes_over_while_the_last_request_of_a_process_goes_on(folder: Path) -> None:
    described = describe_front(folder)
    slow = threading.Thread(target=lambda: get(described, folder, path="/slow"))

    with serving(described, folder, threads=2, renew_after=10) as process:
        slow.start()
        wait_until((folder / "called").exists, what="the request")
        for _ in range(30):
            assert get(described, folder)[0] == 200
        assert len(family(process.pid)) >= 3, "the arbiter, one that ends and one that works"
        (folder / "answer").touch()
        slow.join(20)
        wait_until(lambda: len(family(process.pid)) == 2, what="the end of those before")
    (folder / "called").unlink()
    (folder / "answer").unlink()


def test_two_that_have_done_their_share_at_once_have_a_successor_each(folder: Path) -> None:
    described = describe_front(folder, soap_workers=2)
    places = described.soap.processes

    with serving(described, folder, threads=2, renew_after=10) as process:
        slow = [threading.Thread(target=ask_at, args=(place, "/slow")) for place in places]
        before = {ask_at(place, "/pid") for place in places}
        for each in slow:
            each.start()
        wait_until((folder / "called").exists, what="the requests")
        os.kill(process.pid, signal.SIGSTOP)  # as good as any other reason to look at both signals at once
        for place in places:
            for _ in range(10):
                ask_at(place, "/pid", patience=0.2)
        os.kill(process.pid, signal.SIGCONT)
        after = {ask_at(place, "/pid") for place in places}
        (folder / "answer").touch()
        for each in slow:
            each.join(20)
        wait_until(lambda: len(family(process.pid)) == 3, what="the end of those before")

    assert len(after - before - {""}) == 2
    (folder / "called").unlink()
    (folder / "answer").unlink()


def test_all_are_renewed_at_the_operators_word(folder: Path) -> None:
    described = describe_front(folder, soap_workers=2)

    with serving(described, folder, threads=2) as process:
        before = {ask_at(place, "/pid") for place in described.soap.processes}
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: not before & set(map(str, family(process.pid))), what="the end of those before")
        after = {ask_at(place, "/pid") for place in described.soap.processes}

        assert len(after - {""}) == 2 and not after & before
        assert len(family(process.pid)) == 3


def test_who_dies_is_followed_and_counted_and_who_was_renewed_is_not(folder: Path) -> None:
    described, port = describe_front(folder), free_port()
    (place,) = described.soap.processes

    with serving(described, folder, threads=2, renew_after=10, figures=port):
        first = ask_at(place, "/pid")
        wait_until(lambda: ask_at(place, "/pid", patience=1) not in ("", first), what="the renewal")
        wait_until(lambda: lost(port) == 0, what="the figures")
        get(described, folder, path="/dying")
        wait_until(lambda: lost(port) == 1, what="the one that was lost")
        assert get(described, folder)[0] == 200


def test_one_that_says_it_is_worn_out_is_followed_after_its_answer_but_not_at_once(folder: Path) -> None:
    described = describe_front(folder)
    (place,) = described.soap.processes

    with serving(described, folder, threads=2):
        first = ask_at(place, "/pid")
        assert ask_at(place, "/exhausted") == "nobody"
        assert ask_at(place, "/pid") == first, "a new one would be no better"

        def successor() -> bool:
            assert ask_at(place, "/exhausted") == "nobody"
            return ask_at(place, "/pid") != first

        wait_until(successor, what="its successor")


def test_one_that_is_frozen_is_replaced_and_one_whose_request_lasts_longer_is_not(folder: Path) -> None:
    described, port = describe_front(folder, soap_workers=2), free_port()
    busy, frozen = described.soap.processes
    slow_answers: list[str] = []
    slow = threading.Thread(target=lambda: slow_answers.append(ask_at(busy, "/slow", patience=60)))

    with serving(described, folder, threads=2, figures=port):
        before = ask_at(busy, "/pid"), ask_at(frozen, "/pid")
        slow.start()
        wait_until((folder / "called").exists, what="the request")
        os.kill(int(before[1]), signal.SIGSTOP)
        wait_until(lambda: ask_at(frozen, "/pid", patience=1) not in ("", before[1]), what="its successor", within=28)
        assert ask_at(busy, "/pid") == before[0]
        (folder / "answer").touch()
        slow.join(20)
        assert slow_answers == ["nobody"]
        assert lost(port) == 1
    (folder / "called").unlink()
    (folder / "answer").unlink()


def lost(port: int) -> float | None:
    """Tell how many processes a server has lost; nothing while the one that tells it is being followed."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
    except OSError:
        return None
    (count,) = (float(line.split()[1]) for line in lines if line.startswith("hub_processes_lost "))
    return count
