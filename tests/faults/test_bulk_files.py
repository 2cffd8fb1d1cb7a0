"""A bulk file is worked off while whatever carries it is killed: every row ends, and none is sent twice."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from deploy.samples import PEOPLE, Person
from models.bulk.queries import FileOverview, file_overview
from models.bulk.tables import BulkFileRow, BulkPieceRow
from models.database import DatabaseAway
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from schemas.codes import CasePhase, Segment
from tests.faults.length import LONG
from tests.faults.revival import kept_running
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.sent_files import DECISIONS, REFERRALS, file_of, rows_with
from tests.support.world import World
from tools.bench.bulk_files.at_screen import AtScreen

ROWS = 400 if LONG else 60
WORST_MOMENTS = ("send-bulk-rows:after-row", "send-bulk-rows:after-note") if LONG else ("send-bulk-rows:after-row",)
_PATIENCE = 420.0
_OF_FILE = "SELECT count(*), count(DISTINCT case_number) FROM messages WHERE starts_with(message_id, :number)"


@pytest.mark.timeout(900)
def test_every_row_ends_and_none_is_sent_twice_whatever_is_killed(
    world: World, fault_folder: Path, tell: Callable[[str], None]
) -> None:
    began = time.monotonic()
    new, current = (_person(code) for code in (world.new.code, world.current.code))
    with kept_running(world.stack):
        (fault_folder / "check-bulk-file:part-stored").touch()
        referrals = _uploaded_while_the_screens_die(world, new, REFERRALS, _referrals(world))
        _wait_for(world, referrals, FileState.CHECKED)
        _confirmed_while_the_screens_die(world, new, referrals)
        for place, moment in enumerate(WORST_MOMENTS, start=1):
            _wait_for_rows(world, referrals, ROWS * place // 6)
            (fault_folder / moment).touch()
        _wait_for_rows(world, referrals, ROWS * 3 // 6)
        world.stack.kill("postgres")
        _wait_for_rows(world, referrals, ROWS * 4 // 6)
        for part in ("web", "worker", "temporal"):
            world.stack.kill(part)
        finished = _wait_for(world, referrals, FileState.FINISHED)
        assert (finished.done, finished.refused) == (ROWS, 0)

        decisions = _sent(world, current, DECISIONS, _rejections(world, referrals))
        world.stack.kill("worker")
        assert _wait_for(world, decisions, FileState.FINISHED).done == ROWS

    for number in (referrals, decisions):
        assert rows(world.database, _OF_FILE, number=number) == [(ROWS, ROWS)]
    own = "FROM cases JOIN bulk_rows ON given_number = case_number WHERE number = :number"
    assert rows(world.database, f"SELECT DISTINCT phase {own}", number=referrals) == [(CasePhase.REJECTED.value,)]
    assert rows(world.database, "SELECT count(*) FROM messages WHERE answered_at IS NULL") == [(0,)]
    assert rows(world.database, "SELECT count(*) FROM bulk_pieces") == [(0,)]
    tell(
        f"一括処理 {ROWS} 行（登録と否認）の間に、画面、ワーカー、PostgreSQL、Temporal を強制終了: "
        f"全行が1回ずつ処理され、{time.monotonic() - began:.0f} 秒で終わった"
    )


def _person(code: str) -> Person:
    return next(person for person in PEOPLE if person.retailer_code == code)


def _referrals(world: World) -> bytes:
    common = {
        "現小売電気事業者コード": world.current.code,
        "異動希望日": str(world.today()),
        "計器工事の要否": "not_needed",
        "同意取得日": str(world.today()),
    }
    points = (world.customer().point_number for _ in range(ROWS))
    return file_of(rows_with(*(common | {"供給地点特定番号": point} for point in points)))


def _rejections(world: World, referrals: str) -> bytes:
    given = rows(world.database, "SELECT given_number FROM bulk_rows WHERE number = :n ORDER BY line", n=referrals)
    decision = {"版": "1", "取次判断": "reject", "NG理由": "05", "NG理由（詳細）": ""}
    return file_of(rows_with(*(decision | {"廃止取次番号": number} for (number,) in given), kind=DECISIONS))


def _uploaded_while_the_screens_die(world: World, person: Person, kind: BulkKind, data: bytes) -> str:
    """Send a file as somebody does whose browser says that the connection broke: again, until its page comes."""
    world.stack.kill("web")
    number = until(lambda: _tried(lambda: _screen(world, person).upload(data, kind=kind, segment=_LOW)), within=60)
    assert isinstance(number, str)
    with world.database.transaction() as session:
        sizes = {row.number: row.size for row in session.execute(select(BulkFileRow.number, BulkFileRow.size))}
        pieces = session.execute(select(BulkPieceRow.number, BulkPieceRow.data))
        stored = Counter[str]()
        for of_file, piece in pieces:
            stored[of_file] += len(piece)
    assert {of_file: sizes[of_file] for of_file in stored} == dict(stored)
    return number


def _confirmed_while_the_screens_die(world: World, person: Person, number: str) -> None:
    screen = _screen(world, person)
    world.stack.kill("web")
    _tried(lambda: screen.confirm(number))
    until(
        lambda: _overview(world, number).state is FileState.RUNNING or _tried(lambda: _confirm(world, person, number))
    )


def _confirm(world: World, person: Person, number: str) -> None:
    _screen(world, person).confirm(number)


def _sent(world: World, person: Person, kind: BulkKind, data: bytes) -> str:
    screen = _screen(world, person)
    number = screen.upload(data, kind=kind, segment=_LOW)
    _wait_for(world, number, FileState.CHECKED)
    screen.confirm(number)
    return number


_LOW = Segment.LOW_VOLTAGE


def _screen(world: World, person: Person) -> AtScreen:
    return AtScreen(world.stack.environment["HUB_WEB_PUBLIC_URL"], person)


def _tried(act: Callable[[], object]) -> object:
    try:
        return act()
    except (requests.RequestException, IndexError):  # nobody answers, or with a page that says so
        return None


def _overview(world: World, number: str) -> FileOverview:
    with world.database.transaction() as session:
        overview = file_overview(session, number=number, retailer_code=None)
    assert overview is not None
    return overview


def _look(world: World, number: str) -> FileOverview | None:
    """Look at a file; None while the database is away."""
    try:
        return _overview(world, number)
    except DatabaseAway:
        return None


def _wait_for(world: World, number: str, state: FileState) -> FileOverview:
    def stands() -> FileOverview | None:
        overview = _look(world, number)
        return overview if overview is not None and overview.state is state else None

    return until(stands, within=_PATIENCE, instead=lambda: _look(world, number))


def _wait_for_rows(world: World, number: str, finished: int) -> None:
    def so_many() -> bool:
        overview = _look(world, number)
        return overview is not None and overview.finished >= finished

    until(so_many, within=_PATIENCE, instead=lambda: _look(world, number))
