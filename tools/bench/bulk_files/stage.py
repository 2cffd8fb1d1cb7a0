"""What a file is worked off on: the hub as it runs, and on the same servers the bare case's worker."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deploy.samples import ANOTHER_RETAILER, CURRENT_RETAILER, NEW_RETAILER, PEOPLE, Person
from deploy.stack.ports import HOST, Ports
from deploy.stack.supervisor import Stack
from models.bulk.queries import FileOverview, file_overview
from models.database import Database
from tools.bench.bulk_files.at_screen import AtScreen
from tools.bench.cases.bare_side import BareSide
from tools.bench.cases.stage import bare_side, in_office_hours
from tools.bench.line import Line

_PARTS = ("worker", "grid_stub", "soap", "sweeper", "web", "front")


@dataclass(frozen=True)
class Stage:
    """The hub and the bare case's worker, running."""

    stack: Stack
    database: Database
    sender: AtScreen
    """Who sends the file."""
    single: Line
    """The system of another retailer, whose single requests go on meanwhile."""
    decider: Line
    """The system of the retailer that decides on them."""
    bare: BareSide
    today: date

    def overview(self, number: str) -> FileOverview:
        with self.database.transaction() as session:
            overview = file_overview(session, number=number, retailer_code=NEW_RETAILER)
        if overview is None:
            raise LookupError(number)
        return overview

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
        sender = AtScreen(stack.environment["HUB_WEB_PUBLIC_URL"], _person_of(NEW_RETAILER))
        stores = {name: pid for name, part in stack.parts.items() if (pid := part.process.pid) is not None}
        bare = opened.enter_context(bare_side(stack, stores))
        lines = [_line(stack, retailer) for retailer in (ANOTHER_RETAILER, CURRENT_RETAILER)]
        for line in lines:
            opened.callback(line.close)
        single, decider = lines
        yield Stage(stack, database, sender, single, decider, bare, today)


def _person_of(retailer: str) -> Person:
    return next(person for person in PEOPLE if person.retailer_code == retailer)


def _line(stack: Stack, retailer: str) -> Line:
    certificates = stack.certificates
    certificate, authority = certificates.retailer(retailer), certificates.authority
    return Line(certificate=certificate, authority=authority, port=stack.ports.soap)
