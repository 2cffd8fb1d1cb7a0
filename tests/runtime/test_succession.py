"""Processes that have done their share give way to new ones, and nobody who asks notices."""

import threading
from collections import Counter
from pathlib import Path

from tests.support.processes import wait_until
from tests.support.processor_time import family
from tests.support.small_front import describe_front, get, line_to, serving


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
