"""不備 and 訂正: the retailer corrects and sends again until the cut-off; no status of an earlier content misleads."""

from datetime import timedelta

from rules.procedure.events import NewsKind
from schemas.codes import ApplicationState, CasePhase
from tests.support.core.switching_case import END, START, Switch

HOUR = timedelta(hours=1)


def found_defective() -> Switch:
    return Switch().accepted().filed(START).told(NewsKind.DEFECTIVE, START, defects=("unknown-point",))


def test_the_defects_are_shown_by_the_names_of_their_rules() -> None:
    case = found_defective()
    assert case.start.state is ApplicationState.DEFECTIVE
    assert case.start.defects == ("unknown-point",)
    assert case.lines[-1].details["defects"] == "unknown-point"
    assert case.calls() == []


def test_it_is_corrected_and_found_defective_again_and_again() -> None:
    case = Switch().accepted().filed(START)
    number = case.start.number
    for revision in range(1, 6):
        assert case.start.revision == revision
        case.defective(START).corrected(START)
        assert case.calls() == ["amend start"]
        assert case.start.defects == ()
    case.received(START)
    assert case.start.number == number, "a correction keeps its number"


def test_every_correction_is_a_call_of_its_own() -> None:
    case = found_defective().corrected(START)
    first = case.call(START).key
    case.defective(START).corrected(START)
    assert case.call(START).key != first


def test_it_is_corrected_until_the_cut_off() -> None:
    case = found_defective()
    late = case.correction(START, at=case.state.cut_off)
    assert case.refuses(late) == ("HUB-S004", [("caseNumber", "application-cut-off")])
    case.must(case.correction(START, at=case.state.cut_off - timedelta(microseconds=1)))


def test_what_is_still_defective_at_the_cut_off_is_missing() -> None:
    case = found_defective().filed(END).received(END)
    case.until(case.state.cut_off)
    assert case.phase() is CasePhase.CANCELLING
    assert case.calls() == ["cancel end", "inquire"]

    case.must(case.answer(NewsKind.CANCELLED, END))
    assert case.phase() is CasePhase.UNMATCHED
    assert case.state.missing == (START,)
    assert case.lines[-1].details["missing"] == "start"


def test_another_number_is_not_known() -> None:
    case = found_defective()
    correction = case.correction(START, application_number="AP-of-somebody-else")
    assert case.refuses(correction) == ("HUB-S005", [("applicationNumber", "own-application")])


def test_an_application_on_its_way_is_corrected_only_when_it_was_answered() -> None:
    case = Switch().accepted().filed(START)
    assert case.refuses(case.correction(START)) == ("HUB-S002", [("applicationNumber", "amend-after-answer")])


def test_the_defect_found_before_is_not_taken_for_one_of_the_correction_on_its_way() -> None:
    case = found_defective()
    seen_before = case.status(NewsKind.DEFECTIVE, START, occurred_at=case.now)
    case.now += HOUR
    case.corrected(START)

    assert case.ignores(seen_before)
    assert case.calls() == ["amend start"], "the correction still goes out"


def test_the_receipt_before_is_not_taken_for_one_of_the_correction_on_its_way() -> None:
    case = Switch().accepted().filed(START).told(NewsKind.RECEIVED, START)
    seen_before = case.status(NewsKind.RECEIVED, START, occurred_at=case.now)
    case.now += HOUR
    case.corrected(START)

    assert case.ignores(seen_before)
    assert case.calls() == ["amend start"]


def test_a_defect_heard_of_late_does_not_undo_the_receipt_of_the_correction() -> None:
    case = found_defective()
    seen_before = case.status(NewsKind.DEFECTIVE, START, occurred_at=case.now)
    case.now += HOUR
    case.corrected(START).received(START)

    assert case.ignores(seen_before)
    assert case.start.state is ApplicationState.RECEIVED


def test_a_defect_found_in_the_correction_after_its_receipt_counts() -> None:
    case = found_defective()
    case.now += HOUR
    case.corrected(START).received(START)
    case.now += HOUR
    assert case.told(NewsKind.DEFECTIVE, START).start.state is ApplicationState.DEFECTIVE


def test_a_withdrawal_during_a_correction_waits_for_the_corrections_own_answer() -> None:
    case = found_defective()
    seen_before = case.status(NewsKind.DEFECTIVE, START, occurred_at=case.now)
    case.now += HOUR
    case.corrected(START).withdrawn()

    assert case.ignores(seen_before)
    assert case.phase() is CasePhase.CANCELLING
    case.received(START)
    assert case.calls() == ["cancel start"]


def test_the_content_received_before_a_defective_correction_may_stand_and_is_cancelled_with_the_case() -> None:
    case = Switch().accepted().filed(START).received(START).corrected(START).defective(START)
    assert case.start.may_be_at_grid
    assert case.withdrawn().calls() == ["cancel start"]


def test_the_content_received_before_a_correction_that_came_too_late_is_cancelled_too() -> None:
    case = Switch().accepted().filed(START).received(START).corrected(START)
    case.must(case.answer(NewsKind.TOO_LATE, START))
    assert case.phase() is CasePhase.CANCELLING
    assert case.calls() == ["cancel start"]


def test_the_grid_operator_may_drop_a_defect() -> None:
    case = found_defective()
    before_it_was_found = case.status(NewsKind.RECEIVED, START, occurred_at=case.now - HOUR)
    assert case.ignores(before_it_was_found)

    case.now += HOUR
    case.told(NewsKind.RECEIVED, START)
    assert (case.start.state, case.start.defects) == (ApplicationState.RECEIVED, ())


def test_a_defect_that_is_dropped_while_the_case_is_being_cancelled_is_a_receipt_to_be_cancelled() -> None:
    case = found_defective().filed(END).received(END).withdrawn()
    assert case.calls() == ["cancel end"]
    case.now += HOUR
    case.told(NewsKind.RECEIVED, START)
    assert case.calls() == ["cancel start", "cancel end"]


def test_a_pair_that_matched_after_all_is_matched() -> None:
    case = found_defective().filed(END).received(END)
    assert case.told(NewsKind.MATCHED, END).phase() is CasePhase.MATCHED
