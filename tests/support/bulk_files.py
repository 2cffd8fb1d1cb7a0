"""Bulk files as they are stored: uploaded by somebody of the cast, and checked without reading any bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from deploy.samples import Person
from models.bulk.files import Check, Upload, begin_check, end_check, steer, store_rows, store_upload
from models.bulk.queries import FileOverview, FileRowLine, file_overview, rows_of
from models.database import Database, Session
from models.reads import ReadRecorder
from models.users.queries import find_viewer
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import Steering
from rules.bulk.reading import RowRead
from schemas.codes import Segment
from schemas.reading import RawValue
from tests.support.cast import NEW_SIDE, register_cast
from tests.support.raw_requests import registration
from usecases.actors import RetailerPerson, person

REFERRALS = BulkKind.REGISTER_REFERRALS
_NOBODY = ReadRecorder(retailer_code=None, source_address="")


def with_cast(database: Database) -> None:
    """Register the cast unless it is."""
    with database.transaction() as session:
        if find_viewer(session, user_id=NEW_SIDE.user_id) is None:
            register_cast(session)


def actor_of(database: Database, who: Person) -> RetailerPerson:
    """Give somebody of a retailer as the screens hand them to use cases."""
    with_cast(database)
    with database.transaction() as session:
        viewer = find_viewer(session, user_id=who.user_id)
    assert viewer is not None
    actor = person(viewer, source_address="192.0.2.1")
    assert isinstance(actor, RetailerPerson)
    return actor


def referral_rows(database: Database, count: int, *, first: int = 1, **changes: RawValue) -> list[RowRead]:
    """Make rows of registrations, each of a point of its own; ``changes`` by element name."""
    rows = []
    common = registration(database, **changes)
    del common["messageId"]
    for place in range(count):
        point = f"03{first + place:020d}"
        rows.append(RowRead(line=place + 2, values={"pointNumber": point} | _without(common, "pointNumber")))
    return rows


def _without(values: dict[str, RawValue], name: str) -> dict[str, RawValue]:
    return {key: value for key, value in values.items() if key != name}


@dataclass
class BulkDesk:
    """Files of the tests in a database."""

    database: Database

    def upload(
        self,
        data: bytes = b"data",
        *,
        kind: BulkKind = REFERRALS,
        by: Person = NEW_SIDE,
        segment: Segment = Segment.LOW_VOLTAGE,
    ) -> str:
        with_cast(self.database)
        assert by.retailer_code is not None
        upload = Upload(
            name="取次.csv",
            data=data,
            digest=hashlib.sha256(data).hexdigest(),
            kind=kind,
            segment=segment,
            retailer_code=by.retailer_code,
            user_id=by.user_id,
            source_address="192.0.2.1",
        )
        return self.database.run(lambda session: store_upload(session, upload))

    def begin(self, number: str) -> Check:
        check = self.database.run(lambda session: begin_check(session, number=number))
        assert check is not None
        return check

    def checked(
        self,
        rows: Sequence[RowRead],
        *,
        kind: BulkKind = REFERRALS,
        by: Person = NEW_SIDE,
        segment: Segment = Segment.LOW_VOLTAGE,
    ) -> str:
        """Store a file whose rows were found so."""
        number = self.upload(kind=kind, by=by, segment=segment)
        check = self.begin(number)
        self.database.run(partial(store_rows, check=check, rows=rows))
        self.database.run(partial(end_check, check=check))
        return number

    def running(self, rows: Sequence[RowRead], *, kind: BulkKind = REFERRALS, by: Person = NEW_SIDE) -> str:
        """Store a file that was confirmed."""
        number = self.checked(rows, kind=kind, by=by)
        self.steer(number, Steering.CONFIRM, by=by)
        return number

    def steer(self, number: str, asked: Steering, *, by: Person = NEW_SIDE) -> None:
        def write(session: Session) -> None:
            steer(session, number=number, asked=asked, user_id=by.user_id, source_address="192.0.2.1")

        self.database.run(write)

    def overview(self, number: str) -> FileOverview:
        with self.database.transaction() as session:
            overview = file_overview(session, number=number, retailer_code=None)
        assert overview is not None
        return overview

    def rows(self, number: str) -> list[FileRowLine]:
        with self.database.transaction() as session:
            return rows_of(session, number=number, limit=100_000, recorder=_NOBODY)
