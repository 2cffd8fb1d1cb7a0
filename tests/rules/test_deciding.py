"""廃止取次判断: on the version that was read, within the deadline."""

from datetime import date, timedelta

from rules.procedure.events import CommandKind, TimePassed
from schemas.codes import CasePhase, Decision, RejectionReason
from tests.support.core.switching_case import Switch
from tests.support.moments import day

MOMENT = timedelta(microseconds=1)


def test_accepting_opens_the_applications() -> None:
    case = Switch().accepted()
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS
    assert (case.state.decision, case.state.decided_at) == (Decision.ACCEPT, case.now)


def test_rejecting_ends_the_case_with_its_reasons() -> None:
    case = Switch()
    reasons = (RejectionReason.HOLDER_NAME_DIFFERS, RejectionReason.ADDRESS_DIFFERS)
    case.must(case.decision(Decision.REJECT, rejection_reasons=reasons))
    assert case.phase() is CasePhase.REJECTED
    assert case.state.rejection_reasons == reasons
    assert case.lines[-1].details["reasons"] == "02 03"


def test_a_decision_on_a_version_that_was_amended_since_is_refused() -> None:
    case = Switch()
    decision = case.decision(version=1)
    case.must(case.command(CommandKind.AMEND))
    assert case.refuses(decision) == ("HUB-S003", [("version", "current-version")])
    assert case.accepted().phase() is CasePhase.AWAITING_APPLICATIONS


def test_a_decision_stored_in_the_last_moment_is_in_time() -> None:
    case = Switch()
    case.must(case.decision(at=case.state.decision_due - MOMENT))
    assert case.phase() is CasePhase.AWAITING_APPLICATIONS


def test_a_decision_stored_at_the_deadline_is_not() -> None:
    case = Switch()
    late = case.decision(at=case.state.decision_due)
    assert case.refuses(late) == ("HUB-S004", [("caseNumber", "decision-deadline")])


def test_a_decision_after_the_cut_off_is_not_either() -> None:
    case = _with_early_cut_off()
    late = case.decision(at=case.state.cut_off)
    assert case.refuses(late) == ("HUB-S004", [("caseNumber", "application-cut-off")])


def test_silence_is_no_acceptance() -> None:
    case = Switch().until(day("2026-07-03", "24:00"))
    assert case.phase() is CasePhase.DECISION_EXPIRED
    assert case.state.decision is None


def test_a_cut_off_before_the_decision_deadline_ends_the_case_as_unmatched_and_says_what_was_missing() -> None:
    case = _with_early_cut_off()
    assert case.state.cut_off < case.state.decision_due
    case.until(case.state.cut_off)
    assert case.phase() is CasePhase.UNMATCHED
    assert case.lines[-1].details["missing"] == "decision start end"


def test_where_both_deadlines_end_at_once_the_decision_expires() -> None:
    case = Switch(at=day("2026-07-14"), wished=date(2026, 7, 19))
    assert case.state.cut_off == case.state.decision_due == day("2026-07-16", "24:00")
    case.happens(TimePassed(case.state.remind_at))
    case.must(TimePassed(case.state.cut_off))
    assert case.phase() is CasePhase.DECISION_EXPIRED


def _with_early_cut_off() -> Switch:
    return Switch(at=day("2026-07-15"), wished=date(2026, 7, 19))
