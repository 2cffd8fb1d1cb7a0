"""Files at the screens. No worker runs: a test has a file checked, and its rows answered, where it wants that."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from deploy.samples import Person
from models.bulk.files import finish
from models.bulk.rows import RowResult, note_results
from models.database import Database
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from tests.support.bulk_files import BulkDesk, with_cast
from tests.support.cast import NEW_SIDE
from tests.support.sent_files import LOW, REFERRALS, file_of, referrals_table
from tests.support.settings import Settings
from tests.web.conftest import Browsers
from tests.web.pages import get
from usecases.bulk_check import check_file
from usecases.hub import hub_of


@dataclass
class FileRoom(BulkDesk):
    """What people send at the screens, and what a worker would do with it."""

    browsers: Browsers
    settings: Settings

    def referrals(self, *changes: Mapping[str, str]) -> list[list[str]]:
        """Make a table of registrations that the hub would take, with changes by header."""
        return referrals_table(self.database, *changes)

    def send(
        self,
        data: bytes,
        *,
        by: Person = NEW_SIDE,
        kind: BulkKind = REFERRALS,
        segment: Segment = LOW,
        name: str = "取次11月.csv",
    ) -> TestResponse:
        """Send a file by the form, as a browser does."""
        client = self.browsers.of(by)
        page = get(client, f"/bulk/new/{kind.value}/{segment.value}")
        (form,) = page.xpath("//form[@enctype]")
        token = form.xpath(".//input[@name='csrf_token']/@value")[0]
        return client.post(form.get("action"), data={"csrf_token": token, "file": (io.BytesIO(data), name)})

    def sent(self, table: Sequence[Sequence[str]], by: Person = NEW_SIDE) -> str:
        """Send a file that is taken, and give its number."""
        answer = self.send(file_of(table), by=by)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return answer.headers["Location"].rpartition("/")[2]

    def check(self, number: str) -> None:
        """Check a file as a worker does."""
        hub = hub_of(self.settings, database=self.database)
        check_file(number, hub=hub, looked_at=lambda count: None)

    def seen(self, table: Sequence[Sequence[str]], by: Person = NEW_SIDE) -> str:
        """Send a file and have it checked."""
        number = self.sent(table, by=by)
        self.check(number)
        return number

    def answer(self, number: str, *results: RowResult) -> None:
        """Note what became of rows, and end the file where none is left."""
        self.database.run_plain(lambda line: note_results(line, number=number, results=results))
        self.database.run(lambda session: finish(session, number=number))


@pytest.fixture
def room(database: Database, browsers: Browsers, settings: Settings) -> FileRoom:
    with_cast(database)
    return FileRoom(database, browsers, settings)
