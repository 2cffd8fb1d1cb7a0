"""Checking a bulk file: what is wrong with it and its rows, and what the hub would say, before anything is sent."""

import pytest

from deploy.samples import Person
from models.database import Database
from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState, RowOutcome
from rules.bulk.summary import Counted
from tests.support import decisions
from tests.support.bulk_files import BulkDesk, referral_rows
from tests.support.case_steps import obey_all
from tests.support.cast import CURRENT, DECIDER, NEW, NEW_SIDE, OTHER
from tests.support.lone_applications import open_start
from tests.support.referrals import open_case
from tests.support.sent_files import DECISIONS, REFERRALS, file_of, rows_with
from usecases.bulk_check import check_file, give_up
from usecases.hub import Hub as Parts


@pytest.fixture
def desk(database: Database) -> BulkDesk:
    return BulkDesk(database)


@pytest.fixture
def wished(database: Database, parts: Parts) -> str:
    (row,) = referral_rows(database, 1)
    return str(row.values["wishedDate"])


def checked(desk: BulkDesk, parts: Parts, data: bytes, *, kind: BulkKind = REFERRALS, by: Person = NEW_SIDE) -> str:
    number = desk.upload(data, kind=kind, by=by)
    looked_at: list[int] = []
    check_file(number, hub=parts, looked_at=looked_at.append)
    return number


def problems(desk: BulkDesk, number: str) -> list[tuple[int, str, str]]:
    """Give line, code and rule of all that is wrong with rows."""
    return [(row.line, problem.code, problem.rule) for row in desk.rows(number) for problem in row.problems]


def referrals(*changes: dict[str, str], wished: str) -> bytes:
    usual = {"現小売電気事業者コード": CURRENT, "異動希望日": wished, "同意取得日": "2026-01-15"}
    return file_of(rows_with(*(usual | change for change in changes)))


def test_rows_that_can_be_sent_are_counted_by_what_area_and_counterpart(
    desk: BulkDesk, parts: Parts, wished: str
) -> None:
    data = referrals({}, {}, {"供給地点特定番号": "0600000000000000000001"}, wished=wished)

    number = checked(desk, parts, data)

    overview = desk.overview(number)
    assert problems(desk, number) == []
    assert (overview.state, overview.rows, overview.faulty) == (FileState.CHECKED, 3, 0)
    assert overview.summary is not None
    assert overview.summary.asked == (Counted("referral", "廃止取次の登録", 3),)
    assert [counted.label for counted in overview.summary.areas] == ["東京", "関西"]
    assert overview.summary.counterparts == (Counted(CURRENT, "", 3),)
    assert {row.outcome for row in desk.rows(number)} == {RowOutcome.WAITING}


def test_what_the_hub_would_refuse_is_told_with_the_same_code_and_words(
    desk: BulkDesk, parts: Parts, wished: str
) -> None:
    open_case(parts.database, point_number="0300000000000000000301")
    data = referrals(
        {"現小売電気事業者コード": NEW},
        {"現小売電気事業者コード": "9999"},
        {"供給地点特定番号": "0300000000000000000301"},
        {"異動希望日": "2026-01-01"},
        {},
        wished=wished,
    )

    number = checked(desk, parts, data)

    assert problems(desk, number) == [
        (2, "HUB-B001", "other-retailer"),
        (3, "HUB-B001", "known-retailer"),
        (4, "HUB-B002", "one-procedure-per-point"),
        (5, "HUB-B001", "earliest-effective-date"),
    ]
    assert desk.overview(number).to_send == 1


def test_a_point_whose_application_may_give_way_is_left_to_the_registration(
    desk: BulkDesk, parts: Parts, wished: str
) -> None:
    open_start(parts.database, point_number="0300000000000000000301", retailer=OTHER)
    data = referrals({"供給地点特定番号": "0300000000000000000301"}, wished=wished)

    assert problems(desk, checked(desk, parts, data)) == []


def test_a_decision_is_held_to_the_case_as_it_stands(desk: BulkDesk, parts: Parts) -> None:
    waiting, decided, others = (
        open_case(parts.database, point_number=f"03{number:020d}", **change)
        for number, change in ((1, {}), (2, {}), (3, {"current_retailer_code": OTHER}))
    )
    with parts.database.transaction() as session:
        decisions.decide(session, decided)
        obey_all(session, decided)
    cases = (waiting, decided, others)
    table = rows_with(*({"廃止取次番号": case, "版": "1"} for case in cases), kind=DECISIONS)

    number = checked(desk, parts, file_of(table), kind=DECISIONS, by=DECIDER)

    assert problems(desk, number) == [
        (3, "HUB-S002", "decide-phase"),
        (4, "HUB-S001", "own-case"),
    ]
    summary = desk.overview(number).summary
    assert summary is not None
    assert summary.counterparts == (Counted(NEW, "", 1),)


def test_a_file_that_cannot_be_read_is_refused_with_its_reason(desk: BulkDesk, parts: Parts) -> None:
    number = checked(desk, parts, b"PK\x03\x04 no CSV at all")

    overview = desk.overview(number)
    assert overview.state is FileState.REFUSED
    assert len(overview.problems) == 1
    assert desk.rows(number) == []


def test_one_that_breaks_the_check_itself_is_refused_and_nothing_is_sent(desk: BulkDesk, parts: Parts) -> None:
    number = desk.upload()

    give_up(number, hub=parts)

    assert desk.overview(number).state is FileState.REFUSED
    assert [problem.code for problem in desk.overview(number).problems] == ["HUB-R004"]


def test_a_long_file_is_stored_part_by_part(desk: BulkDesk, parts: Parts, wished: str) -> None:
    data = referrals(*({} for _ in range(1200)), wished=wished)
    number, looked_at = desk.upload(data), list[int]()

    check_file(number, hub=parts, looked_at=looked_at.append)

    assert looked_at == [500, 1000, 1200]
    assert desk.overview(number).to_send == 1200
