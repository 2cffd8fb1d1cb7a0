"""異動並びチェック: what can stand on one point side by side, and what is told of what stands in the way."""

import pytest

from rules.point_order import OpenProcedure, check_point_order
from schemas.codes import ApplicationKind
from schemas.messages import MessageCode

START, END, INQUIRY = ApplicationKind.START, ApplicationKind.END, ApplicationKind.USAGE_INQUIRY
MINE, THEIRS = "1001", "1002"
NUMBER = "AP03L20260701000000011"
EVERYTHING: list[ApplicationKind | None] = [None, *ApplicationKind]


def conflicts(wanted: ApplicationKind | None, standing: ApplicationKind | None, *, owner: str = THEIRS) -> bool:
    refusal = check_point_order(wanted, by=MINE, open_procedures=[OpenProcedure(NUMBER, owner, standing)])
    return refusal is not None


@pytest.mark.parametrize("wanted", EVERYTHING, ids=lambda kind: kind or "case")
def test_a_procedure_stands_alone_but_for_an_inquiry_and_the_other_half_of_its_pair(
    wanted: ApplicationKind | None,
) -> None:
    beside = {standing for standing in EVERYTHING if not conflicts(wanted, standing)}

    pairs: dict[ApplicationKind | None, set[ApplicationKind | None]] = {START: {END, INQUIRY}, END: {START, INQUIRY}}
    assert beside == (set(EVERYTHING) if wanted is INQUIRY else pairs.get(wanted, {INQUIRY}))


def test_start_and_end_of_one_retailer_are_no_pair() -> None:
    assert conflicts(START, END, owner=MINE) and conflicts(END, START, owner=MINE)
    assert not conflicts(START, INQUIRY, owner=MINE)


def test_a_pair_leaves_no_room_for_a_third() -> None:
    pair = [OpenProcedure(NUMBER, THEIRS, START), OpenProcedure(NUMBER, "1003", END)]

    assert all(
        check_point_order(wanted, by=MINE, open_procedures=pair) is not None
        for wanted in EVERYTHING
        if wanted is not INQUIRY
    )


def test_ones_own_procedure_is_named_with_number_and_kind() -> None:
    own = OpenProcedure(NUMBER, MINE, ApplicationKind.RE_ENERGISATION)

    refusal = check_point_order(START, by=MINE, open_procedures=[OpenProcedure("AP-theirs", THEIRS, None), own])

    assert refusal is not None and refusal.code is MessageCode.POINT_BUSY
    (finding,) = refusal.findings
    assert (finding.field, finding.rule) == ("pointNumber", "one-procedure-per-point")
    assert finding.message == f"自社の手続き{NUMBER}（再点）が進行中のため、スイッチング開始申請は登録できません。"


def test_of_another_retailers_nothing_is_told_but_that_it_is_open() -> None:
    refusal = check_point_order(START, by=MINE, open_procedures=[OpenProcedure(NUMBER, THEIRS, None)])

    assert refusal is not None
    assert refusal.findings[0].message == refusal.text
    assert NUMBER not in repr(refusal) and THEIRS not in repr(refusal) and "案件" not in repr(refusal)
