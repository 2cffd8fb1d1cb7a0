"""What the front is measured on: the hub behind its front, and the same application with TLS of its own."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local_certificates import Certificates
from deploy.stack.parts import FRONT, POSTGRES
from deploy.stack.ports import Ports
from deploy.stack.probes import answers, over_tls
from deploy.stack.processes import Process
from deploy.stack.supervisor import ROOT, Stack
from models.database import Database
from tools.bench.samples import load_cases
from tools.bench.stage import SETTINGS, UnableToStart

_READY_WITHIN = 60.0


@dataclass(frozen=True)
class Side:
    """One of the two."""

    name: str
    ports: tuple[int, ...]
    """One for each process, unless something stands before them."""
    parts: tuple[int, ...]
    """The process ids of what answers, PostgreSQL's left out."""


@dataclass(frozen=True)
class Stage:
    """Both, running, on one PostgreSQL."""

    behind: Side
    """The hub as it is deployed."""
    without: Side
    """The same application, in as many processes."""
    front_pid: int
    postgres_pid: int
    certificates: Certificates
    case_numbers: list[str]


@contextmanager
def running_stage(folder: Path, *, cases: int, processes: int) -> Iterator[Stage]:
    """Set the stage in an empty folder for a block.

    :param processes: of the SOAP face, on either side.
    :raises UnableToStart: when a server does not get ready.
    """
    settings = SETTINGS | {"HUB_SOAP_WORKERS": str(processes)}
    with Stack(folder, ports=Ports.free(), hub=("soap",), settings=settings, durable=False) as stack:
        database = Database(stack.environment["DATABASE_URL"])
        case_numbers = load_cases(database, stack.certificates, cases=cases)
        database.dispose()
        front, soap, postgres = (_pid(stack.parts[part].process) for part in (FRONT, "soap", POSTGRES))
        with _without_front(stack, first_port=Ports.free().soap, processes=processes) as without:
            yield Stage(
                behind=Side("behind the front", ports=(stack.ports.soap,), parts=(front, soap)),
                without=without,
                front_pid=front,
                postgres_pid=postgres,
                certificates=stack.certificates,
                case_numbers=case_numbers,
            )


@contextmanager
def _without_front(stack: Stack, *, first_port: int, processes: int) -> Iterator[Side]:
    process = Process("without", run_folder=stack.folder / "run", log_folder=stack.folder / "log")
    environment = stack.environment | {"HUB_SOAP_PORT": str(first_port)}
    ports = tuple(range(first_port, first_port + processes))
    process.start((sys.executable, "-m", "tools.bench.front.without"), environment=environment, folder=ROOT)
    try:
        end = time.monotonic() + _READY_WITHIN
        while not all(answers(port, "/", tls=over_tls(stack.environment)) for port in ports):
            if process.pid is None or time.monotonic() > end:
                raise UnableToStart(process.last_lines())
            time.sleep(0.05)
        yield Side("without", ports=ports, parts=(_pid(process),))
    finally:
        process.kill()


def _pid(process: Process) -> int:
    if process.pid is None:
        raise UnableToStart(process.last_lines())
    return process.pid
