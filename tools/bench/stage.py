"""What the benchmarks run on: PostgreSQL, the hub's own SOAP server, and beside it the two it is measured by."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.authority import read_issued
from deploy.local_certificates import Certificates
from deploy.samples import NEW_RETAILER
from deploy.stack.environment import described_front, socket_folder
from deploy.stack.parts import front_part
from deploy.stack.ports import Ports
from deploy.stack.probes import all_listen
from deploy.stack.processes import Process
from deploy.stack.supervisor import ROOT, Stack
from models.database import Database
from tools.bench.requests import ask, message
from tools.bench.samples import load_cases
from tools.bench.statements import statements_of, write_statements

_READY_WITHIN = 60.0
SETTINGS = {
    "TEMPORAL_ADDRESS": "127.0.0.1:9",  # a read never asks it
    "HUB_SMTP_HOST": "127.0.0.1",
    "HUB_RETAILER_SHARE": "1",  # one retailer is all there is
    "HUB_FRONT_NEW_PER_ADDRESS": "10000",  # and calls from one address
    "HUB_SOAP_WORKERS": "1",
    "HUB_SOAP_THREADS": "8",
}
"""Of a hub that is only read from."""
_SAMPLE_ID = "BENCH-SAMPLE"


class UnableToStart(Exception):
    """A server did not get ready; the text is the end of its log."""


class AnswersDiffer(Exception):
    """The bare application does not answer as the hub does, so that there is nothing to compare."""


@dataclass(frozen=True)
class Server:
    """One of those that are measured."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True)
class Stage:
    """All that a benchmark works with, running."""

    hub: Server
    bare: Server
    hello: Server
    postgres_pid: int
    certificates: Certificates
    case_numbers: list[str]
    """The cases of the asking retailer."""
    environment: Mapping[str, str]
    """What the hub's processes run in."""
    statements: list[str]
    """What the hub sends to PostgreSQL for one request, and so does the bare application."""

    def ask(self, server: Server, case_number: str) -> bytes:
        """Ask a server about one case, as the new retailer."""
        return ask(
            message(case_number=case_number, message_id=_SAMPLE_ID),
            port=server.port,
            certificate=self.certificates.retailer(NEW_RETAILER),
            authority=self.certificates.authority,
        )


@contextmanager
def running_stage(folder: Path, *, cases: int) -> Iterator[Stage]:
    """Set the stage in an empty folder for a block.

    PostgreSQL does not wait for the disk: a slow disk would make all alike.

    :raises UnableToStart: when a server does not get ready.
    """
    ports = Ports.free()
    stack = Stack(folder, ports=ports, hub=("soap",), settings=SETTINGS, durable=False)
    with stack, ExitStack() as opened:
        database = Database(stack.environment["DATABASE_URL"])
        case_numbers = load_cases(database, stack.certificates, cases=cases)
        database.dispose()
        statements = _statements(stack, case_numbers[0])
        statements_file = folder / "statements.json"
        write_statements(statements, statements_file)
        bare = opened.enter_context(_running("bare", stack, str(statements_file)))
        hello = opened.enter_context(_running("hello", stack))
        assert stack.cluster is not None
        yield Stage(
            hub=Server("hub", ports.soap, _pid(stack.parts["soap"].process)),
            bare=bare,
            hello=hello,
            postgres_pid=_pid(stack.cluster.process),
            certificates=stack.certificates,
            case_numbers=case_numbers,
            environment=stack.environment,
            statements=statements,
        )


def _statements(stack: Stack, case_number: str) -> list[str]:
    certificate = stack.certificates.retailer(NEW_RETAILER)
    issued = read_issued(certificate)
    values = {
        "issuer": issued.issuer,
        "serial": issued.serial,
        "case_number": case_number,
        "message_id": _SAMPLE_ID,
        "source_address": "127.0.0.1",
        "retailer_code": NEW_RETAILER,
    }

    def request() -> None:
        ask(
            message(case_number=case_number, message_id=_SAMPLE_ID),
            port=stack.ports.soap,
            certificate=certificate,
            authority=stack.certificates.authority,
        )

    assert stack.cluster is not None
    return statements_of(stack.cluster, request, values=values)


@contextmanager
def _running(name: str, stack: Stack, *arguments: str) -> Iterator[Server]:
    """Run an application with a front of its own before it, as the hub has one."""
    ports, folder = Ports.free(), stack.folder / name
    environment = stack.environment | ports.as_settings() | {"HUB_SOCKET_FOLDER": str(socket_folder(folder))}
    described = described_front(environment, folder=folder / "front")
    process = Process(name, run_folder=stack.folder / "run", log_folder=stack.folder / "log")
    process.start((sys.executable, "-m", f"tools.bench.{name}", *arguments), environment=environment, folder=ROOT)
    front = front_part(
        process=Process(f"{name}-front", run_folder=stack.folder / "run", log_folder=stack.folder / "log"),
        folder=described.folder,
        described=lambda: described,
    )
    try:
        front.prepare()
        front.process.start(front.command, environment=environment, folder=ROOT)
        end = time.monotonic() + _READY_WITHIN
        while not (front.ready(datetime.now(UTC)) and all_listen(described.soap.processes)):
            if process.pid is None or front.process.pid is None or time.monotonic() > end:
                raise UnableToStart(process.last_lines() + front.process.last_lines())
            time.sleep(0.05)
        yield Server(name, ports.soap, _pid(process))
    finally:
        front.process.kill()
        process.kill()


def _pid(process: Process) -> int:
    assert process.pid is not None, "it has just answered"
    return process.pid
