"""Bulk files as an office sees them on a morning: one in each state, none of which a worker knows."""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import text, update

from models.bulk.files import end_check, finish, store_rows
from models.bulk.rows import RowResult, note_results
from models.bulk.tables import BulkFileRow
from models.database import Database
from rules.bulk.progress import RowOutcome, Steering
from rules.bulk.reading import FileRefused, RowRead, read_file
from rules.bulk.summary import Asked, Tally
from schemas.codes import Area
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from tests.support.bulk_files import BulkDesk
from tests.support.cast import CURRENT, OTHER
from tests.support.sent_files import LOW, REFERRALS, file_of, read_rows, rows_with

_FAULTS: tuple[Mapping[str, str], ...] = (
    {"供給地点特定番号": "4.9E+21"},
    {"契約番号": "=1+1"},
    {"契約名義（カナ）": "たかはし　たろう", "同意取得日": ""},
    {"現小売電気事業者コード": "12"},
)
_LARGE = text("UPDATE bulk_files SET rows = 100000, done = 40991, refused = 243 WHERE number = :number")
_TAKEN = "SW03L20260812{:08}9"


def sample_files(database: Database) -> dict[str, str]:
    """Make the files, and give their numbers by name."""
    desk = BulkDesk(database)
    rows = read_rows(file_of(rows_with(*[{}] * 36, *_FAULTS)))
    good = [row for row in rows if not row.problems]
    numbers = {
        "file_uploaded": desk.upload(b"uploaded"),
        "file_unreadable": _refused(desk),
        "file_checked": _checked(desk, rows),
        "file_all_faulty": _checked(desk, [row for row in rows if row.problems]),
        "file_again": _checked(desk, good),
        "file_running": _checked(desk, good),
        "file_paused": _checked(desk, good),
        "file_stopped": _checked(desk, good),
        "file_finished": _checked(desk, rows),
    }
    for name in ("file_running", "file_paused", "file_stopped", "file_finished"):
        desk.steer(numbers[name], Steering.CONFIRM)
        _answer(database, numbers[name], good if name == "file_finished" else good[:12])
    desk.steer(numbers["file_paused"], Steering.PAUSE)
    desk.steer(numbers["file_stopped"], Steering.STOP)
    database.run(partial(finish, number=numbers["file_finished"]))
    with database.transaction() as session:
        session.execute(_LARGE, {"number": numbers["file_paused"]})
        renamed = update(BulkFileRow).where(BulkFileRow.number == numbers["file_finished"])
        session.execute(renamed.values(name="長" * 56 + ".csv"))
    return numbers


def _refused(desk: BulkDesk) -> str:
    data = file_of(rows_with({}), separator=";")
    read = read_file(data, kind=REFERRALS, segment=LOW)
    assert isinstance(read, FileRefused)
    number = desk.upload(data)
    check = desk.begin(number)
    desk.database.run(partial(end_check, check=check, problems=read.problems))
    return number


def _checked(desk: BulkDesk, rows: list[RowRead]) -> str:
    number = desk.upload()
    check = desk.begin(number)
    desk.database.run(partial(store_rows, check=check, rows=rows))
    tally = Tally()
    for place, row in enumerate(rows):
        if not row.problems:
            area = Area.KANSAI if place % 3 else Area.TOKYO
            tally.count(asked=Asked.REFERRAL, area=area, counterpart=OTHER if place % 5 else CURRENT)
    desk.database.run(partial(end_check, check=check, summary=tally.summary(left_out=0)))
    return number


def _answer(database: Database, number: str, rows: list[RowRead]) -> None:
    results = [
        RowResult(row.line, RowOutcome.REFUSED, refusal=Refusal(RefusalCode.POINT_BUSY))
        if place % 6 == 5
        else RowResult(row.line, RowOutcome.DONE, _TAKEN.format(place))
        for place, row in enumerate(rows)
    ]
    database.run_plain(lambda line: note_results(line, number=number, results=results))
