"""What the front is measured on: the hub behind its front, and the same application with TLS of its own."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local_certificates import Certificates
from deploy.stack.parts import FRONT
from deploy.stack.ports import Ports
from deploy.stack.probes import answers, over_tls
from deploy.stack.processes import Process
from deploy.stack.supervisor import ROOT, Stack
from models.database import Database
from tools.bench.samples import load_cases
from tools.bench.stage import SETTINGS, UnableToStart

_PROCESSES = 2
_READY_WITHIN = 60.0


@dataclass(frozen=True)
class Side:
    """One of the two."""

    name: str
    ports: tuple[int, ...]
    """One for each process, unless something stands before them."""


@dataclass(frozen=True)
class Stage:
    """Both, running, on one PostgreSQL."""

    behind: Side
    """The hub as it is deployed."""
    without: Side
    """The same application, in as many processes."""
    front_pid: int
    certificates: Certificates
    case_numbers: list[str]


@contextmanager
def running_stage(folder: Path, *, cases: int) -> Iterator[Stage]:
    """Set the stage in an empty folder for a block.

    :raises UnableToStart: when a server does not get ready.
    """
    settings = SETTINGS | {"HUB_SOAP_WORKERS": str(_PROCESSES)}
    with Stack(folder, ports=Ports.free(), hub=("soap",), settings=settings, durable=False) as stack:
        database = Database(stack.environment["DATABASE_URL"])
        case_numbers = load_cases(database, stack.certificates, cases=cases)
        database.dispose()
        front_pid = stack.parts[FRONT].process.pid
        assert front_pid is not None, "it has just answered"
        with _without_front(stack, Ports.free().soap) as without:
            yield Stage(
                behind=Side("behind the front", (stack.ports.soap,)),
                without=without,
                front_pid=front_pid,
                certificates=stack.certificates,
                case_numbers=case_numbers,
            )


@contextmanager
def _without_front(stack: Stack, first_port: int) -> Iterator[Side]:
    process = Process("without", run_folder=stack.folder / "run", log_folder=stack.folder / "log")
    environment = stack.environment | {"HUB_SOAP_PORT": str(first_port)}
    ports = tuple(range(first_port, first_port + _PROCESSES))
    process.start((sys.executable, "-m", "tools.bench.front.without"), environment=environment, folder=ROOT)
    try:
        end = time.monotonic() + _READY_WITHIN
        while not all(answers(port, "/", tls=over_tls(stack.environment)) for port in ports):
            if process.pid is None or time.monotonic() > end:
                raise UnableToStart(process.last_lines())
            time.sleep(0.05)
        yield Side("without", ports)
    finally:
        process.kill()
