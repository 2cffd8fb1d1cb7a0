"""``python -m tools.siege.memory_flat``: what thousands of refused messages of each kind leave in a process.

Each kind has a process of its own: the hub's SOAP application as it is served, with threads that last, and no database,
which no message here gets so far as to ask.
"""

import argparse
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from resource import getpagesize
from typing import Any
from wsgiref.types import WSGIApplication

from schemas.contract import Interface
from schemas.findings import Refusal, Refused
from schemas.refusal_codes import RefusalCode
from soap.guard import MAX_BODY
from soap.wsgi import soap_wsgi
from soap_api.services import HOT, LOW_VOLTAGE, file_of
from tools.bench.requests import environ_of
from tools.siege.memory_kinds import KINDS, Message

THREADS = 8
MOST_GROWTH = 16.0
"""MiB, whatever the number of messages: what threads and allocators keep for the next one moves by so much."""


@dataclass(frozen=True)
class Left:
    """Resident memory in MiB, after the messages that warm a process up, and after all."""

    warm: float
    after: float

    @property
    def growth(self) -> float:
        """What was added."""
        return self.after - self.warm


def measure(kinds: Iterable[str], *, messages: int, warm_up: int, size: int, hot: Collection[Interface] = HOT) -> Left:
    """Have so many messages of each kind refused in this process, the kinds in turn."""
    application = soap_wsgi(LOW_VOLTAGE, wsdl=file_of(LOW_VOLTAGE).read_bytes(), handle=_refuse, hot=hot)
    chosen = [KINDS[name] for name in kinds]
    with ThreadPoolExecutor(THREADS) as threads:

        def refuse(first: int, last: int) -> float:
            for number in range(first, last, THREADS):  # a few at a time, or the messages themselves fill the memory
                for kind in chosen:
                    few = [kind.message(each, size=size) for each in range(number, min(number + THREADS, last))]
                    for _ in threads.map(partial(_send, application), few):
                        pass
            return resident_memory()

        return Left(refuse(0, warm_up), refuse(warm_up, messages))


def resident_memory() -> float:
    """Give the resident memory of this process in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 2**20


def _refuse(interface: Interface, request: object, environ: Mapping[str, Any]) -> object:
    raise Refused(Refusal(RefusalCode.NO_SUCH_CASE))


def _send(application: WSGIApplication, message: Message) -> None:
    environ = environ_of(message.body, content_type=message.content_type)
    statuses: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Any:
        statuses.append(status)
        return lambda data: None

    b"".join(application(environ, start_response))
    assert statuses[0].startswith(("4", "5")), "each is refused"


def main() -> int:
    """Measure each kind in a process of its own, or all in one; print a table, and give 1 where memory grew."""
    parser = argparse.ArgumentParser(prog="python -m tools.siege.memory_flat", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000, help="of each kind")
    parser.add_argument("--warm-up", type=int, default=500, help="of these, the first that are not counted")
    parser.add_argument("--size", type=int, default=MAX_BODY, help="bytes of a message")
    parser.add_argument("--kind", choices=KINDS, action="append", help="so many in turn, in this process")
    parser.add_argument("--together", action="store_true", help="all in turn, in this process")
    parser.add_argument("--through-spyne", action="store_true", help="past the dispatch of our own")
    chosen = parser.parse_args()
    kinds = list(KINDS) if chosen.together else chosen.kind
    if kinds:
        hot = () if chosen.through_spyne else HOT
        left = measure(kinds, messages=chosen.messages, warm_up=chosen.warm_up, size=chosen.size, hot=hot)
        name = kinds[0] if len(kinds) == 1 else f"{len(kinds)} kinds in turn"
        sys.stdout.write(f"| {name} | {left.warm:.1f} | {left.after:.1f} | {left.growth:+.1f} |\n")
        return int(left.growth > MOST_GROWTH)
    sys.stdout.write("| kind | MiB after the warm-up | MiB after all | |\n|---|---|---|---|\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "tools.siege.memory_flat", *sys.argv[1:], "--kind"]
    return max(subprocess.run([*command, kind], check=False).returncode for kind in KINDS)


if __name__ == "__main__":
    sys.exit(main())
