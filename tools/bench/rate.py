"""Requests a second of 12210 over kept TLS connections, the hub beside the bare application and Flask's hello-world."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from deploy.samples import NEW_RETAILER
from deploy.stack.supervisor import ROOT
from tools.bench.client import Count, Orders
from tools.bench.processor import processor_seconds
from tools.bench.requests import http_request
from tools.bench.stage import AnswersDiffer, Server, Stage

CONNECTIONS = 8
"""As many as the servers have threads."""
_REQUESTS = 500
_TIMED_OUT = 60.0


@dataclass(frozen=True)
class Round:
    """What one server did in one round."""

    rate: float
    """Answers a second."""
    processor: float
    """Milliseconds of processor time that the server used for one."""
    postgres: float
    """The same of PostgreSQL."""


@dataclass(frozen=True)
class Rates:
    """What came of all rounds, by server."""

    hub: list[Round]
    bare: list[Round]
    hello: list[Round]

    @property
    def beside_bare(self) -> float:
        """The hub's rate in parts of the bare application's: the median of the rounds."""
        return median(hub.rate / bare.rate for hub, bare in zip(self.hub, self.bare, strict=True))

    @property
    def processor_beside_bare(self) -> float:
        """How many times the bare application's processor time the hub's is."""
        return median(hub.processor / bare.processor for hub, bare in zip(self.hub, self.bare, strict=True))

    @property
    def beside_hello(self) -> float:
        """The hub's rate in parts of Flask's hello-world."""
        return median(hub.rate / hello.rate for hub, hello in zip(self.hub, self.hello, strict=True))


def measure_rates(stage: Stage, *, rounds: int, seconds: float) -> Rates:
    """Have all servers asked in turn, round by round, the first round of each not counted.

    :raises AnswersDiffer: when the bare application does not answer what the hub answers.
    """
    check_answers(stage)
    rates = Rates([], [], [])
    for server in (stage.hub, stage.bare, stage.hello):
        one_round(stage, server, seconds=seconds)
    for _ in range(rounds):
        rates.hub.append(one_round(stage, stage.hub, seconds=seconds))
        rates.bare.append(one_round(stage, stage.bare, seconds=seconds))
        rates.hello.append(one_round(stage, stage.hello, seconds=seconds))
    return rates


def check_answers(stage: Stage) -> None:
    """Make sure that hub and bare application answer the same, to the byte.

    :raises AnswersDiffer: when they do not.
    """
    number = stage.case_numbers[-1]
    hub, bare = stage.ask(stage.hub, number), stage.ask(stage.bare, number)
    if hub != bare or number.encode() not in hub:
        raise AnswersDiffer


def one_round(stage: Stage, server: Server, *, seconds: float) -> Round:
    """Have one server asked for some seconds."""
    before = processor_seconds(server.pid), processor_seconds(stage.postgres_pid)
    count = call(_orders(stage, server, seconds=seconds))
    used, used_by_postgres = (
        after - was
        for after, was in zip(
            (processor_seconds(server.pid), processor_seconds(stage.postgres_pid)), before, strict=True
        )
    )
    answers = count.answers
    return Round(answers / count.seconds, used / answers * 1000, used_by_postgres / answers * 1000)


def _orders(stage: Stage, server: Server, *, seconds: float) -> Orders:
    return Orders(
        ports=[server.port],
        certificate=str(stage.certificates.retailer(NEW_RETAILER)),
        authority=str(stage.certificates.authority),
        connections=CONNECTIONS,
        seconds=seconds,
        requests=questions(stage.case_numbers),
    )


def questions(case_numbers: Sequence[str]) -> list[str]:
    """Write requests about some cases of all."""
    numbers = case_numbers[:: max(1, len(case_numbers) // _REQUESTS)]
    return [http_request(case_number=number, message_id=f"BENCH-{place}") for place, number in enumerate(numbers)]


def call(orders: Orders) -> Count:
    """Have a caller of its own process carry out its orders."""
    process = subprocess.run(
        [sys.executable, "-m", "tools.bench.client"],
        input=json.dumps(asdict(orders)),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=orders.seconds + _TIMED_OUT,
    )
    return Count(**json.loads(process.stdout))
