"""A second machine with the hub's own processes, and how they are exchanged one after the other."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.stack.environment import settings_of
from deploy.stack.ports import Ports, names, setting
from deploy.stack.probes import ask_health
from deploy.stack.supervisor import ROOT, Stack
from runtime.settings.processes import WorkerSettings
from schemas.contract import Interface
from tests.support.polling import until
from tests.support.retailers import Retailer
from tests.support.world import World

PARTS = ("worker", "soap", "sweeper", "mail")
"""What there are two of."""
DEPLOYMENT = WorkerSettings.model_fields["worker_deployment"].default
_OWN = {setting(name) for name in names() if name.endswith("_metrics") or name in ("soap", "web")} | {
    "HUB_SOAP_PUBLIC_URL",
    "HUB_WEB_PUBLIC_URL",
    "HUB_SOCKET_FOLDER",
}
"""Settings in which the machines differ."""


@contextmanager
def second_machine(first: Stack, folder: Path) -> Iterator[Stack]:
    """Describe a machine that shares the stores of the first; it is empty, and so it ends."""
    shared = {name: value for name, value in settings_of(first.environment).items() if name not in _OWN}
    second = Stack(folder, ports=Ports.free(), hub=PARTS, settings=shared)
    try:
        yield second
    finally:
        second.down()


@dataclass
class Balancer:
    """Which machines a retailer's messages may go to, each in its turn, as a load balancer in front of them has it."""

    machines: list[Stack]
    exchanged: Counter[str] = field(default_factory=Counter)
    """How often each part was exchanged."""
    _turn: int = 0

    @property
    def words(self) -> str:
        """How often each part was exchanged, in a line for people."""
        return "  入れ替え: " + "、".join(f"{part} {times}" for part, times in self.exchanged.items())

    def next(self) -> Stack:
        """Give the machine whose turn it is."""
        self._turn += 1
        machines = tuple(self.machines)
        return machines[self._turn % len(machines)]

    @contextmanager
    def exchanging(self, part: str, *, old: Stack, new: Stack) -> Iterator[None]:
        """Start a part on the new machine, and stop it on the old one after the block.

        During the block both are there.
        """
        start(part, new)
        if part == "soap":
            self.machines.append(new)
        yield
        if part == "soap":
            self.machines.remove(old)
        stop(part, old)
        self.exchanged[part] += 1


class BalancedRetailer(Retailer):
    """The system of one retailer, whose messages go to one machine or the other."""

    def __init__(self, retailer: Retailer, machines: Sequence[Stack], balancer: Balancer) -> None:
        super().__init__(retailer.code, retailer.url, retailer.authority, retailer.certificate)
        self._balancer = balancer
        self._at = {
            machine.folder: Retailer(
                retailer.code, f"https://localhost:{machine.ports.soap}", retailer.authority, retailer.certificate
            )
            for machine in machines
        }

    def call(self, interface: Interface, *, message_id: str | None = None, **values: Any) -> Any:
        """Call an interface on the machine whose turn it is."""
        return self._at[self._balancer.next().folder].call(interface, message_id=message_id, **values)


def start(part: str, machine: Stack) -> None:
    """Start a part, and wait until it says itself that it is well."""
    machine.start(part)
    if part == "soap":
        machine.start("front")
    port = machine.parts[part].monitoring
    assert port is not None, "each part of the hub has one"
    until(lambda: ask_health(port).well, within=120, instead=lambda: ask_health(port))


def stop(part: str, machine: Stack) -> None:
    """Tell a part to stop (SIGTERM) and see that it ends what it has in hand in time; the front before it first."""
    if part == "soap":
        machine.stop("front")
    stopping = machine.parts[part]
    stopping.process.signal(stopping.stop_signal)
    assert stopping.process.wait(stopping.stop_within), f"{part} does not end"
    stopping.process.forget()


def make_current(build: str | None, world: World) -> None:
    """Make a build the current one, as the people who run the hub do; None for no build."""
    chosen = ("--unversioned",) if build is None else ("--build-id", build)
    command = (str(Path(sys.executable).with_name("temporal")), "worker", "deployment", "set-current-version")

    def is_current() -> bool:
        done = subprocess.run(
            (*command, "--deployment-name", DEPLOYMENT, *chosen, "--yes"),
            env=world.stack.environment,
            cwd=ROOT,
            capture_output=True,
        )
        return done.returncode == 0  # until its workers are known

    until(is_current, within=60, every=0.5)
