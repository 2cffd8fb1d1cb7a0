"""異動並びチェック: what can stand on one point side by side, and what is told of what stands in the way."""

import pytest

from rules.point_order import OpenProcedure, check_point_order
from schemas.codes import ApplicationKind
from schemas.refusal_codes import RefusalCode
from tests.support.cast import CURRENT, NEW, OTHER

START, END, INQUIRY = ApplicationKind.START, ApplicationKind.END, ApplicationKind.USAGE_INQUIRY
NUMBER = "AP03L20260701000000011"
EVERYTHING: list[ApplicationKind | None] = [None, *ApplicationKind]
HOLD_NOTHING: set[ApplicationKind | None] = {
    INQUIRY,
    ApplicationKind.CUSTOMER_DETAILS,
    ApplicationKind.PRODUCER_DETAILS,
    ApplicationKind.AMPERE_CHANGE,
}


def conflicts(wanted: ApplicationKind | None, standing: ApplicationKind | None, *, owner: str = CURRENT) -> bool:
    refusal = check_point_order(wanted, by=NEW, open_procedures=[OpenProcedure(NUMBER, owner, standing)])
    return refusal is not None


@pytest.mark.parametrize("wanted", EVERYTHING, ids=lambda kind: kind or "case")
def test_a_procedure_stands_alone_but_for_what_holds_nothing_and_the_other_half_of_its_pair(
    wanted: ApplicationKind | None,
) -> None:
    beside = {standing for standing in EVERYTHING if not conflicts(wanted, standing)}

    pairs: dict[ApplicationKind | None, set[ApplicationKind | None]] = {START: {END}, END: {START}}
    assert beside == (set(EVERYTHING) if wanted in HOLD_NOTHING else pairs.get(wanted, set()) | HOLD_NOTHING)


def test_changes_of_details_and_amperes_stand_in_the_way_of_no_switch_but_of_their_own_kind() -> None:
    for kind in (ApplicationKind.CUSTOMER_DETAILS, ApplicationKind.PRODUCER_DETAILS, ApplicationKind.AMPERE_CHANGE):
        assert not conflicts(None, kind) and not conflicts(kind, None, owner=NEW)
        assert conflicts(kind, kind, owner=NEW) and not conflicts(kind, kind, owner=CURRENT)


def test_what_gives_way_stands_in_the_way_of_no_referral_but_of_all_else() -> None:
    giving = OpenProcedure(NUMBER, CURRENT, END, gives_way=True)

    assert check_point_order(None, by=NEW, open_procedures=[giving]) is None
    assert check_point_order(END, by=NEW, open_procedures=[giving]) is not None
    assert check_point_order(None, by=NEW, open_procedures=[giving, OpenProcedure(NUMBER, CURRENT, START)]) is not None


def test_start_and_end_of_one_retailer_are_no_pair() -> None:
    assert conflicts(START, END, owner=NEW) and conflicts(END, START, owner=NEW)
    assert not conflicts(START, INQUIRY, owner=NEW)


def test_a_pair_leaves_no_room_for_a_third() -> None:
    pair = [OpenProcedure(NUMBER, CURRENT, START), OpenProcedure(NUMBER, OTHER, END)]

    assert all(
        check_point_order(wanted, by=NEW, open_procedures=pair) is not None
        for wanted in EVERYTHING
        if wanted not in HOLD_NOTHING
    )


def test_ones_own_procedure_is_named_with_number_and_kind() -> None:
    own = OpenProcedure(NUMBER, NEW, ApplicationKind.RE_ENERGISATION)

    refusal = check_point_order(START, by=NEW, open_procedures=[OpenProcedure("AP-theirs", CURRENT, None), own])

    assert refusal is not None and refusal.code is RefusalCode.POINT_BUSY
    (finding,) = refusal.findings
    assert (finding.field, finding.rule) == ("pointNumber", "one-procedure-per-point")
    assert finding.message == f"自社の手続き{NUMBER}（再点）が進行中のため、スイッチング開始申請は登録できません。"


def test_of_another_retailers_nothing_is_told_but_that_it_is_open() -> None:
    refusal = check_point_order(START, by=NEW, open_procedures=[OpenProcedure(NUMBER, CURRENT, None)])

    assert refusal is not None
    assert refusal.findings[0].message == refusal.text
    assert NUMBER not in repr(refusal) and CURRENT not in repr(refusal) and "案件" not in repr(refusal)
