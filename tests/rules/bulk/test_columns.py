"""The columns of a file are the elements of its rows' message."""

import pytest

from rules.bulk.columns import MESSAGE_ID, PROCESS, columns_of, letter_of
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from schemas.contract import Member, members_for
from tests.support.sent_files import DECISIONS, FIT, HIGH, LOW, REFERRALS, STARTS

EVERY = [pytest.param(kind, segment, id=f"{kind}-{segment}") for kind in BulkKind for segment in Segment]


def headers(kind: BulkKind, segment: Segment) -> list[str]:
    return [column.header for column in columns_of(kind, segment)]


def leaves(message: type, segment: Segment, kind: BulkKind) -> list[Member]:
    return [
        leaf
        for member in members_for(message, segment, kind.process if message is kind.interface.request else None)
        for leaf in ([member] if member.item is None else leaves(member.item, segment, kind))
    ]


@pytest.mark.parametrize(("kind", "segment"), EVERY)
def test_each_element_that_a_row_can_say_has_a_column_and_nothing_else(kind: BulkKind, segment: Segment) -> None:
    said = [
        leaf for leaf in leaves(kind.interface.request, segment, kind) if leaf.xml_name not in (MESSAGE_ID, PROCESS)
    ]

    assert [column.path[-1] for column in columns_of(kind, segment)] == [leaf.xml_name for leaf in said]
    assert headers(kind, segment) == [leaf.field.label for leaf in said]


@pytest.mark.parametrize(("kind", "segment"), EVERY)
def test_no_two_columns_have_one_name(kind: BulkKind, segment: Segment) -> None:
    assert len(set(headers(kind, segment))) == len(headers(kind, segment))


def test_a_segment_has_its_own_columns_under_its_own_names() -> None:
    assert "契約電力" in headers(STARTS, HIGH) and "契約電力" not in headers(STARTS, LOW)
    assert headers(REFERRALS, FIT)[0] == "受電地点特定番号"


def test_what_stands_in_a_group_has_its_place_there() -> None:
    places = [column.place for column in columns_of(REFERRALS, LOW)]

    assert places[-3:] == ["consent/obtainedOn", "consent/method", "consent/obtainedBy"]


def test_what_a_registration_does_not_say_has_no_column() -> None:
    assert "廃止取次番号" not in headers(REFERRALS, LOW)
    assert headers(DECISIONS, LOW) == ["廃止取次番号", "版", "取次判断", "NG理由", "NG理由（詳細）"]


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_a_column_has_the_letter_that_spreadsheets_give_it(place: int, letter: str) -> None:
    assert letter_of(place) == letter
