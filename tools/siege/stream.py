"""The stream of good requests, seen by who judges it."""

import json
import math
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Thread
from typing import IO

from deploy.stack.supervisor import ROOT
from tools.siege.callers import Orders
from tools.siege.judging import Answer

_ROUND = 0.1


class Stream:
    """Answers as they come in."""

    def __init__(self, lines: IO[str], *, a_second: float) -> None:
        self._began = float(lines.readline())
        self._a_second = a_second
        self._answers: list[Answer] = []
        self._listening = Thread(target=self._listen, args=(lines,), daemon=True)
        self._listening.start()

    def due(self, since: float, until: float) -> list[Answer]:
        """Give what has been answered of the requests that were due in a time."""
        return [answer for answer in list(self._answers) if since <= answer.due < until]

    def missing(self, since: float, until: float) -> int:
        """Count the requests that were due in a time and are not answered yet."""
        first, last = (max(0, math.ceil((at - self._began) * self._a_second)) for at in (since, until))
        return max(0, last - first - len(self.due(since, until)))

    def await_answers(self, since: float, until: float, *, within: float) -> int:
        """Wait for the answers to what was due in a time, and tell how many never came."""
        end = time.monotonic() + within
        while (missing := self.missing(since, until)) and time.monotonic() < end:
            time.sleep(_ROUND)
        return missing

    def await_end(self) -> None:
        """Wait until nothing more comes."""
        self._listening.join()

    def _listen(self, lines: IO[str]) -> None:
        for line in lines:
            due, at, kind, refusal = line.rstrip("\n").split("\t")
            self._answers.append(Answer(float(due), float(at), kind, refusal))


@contextmanager
def streaming(orders: Orders) -> Iterator[Stream]:
    """Have the good requests sent for a block."""
    command = [sys.executable, "-m", "tools.siege.callers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(asdict(orders)) + "\n")
        process.stdin.flush()
        stream = Stream(process.stdout, a_second=orders.a_second)
        try:
            yield stream
        finally:
            process.kill()
            stream.await_end()
