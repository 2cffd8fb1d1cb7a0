"""Who reads what of a line of the 案件履歴."""

import pytest

from rules.procedure.outcomes import HistoryKind
from rules.switching.visibility import Side, is_in, seen_details, sees_amended
from schemas.codes import ApplicationState

START = {"application": "start", "number": "AP1", "revision": "1", "defects": "rule"}
END = START | {"application": "end"}
RETAILERS = (Side.NEW, Side.CURRENT)
NEWS = {"occurred_at": "2026-08-12T10:00:00+09:00", "effective_date": "2026-08-20"}


@pytest.mark.parametrize("kind", HistoryKind)
def test_the_hub_operator_reads_all(kind: HistoryKind) -> None:
    assert seen_details(kind, END | {"meter_work": "needed"}, side=Side.OPERATOR) == END | {"meter_work": "needed"}


@pytest.mark.parametrize("kind", [kind for kind in HistoryKind if kind is not HistoryKind.METER_WORK_CHANGED])
def test_each_retailer_reads_all_of_its_own_application(kind: HistoryKind) -> None:
    assert seen_details(kind, START, side=Side.NEW) == START
    assert seen_details(kind, END, side=Side.CURRENT) == END


@pytest.mark.parametrize("kind", HistoryKind)
@pytest.mark.parametrize(("side", "foreign"), [(Side.NEW, END), (Side.CURRENT, START)])
def test_nobody_reads_number_content_or_defects_of_the_other_application(
    kind: HistoryKind, side: Side, foreign: dict[str, str]
) -> None:
    seen = seen_details(kind, foreign, side=side) or {}

    assert set(seen) <= {"application"}


@pytest.mark.parametrize(
    "kind",
    [
        HistoryKind.FILED,
        HistoryKind.CORRECTED,
        HistoryKind.DEFECTIVE,
        HistoryKind.APPLICATION_CANCEL_ASKED,
        HistoryKind.METER_WORK_CHANGED,
    ],
)
def test_work_on_the_other_application_is_not_told(kind: HistoryKind) -> None:
    assert seen_details(kind, END, side=Side.NEW) is None
    assert seen_details(kind, START, side=Side.CURRENT) is None


def test_only_the_new_retailer_hears_that_the_other_application_is_in_and_not_when() -> None:
    assert seen_details(HistoryKind.RECEIVED, END | NEWS, side=Side.NEW) == {
        "application": "end",
        "effective_date": "2026-08-20",
    }
    assert seen_details(HistoryKind.RECEIVED, START, side=Side.CURRENT) is None


@pytest.mark.parametrize("side", RETAILERS)
def test_both_hear_what_concerns_the_case(side: Side) -> None:
    for kind in (HistoryKind.MATCHED, HistoryKind.COMPLETED, HistoryKind.UNMATCHED, HistoryKind.GRID_CANCELLED):
        for application in (START, END):
            assert seen_details(kind, application | NEWS, side=side) is not None


def test_the_current_retailer_reads_nothing_of_the_meter_work() -> None:
    registered = {"wished_date": "2026-08-20", "meter_work": "needed"}

    assert seen_details(HistoryKind.REGISTERED, registered, side=Side.CURRENT) == {"wished_date": "2026-08-20"}
    assert seen_details(HistoryKind.REGISTERED, registered, side=Side.NEW) == registered
    assert seen_details(HistoryKind.METER_WORK_CHANGED, END, side=Side.CURRENT) is None


@pytest.mark.parametrize("state", ApplicationState)
def test_an_application_is_in_while_the_grid_operator_holds_it(state: ApplicationState) -> None:
    at_grid = {ApplicationState.RECEIVED, ApplicationState.MATCHED, ApplicationState.COMPLETED}

    assert is_in(state) is (state in at_grid)


def test_of_an_amended_referral_the_current_retailer_reads_what_it_compares_alone() -> None:
    named = ("contract_number", "holder_name", "holder_name_kana", "address", "wished_date")
    for name in named:
        assert all(sees_amended(name, HistoryKind.AMENDED, side=side) for side in Side)
    for name in ("meter_work", "consent/obtained_by", "telephone", "current_retailer_code", "something_new"):
        assert not sees_amended(name, HistoryKind.AMENDED, side=Side.CURRENT)
        assert sees_amended(name, HistoryKind.AMENDED, side=Side.NEW)
        assert sees_amended(name, HistoryKind.CORRECTED, side=Side.CURRENT), "its own application"
