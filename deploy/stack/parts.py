"""The parts of a local stack: how each is started, when it is ready, how it is stopped."""

import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from deploy.front.places import Front
from deploy.stack import front, postgres, temporal
from deploy.stack.environment import described_front
from deploy.stack.ports import Ports, setting
from deploy.stack.probes import all_listen, answers, has_lasted, over_tls
from deploy.stack.processes import Process

Ready = Callable[[datetime], bool]
"""Tells whether a part is ready that was started at the given time (real time)."""

POSTGRES, TEMPORAL = "postgres", "temporal"
MAIL_SINK, GRID_STUB = "mail_sink", "grid_stub"
FRONT, FACES = "front", frozenset({"soap", "web"})
HUB_PARTS = ("worker", GRID_STUB, "soap", "sweeper", MAIL_SINK, "mail", "web", FRONT)
"""What is ours, in the order in which it is started."""
STOP_ORDER = ((FRONT,), ("web", "soap", "sweeper"), ("worker",), (GRID_STUB, "mail"), (MAIL_SINK, TEMPORAL, POSTGRES))
"""The front and the faces first, stores last; what stands together is stopped together."""
_STORES_READY_WITHIN = 1800.0
"""Seconds: however much a kill has left to recover, it is waited for as long as the process lives."""


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Part:
    """One process of the stack."""

    process: Process
    label: str
    command: tuple[str, ...]
    ready: Ready
    ports: tuple[str, ...] = ()
    """Names of the ports it listens on."""
    monitoring: int | None = None
    """The port where it says itself how it is, if it does; of a face, the port of its first process."""
    places: Callable[[], tuple[str, ...]] = tuple
    """Gives where each of its processes listens behind the front; nothing where the front stands not before it."""
    prepare: Callable[[], None] = _nothing
    """Called before it is started."""
    drain: Callable[[], None] = _nothing
    """Called before it is told to stop."""
    stop_signal: int = signal.SIGTERM
    stop_within: float = 40.0
    """Seconds it may take to end what it is doing."""
    ready_within: float = 60.0
    """Seconds it may take to get ready."""
    store: Path | None = None
    """Where it keeps what must not be lost, if it does."""

    @property
    def name(self) -> str:
        """Short name, as in its files."""
        return self.process.name


def postgres_part(cluster: postgres.Cluster) -> Part:
    return Part(
        process=cluster.process,
        label="PostgreSQL",
        command=cluster.command(),
        ready=lambda since: postgres.is_ready(cluster),
        ports=("postgres",),
        prepare=cluster.prepare,
        stop_signal=signal.SIGINT,  # ends connections; SIGTERM would wait for them
        ready_within=_STORES_READY_WITHIN,
        store=cluster.folder,
    )


def temporal_part(*, process: Process, folder: Path, ports: Ports, environment: Mapping[str, str]) -> Part:
    """Describe the bundled Temporal server."""
    return Part(
        process=process,
        label="Temporal",
        command=temporal.command(folder=folder, ports=ports),
        ready=lambda since: temporal.is_ready(environment),
        ports=("temporal", "temporal_ui"),
        prepare=partial(folder.mkdir, parents=True, exist_ok=True),
        ready_within=_STORES_READY_WITHIN,
        store=folder,
    )


def front_part(*, process: Process, folder: Path, described: Callable[[], Front]) -> Part:
    """Describe the front (Envoy), whose configuration lies in a folder."""
    return Part(
        process=process,
        label="フロント",
        command=front.command(folder),
        ready=lambda since: answers(described().figures_port, "/healthz", tls=None),
        ports=("soap", "web", "front_metrics"),
        prepare=lambda: front.prepare(described()),
        drain=lambda: front.drain(described().admin_socket),
    )


def hub_parts(
    process: Callable[[str], Process],
    *,
    environment: Mapping[str, str],
    front_folder: Path,
    mails: Path,
    mail_page: int,
) -> tuple[Part, ...]:
    """Describe the hub's own processes, and those that stand in for others' systems.

    :param front_folder: where the front's configuration lies.
    :param mails: where the mail sink keeps its mails; ``mail_page`` is its port for browsers.
    """

    def module(name: str, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", name, *arguments)

    def port(name: str) -> int:
        return int(environment[setting(name)])

    def monitoring(name: str) -> int | None:
        return int(environment.get(setting(f"{name}_metrics"), 0)) or None

    def is_well(name: str) -> Ready:
        health = monitoring(name)
        if health is None:
            return partial(has_lasted, seconds=1.0)
        return lambda since: answers(health, "/healthz", tls=None)

    grid = port("grid_stub")
    described = partial(described_front, environment, folder=front_folder)

    return (
        Part(
            process("worker"),
            "ワーカー",
            (sys.executable, "worker.py"),
            lambda since: temporal.has_worker(environment, since=since),
            ports=("worker_metrics", "temporal_metrics"),
            monitoring=monitoring("worker"),
        ),
        Part(
            process("grid_stub"),
            "送配電スタブ",
            module("grid_stub.server"),
            lambda since: answers(grid, "/grid/03/low_voltage?wsdl", tls=over_tls(environment)),
            ports=("grid_stub", "grid_stub_metrics"),
            monitoring=monitoring("grid_stub"),
        ),
        Part(
            process("soap"),
            "SOAP",
            module("soap_api.server"),
            lambda since: all_listen(described().soap.processes),
            ports=("soap_metrics",),
            monitoring=monitoring("soap"),
            places=lambda: described().soap.processes,
        ),
        Part(
            process("sweeper"),
            "スイーパー",
            module("sweeper"),
            is_well("sweeper"),
            ports=("sweeper_metrics",),
            monitoring=monitoring("sweeper"),
        ),
        Part(
            process(MAIL_SINK),
            "メール受信箱",
            module("deploy.mail_sink", str(mails)),
            lambda since: answers(mail_page, "/static/sink.css", tls=None),
            ports=("smtp", "mail_page"),
        ),
        Part(
            process("mail"),
            "メール送信",
            module("mail.sender"),
            is_well("mail"),
            ports=("mail_metrics",),
            monitoring=monitoring("mail"),
        ),
        Part(
            process("web"),
            "Web画面",
            module("web.server"),
            lambda since: all_listen(described().screens.processes),
            ports=("web_metrics",),
            monitoring=monitoring("web"),
            places=lambda: described().screens.processes,
        ),
        front_part(process=process(FRONT), folder=front_folder, described=described),
    )
