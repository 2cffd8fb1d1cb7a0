"""Starts and stops the whole system on one machine, as detached processes under one folder."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from alembic import command
from alembic.config import Config

from deploy.local_certificates import Certificates
from deploy.stack import postgres, temporal
from deploy.stack.environment import (
    OWNER_ADDRESS,
    base_environment,
    check_settings,
    fingerprint,
    local_settings,
    processes_by_port,
    settings_from,
    settings_of,
)
from deploy.stack.exclusive import one_at_a_time
from deploy.stack.parts import (
    FACES,
    FRONT,
    GRID_STUB,
    HUB_PARTS,
    MAIL_SINK,
    STOP_ORDER,
    TEMPORAL,
    Part,
    hub_parts,
    postgres_part,
    temporal_part,
)
from deploy.stack.ports import Ports, PortsTaken, require_apart, require_free
from deploy.stack.processes import Process
from deploy.stack.states import LONG_AGO, PartState, state_of
from models.encryption import use_keys
from runtime.local_settings import leave_settings
from runtime.settings.shared import DataKeySettings

ROOT = Path(__file__).resolve().parents[2]
"""Where the code is."""

_SAY_EVERY = 10.0
"""Seconds between two words to whoever waits for a part."""
_PORTS_FREE_WITHIN = 5.0
"""Seconds that what a kill left behind is given to let go of its ports."""
_NOT_AT_ONCE = 2.0
"""Seconds from one start of a part to the next, when it is started because it ended."""


class UnableToStart(Exception):
    """A part did not get ready; the text says which, and what it said last."""


class Stack:
    """The whole system in one folder: PostgreSQL, Temporal, the hub's processes and the grid stub.

    PostgreSQL, Temporal and the mail server are its own unless ``settings`` name others (``DATABASE_URL``,
    ``TEMPORAL_ADDRESS`` or ``TEMPORAL_PROFILE``, ``HUB_SMTP_HOST``). Several stacks run side by
    side in folders of their own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        ports: Ports | None = None,
        settings: Mapping[str, str] | None = None,
        hub: Sequence[str] = HUB_PARTS,
        durable: bool = True,
        say: Callable[[str], None] = lambda words: None,
    ) -> None:
        """Describe a stack; nothing is started.

        :param settings: of the processes, by name of the environment variable; they win over what the ports imply.
        :param hub: which of the hub's own parts it has.
        :param durable: False where the data need not survive a crash of the machine, as in tests.
        :param say: hears what is being done, a line at a time.
        """
        settings_given = dict(settings or {})
        self.folder = folder.resolve()
        self.ports = ports or Ports()
        self._lock = self.folder / "stack.lock"
        self.mails = self.folder / "mail"
        """Where the stack's own mail server keeps what it took."""
        self.certificates = Certificates(self.folder / "tls")
        self.cluster = None if "DATABASE_URL" in settings_given else self._own_cluster(durable=durable)
        self.own_mail_sink = "HUB_SMTP_HOST" not in settings_given
        self.own_temporal = not settings_given.keys() & {"TEMPORAL_ADDRESS", "TEMPORAL_PROFILE"}
        self.environment = base_environment() | self._local_settings() | settings_given
        """What the processes run in."""
        self.parts = self._make_parts({*hub, FRONT} if FACES.intersection(hub) else hub)
        self._say = say

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], *, folder: Path, say: Callable[[str], None] = lambda words: None
    ) -> Self:
        """Describe the stack that an environment asks for.

        :raises ValueError: when a port in it is none.
        """
        return cls(folder, ports=Ports.from_environment(environment), settings=settings_of(environment), say=say)

    def up(self) -> None:
        """Start what does not run, and start anew what runs with other settings.

        :raises WrongSettings: before anything is started.
        :raises PortsTaken: before anything is started.
        :raises UnableToStart: when a part does not get ready; then what was started is stopped again, and nothing else.
        """
        check_settings(self.environment)
        require_apart(self.ports, processes=processes_by_port(self.environment))
        use_keys(settings_from(DataKeySettings, self.environment).key_source)  # who brings it up works with its data
        with one_at_a_time(self._lock):
            self.certificates.make_own()
            leave_settings(self.folder, self.ports.as_settings() | settings_of(self.environment))
            self._stop_changed()
            self._require_ports()
            before = {part.name for part in self.parts.values() if part.process.pid is not None}
            try:
                self._start_together([part for part in self.parts.values() if part.name not in HUB_PARTS])
                hub = [part for part in self.parts.values() if part.name in HUB_PARTS]
                if not hub or any(part.process.pid is None for part in hub):
                    self._migrate()
                self._start_together(hub)
            except BaseException:
                self._stop_all(but=before)
                raise

    def down(self) -> None:
        """Stop every part, faces first."""
        with one_at_a_time(self._lock):
            self._stop_all()

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(self, *problem: object) -> None:
        self.down()

    def start(self, name: str) -> None:
        """Start one part and wait until it is ready.

        :raises UnableToStart: when it does not get ready.
        """
        parts = [self.parts[name]]
        since = datetime.now(UTC)
        with one_at_a_time(self._lock):
            fresh = self._launch_stopped(parts)
        self._await_ready(parts, fresh=fresh, since=since)  # what it needs may have to be revived meanwhile

    def stop(self, name: str) -> None:
        """Stop one part, letting it end what it is doing."""
        with one_at_a_time(self._lock):  # or it is revived between its end and the word that it was told to
            self._stop_together([self.parts[name]])

    def kill(self, name: str, *, stays_down: bool = False) -> None:
        """End one part as a crash would.

        :param stays_down: nothing revives it.
        """
        with one_at_a_time(self._lock):
            self.parts[name].process.kill()
            if stays_down:
                self.parts[name].process.forget()

    def running(self, name: str) -> bool:
        """Tell whether the process of a part runs."""
        return self.parts[name].process.pid is not None

    def states(self) -> list[PartState]:
        """Tell how each part is doing."""
        with ThreadPoolExecutor(len(self.parts)) as threads:  # those that do not answer shall not add up
            return list(threads.map(state_of, self.parts.values()))

    def revive(self) -> None:
        """Start the parts again that ended without having been told to.

        It waits for none to get ready: a part may need another that ends in the meantime. One that ends at
        once is started again after a pause.

        :raises UnableToStart: when one cannot be started.
        """
        with one_at_a_time(self._lock):
            for part in self.parts.values():
                if part.process.left_behind and part.process.started_before(seconds=_NOT_AT_ONCE):
                    self._say(f"{part.label} が終わっていたので起動し直します")
                    self._launch(part)

    @property
    def is_up(self) -> bool:
        """True from the start of its parts until they are told to stop."""
        return any(part.process.pid_file.exists() for part in self.parts.values())

    @property
    def owner_address(self) -> str:
        """Address of the database for who owns its tables."""
        return self.environment.get(OWNER_ADDRESS) or self.environment["DATABASE_URL"]

    def _own_cluster(self, *, durable: bool) -> postgres.Cluster:
        return postgres.Cluster(
            self.folder / "postgres", self.ports.postgres, log_folder=self.folder / "log", durable=durable
        )

    def _local_settings(self) -> dict[str, str]:
        environment = local_settings(folder=self.folder, ports=self.ports)
        if self.cluster is not None:
            environment |= {"DATABASE_URL": self.cluster.product_url, OWNER_ADDRESS: self.cluster.url}
        if self.own_temporal:
            environment |= temporal.settings(self.ports)
        return environment

    def _make_parts(self, hub: Collection[str]) -> dict[str, Part]:
        parts = [] if self.cluster is None else [postgres_part(self.cluster)]
        if self.own_temporal:
            parts.append(
                temporal_part(
                    process=self._process(TEMPORAL),
                    folder=self.folder / "temporal",
                    ports=self.ports,
                    environment=self.environment,
                )
            )
        ours = hub_parts(
            self._process,
            environment=self.environment,
            front_folder=self.folder / "front",
            mails=self.mails,
            mail_page=self.ports.mail_page,
        )
        parts += [part for part in ours if part.name in hub and (part.name != MAIL_SINK or self.own_mail_sink)]
        return {part.name: part for part in parts}

    def _process(self, name: str) -> Process:
        return Process(name, run_folder=self.folder / "run", log_folder=self.folder / "log")

    def _fingerprint(self, part: Part) -> str:
        return fingerprint(part.command, settings_of(self.environment) if part.name in HUB_PARTS else {})

    def _stop_changed(self) -> None:
        changed = [
            part
            for part in self.parts.values()
            if part.process.pid is not None and part.process.fingerprint != self._fingerprint(part)
        ]
        if changed:
            self._say("設定が変わったので起動し直します: " + "、".join(part.label for part in changed))
            self._stop_all() if any(part.name not in HUB_PARTS for part in changed) else self._stop_together(changed)

    def _require_ports(self) -> None:
        stopped = [part for part in self.parts.values() if part.process.pid is None]
        port_names = tuple(port for part in stopped for port in part.ports)
        patience = _PORTS_FREE_WITHIN if any(part.process.left_behind for part in stopped) else 0.0
        end = time.monotonic() + patience
        while True:
            try:
                return require_free(self.ports, port_names)
            except PortsTaken:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _start_together(self, parts: Sequence[Part]) -> None:
        since = datetime.now(UTC)
        self._await_ready(parts, fresh=self._launch_stopped(parts), since=since)

    def _launch_stopped(self, parts: Sequence[Part]) -> list[Part]:
        stopped = [part for part in parts if part.process.pid is None]
        for part in stopped:
            self._launch(part)
        return stopped

    def _await_ready(self, parts: Sequence[Part], *, fresh: Sequence[Part], since: datetime) -> None:
        for part in parts:
            self._await(part, since=since if part in fresh else LONG_AGO)
        if fresh:
            seconds = (datetime.now(UTC) - since).total_seconds()
            self._say(f"{'、'.join(part.label for part in fresh)} を起動しました ({seconds:.1f}秒)")

    def _launch(self, part: Part) -> None:
        try:
            part.prepare()
        except postgres.UnableToStartPostgres as problem:
            raise UnableToStart(_words(part, str(problem))) from problem
        environment = self.environment | {"PGAPPNAME": part.name}  # who is who in pg_stat_activity
        environment.pop(OWNER_ADDRESS, None)
        if part.name == GRID_STUB:
            environment["DATABASE_URL"] = self.owner_address
        part.process.start(part.command, environment=environment, folder=ROOT, fingerprint=self._fingerprint(part))

    def _await(self, part: Part, *, since: datetime) -> None:
        began = told_at = time.monotonic()
        while not part.ready(since):
            now = time.monotonic()
            if part.process.pid is None or now - began > part.ready_within:
                raise UnableToStart(_words(part, part.process.last_lines()))
            if now - told_at > _SAY_EVERY:
                told_at = now
                self._say(f"{part.label} の準備を待っています ({now - began:.0f}秒)")
            time.sleep(0.05)

    def _migrate(self) -> None:
        config = Config(ROOT / "alembic.ini", attributes={"url": self.owner_address})
        try:
            command.upgrade(config, "head")
        except Exception as problem:
            raise UnableToStart(f"データベースを最新の形にできません。 / Migrations failed.\n{problem}") from problem

    def _stop_all(self, *, but: Collection[str] = ()) -> None:
        for names in STOP_ORDER:
            self._stop_together([self.parts[name] for name in names if name in self.parts and name not in but])

    def _stop_together(self, parts: Sequence[Part]) -> None:
        for part in parts:
            part.drain()
            part.process.signal(part.stop_signal)
        for part in parts:
            if not part.process.wait(part.stop_within):
                self._say(f"{part.label} が終わらないため強制終了します")
                part.process.kill()
            part.process.forget()


def _words(part: Part, log_end: str) -> str:
    return f"{part.label} を起動できません。最後のログ: / {part.name} did not start. Its log ends with:\n{log_end}"
