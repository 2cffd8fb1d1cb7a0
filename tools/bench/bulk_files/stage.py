"""What a file is worked off on: the hub as it runs, and on the same servers the bare case's worker."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from deploy.samples import ANOTHER_RETAILER, CURRENT_RETAILER, NEW_RETAILER, PEOPLE
from deploy.stack.ports import HOST, Ports
from deploy.stack.supervisor import Stack
from models.bulk.queries import FileOverview
from models.database import Database
from temporal.connection import connect
from temporal.gateway import TemporalGateway
from temporal.handover import handover
from tools.bench.cases.bare_side import BareSide
from tools.bench.cases.stage import bare_side, in_office_hours
from tools.bench.line import Line
from usecases import bulk_files
from usecases.actors import RetailerPerson
from usecases.hub import Hub
from usecases.people import find_person

_PARTS = ("worker", "grid_stub", "soap", "sweeper", "web", "front")


@dataclass(frozen=True)
class Stage:
    """The hub and the bare case's worker, running."""

    stack: Stack
    hub: Hub
    """What people at the screens reach."""
    sender: RetailerPerson
    """Who sends the file."""
    single: Line
    """The system of another retailer, whose single requests go on meanwhile."""
    decider: Line
    """The system of the retailer that decides on them."""
    bare: BareSide
    today: date

    def overview(self, number: str) -> FileOverview:
        with self.hub.database.transaction() as session:
            return bulk_files.file_overview(number, actor=self.sender, session=session)

    def pid(self, part: str) -> int:
        """Give the process of a part."""
        return self.processes()[part]

    def processes(self) -> dict[str, int]:
        """Give the processes of the parts that run."""
        running = {name: part.process.pid for name, part in self.stack.parts.items()}
        return {name: pid for name, pid in running.items() if pid is not None}


@contextmanager
def running_stage(folder: Path) -> Iterator[Stage]:
    """Run the hub in an empty folder for a block. PostgreSQL does not wait for the disk, for the bare case either."""

    settings = {"HUB_SMTP_HOST": HOST, "HUB_RETAILER_SHARE": "1"}
    stack = Stack(folder, ports=Ports.free(), hub=_PARTS, settings=settings, durable=False)
    with stack, ExitStack() as opened:
        today = in_office_hours(stack)
        database = Database(stack.environment["DATABASE_URL"])
        opened.callback(database.dispose)
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=stack.environment))
        opened.callback(gateway.close)
        hub = Hub(
            database=database,
            gateway=gateway,
            message_key=stack.environment["HUB_MESSAGE_KEY"].encode(),
            hand_over=handover(database=database, gateway=gateway, timeout=10.0),
        )
        sender = find_person(_person_of(NEW_RETAILER), hub=hub)
        assert isinstance(sender, RetailerPerson), "the sample people are of retailers"
        stores = {name: pid for name, part in stack.parts.items() if (pid := part.process.pid) is not None}
        bare = opened.enter_context(bare_side(stack, stores))
        lines = [_line(stack, retailer) for retailer in (ANOTHER_RETAILER, CURRENT_RETAILER)]
        for line in lines:
            opened.callback(line.close)
        single, decider = lines
        yield Stage(stack, hub, sender, single, decider, bare, today)


def _person_of(retailer: str) -> str:
    return next(person.user_id for person in PEOPLE if person.retailer_code == retailer)


def _line(stack: Stack, retailer: str) -> Line:
    certificates = stack.certificates
    certificate, authority = certificates.retailer(retailer), certificates.authority
    return Line(certificate=certificate, authority=authority, port=stack.ports.soap)
