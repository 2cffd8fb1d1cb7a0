"""取次取消: before matching, by the new retailer; in two steps where the grid operator may hold an application."""

from rules.procedure.events import CommandKind, NewsKind
from schemas.codes import ApplicationState, CasePhase, EndCause
from tests.support.core.switching_case import END, START, Switch


def test_before_any_application_the_case_ends_at_once() -> None:
    for case in (Switch(), Switch().accepted(), Switch().accepted().filed(START).defective(START)):
        case.withdrawn()
        assert (case.phase(), case.state.end_cause) == (CasePhase.WITHDRAWN, EndCause.WITHDRAWN)
        assert case.calls() == []


def test_an_application_on_its_way_is_followed_to_its_fate_and_then_cancelled() -> None:
    case = Switch().accepted().filed(START)
    key = case.call(START).key

    case.withdrawn()
    assert case.phase() is CasePhase.CANCELLING
    assert case.call(START).key == key, "the same call goes on"

    case.received(START)
    assert case.calls() == ["cancel start"]

    case.must(case.answer(NewsKind.CANCELLED, START))
    assert case.phase() is CasePhase.WITHDRAWN
    assert case.calls() == []


def test_an_application_on_its_way_that_turns_out_defective_needs_no_cancelling() -> None:
    case = Switch().accepted().filed(START).withdrawn()
    case.must(case.answer(NewsKind.DEFECTIVE, START))
    assert case.phase() is CasePhase.WITHDRAWN
    assert case.calls() == []


def test_both_applications_are_cancelled() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).withdrawn()
    assert case.calls() == ["cancel start", "cancel end"]

    case.must(case.answer(NewsKind.CANCELLED, END))
    assert case.phase() is CasePhase.CANCELLING
    case.must(case.answer(NewsKind.CANCELLED, START))
    assert case.phase() is CasePhase.WITHDRAWN


def test_a_correction_on_its_way_does_not_hold_the_cancellation_up() -> None:
    case = Switch().accepted().filed(START).received(START).corrected(START).withdrawn()
    assert case.calls() == ["cancel start"]


def test_where_matching_came_first_the_case_goes_on() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).withdrawn()

    case.must(case.answer(NewsKind.MATCHED, START))

    assert case.phase() is CasePhase.MATCHED
    assert case.told_last == "cancel_impossible"
    assert case.state.end_cause is None
    assert case.calls() == []


def test_where_completion_is_heard_of_first_the_case_goes_on_too() -> None:
    case = Switch().accepted().filed(START, END).received(START).withdrawn()
    case.told(NewsKind.COMPLETED, START)
    assert case.phase() is CasePhase.MATCHED
    assert case.told_last == "cancel_impossible"
    assert case.states == (ApplicationState.COMPLETED, ApplicationState.MATCHED)


def test_withdrawing_twice_is_refused_while_the_first_is_under_way() -> None:
    case = Switch().accepted().filed(START).withdrawn()
    assert case.refuses(case.command(CommandKind.WITHDRAW)) == ("HUB-S002", [("caseNumber", "withdraw-phase")])


def test_after_matching_it_is_for_the_grid_operator() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).matched()
    outcome = case.happens(case.command(CommandKind.WITHDRAW))
    assert "一般送配電事業者" in outcome.findings[0].action  # type: ignore[union-attr]
