"""The hub operator's interventions (広域機関の措置): deadlines that stand still and are set anew, a successor, an end
by decision, and the grid operator's word recorded by hand."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from rules.calendar import JST
from rules.core import current_deadline, next_alarm
from rules.procedure.events import CommandKind, NewsKind
from rules.procedure.interventions import RECORDABLE
from rules.procedure.outcomes import HistoryKind, Party, Transition
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, Decision, EndCause
from schemas.findings import Refusal
from tests.support.cast import CURRENT, NEW, SUCCESSOR
from tests.support.core.lone_application import MATCHED_KINDS, Lone
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day

AFTER_THE_DECISION_WAS_DUE = day("2026-07-08")
LATER = date(2026, 9, 4)


def both_received() -> Switch:
    return Switch().accepted().filed(START, END).received(START, END)


def one_side_done() -> Switch:
    case = both_received().matched().until(day("2026-08-07", "12:00")).told(NewsKind.COMPLETED, START)
    return case.until(day("2026-08-07", "24:00"))


class TestStandingStill:
    def test_no_alarm_rings_and_no_deadline_is_to_be_kept(self) -> None:
        case = Switch().suspended()

        assert (next_alarm(case.state), current_deadline(case.state)) == (None, None)
        assert case.until(day("2026-12-01")).phase() is CasePhase.AWAITING_DECISION

    def test_what_would_be_too_late_is_in_time(self) -> None:
        case = Switch().suspended().until(AFTER_THE_DECISION_WAS_DUE)

        case.must(case.decision()).until(day("2026-08-05")).must(case.filing(START))

        assert case.phase() is CasePhase.AWAITING_APPLICATIONS

    def test_news_is_heard_all_the_same_and_matching_ends_it(self) -> None:
        case = Switch().accepted().filed(START, END).suspended().received(START, END).matched()

        assert (case.phase(), case.state.suspended) == (CasePhase.MATCHED, False)
        assert next_alarm(case.state) is not None

    def test_a_defect_past_the_cut_off_can_still_be_corrected(self) -> None:
        case = Switch().accepted().filed(START, END).received(START).until(day("2026-08-04", "24:00")).suspended()

        case.defective(END).corrected(END).received(END)

        assert case.phase() is CasePhase.AWAITING_APPLICATIONS

    def test_a_withdrawal_ends_the_case(self) -> None:
        assert Switch().suspended().withdrawn().phase() is CasePhase.WITHDRAWN


class TestGoingOn:
    def test_the_decision_is_due_as_if_it_were_registered_now(self) -> None:
        case = Switch().suspended().until(AFTER_THE_DECISION_WAS_DUE)
        before = case.state

        case.must(case.resumption())

        assert case.state.decision_due == day("2026-07-10", "24:00") > before.decision_due
        assert (case.state.cut_off, case.state.effective_date) == (before.cut_off, before.effective_date)
        assert case.until(day("2026-07-10", "24:00")).phase() is CasePhase.DECISION_EXPIRED

    def test_a_reminder_goes_before_the_new_deadline_too(self) -> None:
        case = Switch().until(day("2026-07-03", "09:30")).suspended().until(AFTER_THE_DECISION_WAS_DUE)
        assert [line.kind for line in case.lines].count(HistoryKind.REMINDED) == 1

        case.must(case.resumption()).until(day("2026-07-10", "12:00"))

        assert [line.kind for line in case.lines].count(HistoryKind.REMINDED) == 2

    def test_a_date_that_leaves_too_little_time_has_to_be_another(self) -> None:
        case = Switch().suspended().until(day("2026-08-06"))

        assert case.refuses(case.resumption()) == ("HUB-B001", [("effectiveDate", "earliest-effective-date")])

        case.must(case.resumption(effective_date=LATER))
        assert (case.state.wished_date, case.state.effective_date) == (LATER, LATER)
        assert case.lines[-1].details["effective_date"] == "2026-09-04"

    def test_six_months_count_from_the_day_on_which_it_goes_on(self) -> None:
        case = Switch().suspended().until(day("2026-08-06"))

        assert case.refuses(case.resumption(effective_date=date(2027, 2, 7)))[1] == [
            ("effectiveDate", "latest-effective-date")
        ]
        case.must(case.resumption(effective_date=date(2027, 2, 6)))

    def test_what_the_grid_operator_holds_keeps_its_date(self) -> None:
        case = Switch().accepted().filed(START).received(START).suspended()

        assert case.refuses(case.resumption(effective_date=LATER)) == (
            "HUB-B001",
            [("effectiveDate", "no-application-at-grid")],
        )
        case.must(case.resumption())

    def test_where_both_are_in_the_date_is_the_grid_operators(self) -> None:
        case = both_received().suspended().until(day("2026-08-06"))

        case.must(case.resumption())

        assert not case.state.suspended

    def test_what_does_not_stand_still_cannot_go_on(self) -> None:
        case = Switch()

        assert case.refuses(case.resumption()) == ("HUB-S002", [("caseNumber", "deadlines-suspended")])


class TestSuccession:
    @pytest.mark.parametrize(("leaving", "new", "current"), [(NEW, SUCCESSOR, CURRENT), (CURRENT, NEW, SUCCESSOR)])
    def test_the_successor_takes_the_place_of_the_one_that_leaves(self, leaving: str, new: str, current: str) -> None:
        case = Switch().suspended()

        case.must(case.succession(leaving=leaving))

        assert (case.state.new_retailer, case.state.current_retailer) == (new, current)
        assert case.lines[-1].actor is Party.HUB_OPERATOR

    def test_its_deadlines_are_set_anew_whether_or_not_they_stood_still(self) -> None:
        for case in (Switch(), Switch().suspended()):
            case.now = day("2026-07-02")

            case.must(case.succession())

            assert (case.state.decision_due, case.state.suspended) == (day("2026-07-06", "24:00"), False)

    @pytest.mark.parametrize(
        ("fields", "finding"),
        [
            ({"leaving": "1777"}, ("leaving", "retailer-of-the-case")),
            ({"successor": NEW}, ("successor", "other-than-parties")),
            ({"successor": CURRENT}, ("successor", "other-than-parties")),
        ],
    )
    def test_one_that_is_not_there_cannot_leave_and_one_that_is_cannot_follow(
        self, fields: dict[str, Any], finding: tuple[str, str]
    ) -> None:
        case = Switch()

        assert case.refuses(case.succession(**fields)) == ("HUB-B001", [finding])

    def test_what_is_matched_goes_its_way_under_the_successor(self) -> None:
        case = both_received().matched()
        before = case.state

        case.must(case.succession())

        assert (case.state.current_retailer, case.state.effective_date) == (SUCCESSOR, before.effective_date)
        assert "cut_off" not in case.lines[-1].details

    def test_an_application_on_its_own_has_a_successor_too(self) -> None:
        lone = Lone(ApplicationKind.END_OF_SUPPLY).defective().suspended()
        lone.now = day("2026-07-20")

        lone.must(lone.succession())

        assert (lone.state.applicant, lone.state.correction_due) == (SUCCESSOR, day("2026-07-27", "24:00"))
        assert isinstance(lone.copy().happens(lone.succession(leaving=NEW)), Refusal)


class TestClosing:
    def test_before_matching_what_the_grid_operator_holds_is_taken_back_first(self) -> None:
        case = both_received()

        case.must(case.command(CommandKind.CLOSE))

        assert (case.phase(), case.calls()) == (CasePhase.CANCELLING, ["cancel start", "cancel end"])
        case.told(NewsKind.CANCELLED, START).told(NewsKind.CANCELLED, END)
        assert (case.phase(), case.state.end_cause) == (CasePhase.CLOSED, EndCause.HUB_OPERATOR)
        assert case.lines[-1].kind is HistoryKind.CLOSED

    def test_a_case_with_one_side_done_is_closed_once_the_other_is_settled(self) -> None:
        case = one_side_done()

        assert case.refuses(case.command(CommandKind.CLOSE)) == ("HUB-S002", [("caseNumber", "both-sides-settled")])
        case.must(case.record(NewsKind.CANCELLED, END)).must(case.command(CommandKind.CLOSE))

        assert case.phase() is CasePhase.CLOSED
        assert case.state.start.state is ApplicationState.COMPLETED

    def test_what_is_matched_is_the_grid_operators_to_end(self) -> None:
        case = both_received().matched()

        assert case.refuses(case.command(CommandKind.CLOSE)) == ("HUB-S002", [("caseNumber", "close-phase")])

    @pytest.mark.parametrize("kind", ApplicationKind)
    def test_an_application_on_its_own_is_taken_back_and_closed(self, kind: ApplicationKind) -> None:
        lone = Lone(kind).received()

        lone.must(lone.command(CommandKind.CLOSE)).told(NewsKind.CANCELLED)

        assert (lone.state.phase, lone.at()) == (CasePhase.CLOSED, ApplicationState.CANCELLED)


class TestRecording:
    def test_a_word_does_what_the_same_news_does_in_the_hub_operators_name(self) -> None:
        case = one_side_done()

        case.must(case.record(NewsKind.COMPLETED, END, occurred_at=day("2026-08-09")))

        assert (case.phase(), case.state.completed_at) == (CasePhase.COMPLETED, day("2026-08-09"))
        assert (case.lines[-1].kind, case.lines[-1].actor) == (HistoryKind.COMPLETED, Party.HUB_OPERATOR)

    def test_a_word_answers_the_call_that_waits_for_one(self) -> None:
        case = Switch().accepted().filed(START).received(START).corrected(START)
        assert case.calls() == ["amend start"]

        case.must(case.record(NewsKind.RECEIVED, START))

        assert (case.start.state, case.calls()) == (ApplicationState.RECEIVED, [])

    def test_a_date_moved_after_matching_is_recorded(self) -> None:
        case = both_received().matched()

        case.must(case.record(NewsKind.MATCHED, START, effective_date=LATER))

        assert (case.state.effective_date, case.lines[-1].kind) == (LATER, HistoryKind.EFFECTIVE_DATE_MOVED)

    @pytest.mark.parametrize("far", [date(2000, 12, 31), date(2199, 1, 1), date(9999, 12, 31)])
    def test_a_day_too_far_off_to_be_reckoned_with_is_refused(self, far: date) -> None:
        case, lone = both_received().matched(), Lone(ApplicationKind.START).received()
        moment = datetime.combine(far, time(12), tzinfo=JST)

        refusal = case.refuses(case.record(NewsKind.MATCHED, START, effective_date=far, occurred_at=moment))

        assert refusal == ("HUB-B001", [("effectiveDate", "year"), ("occurredAt", "year")])
        recorded = lone.command(CommandKind.RECORD, news=NewsKind.MATCHED, effective_date=far)
        assert lone.refuses(recorded) == ("HUB-B001", [("effectiveDate", "year")])

    def test_what_changes_nothing_is_refused(self) -> None:
        case = both_received()

        assert case.refuses(case.record(NewsKind.RECEIVED, END)) == ("HUB-S002", [("news", "recorded-word-is-news")])

    def test_another_number_is_refused(self) -> None:
        case = both_received()

        assert case.refuses(case.record(NewsKind.MATCHED, START, application_number="AP-other")) == (
            "HUB-S005",
            [("applicationNumber", "own-application")],
        )

    @pytest.mark.parametrize("news", RECORDABLE)
    @pytest.mark.parametrize("kind", MATCHED_KINDS)
    def test_of_an_application_on_its_own_as_of_a_case(self, kind: ApplicationKind, news: NewsKind) -> None:
        by_news, by_hand = Lone(kind), Lone(kind)

        heard = by_news.happens(by_news.answer(news))
        recorded = by_hand.happens(by_hand.command(CommandKind.RECORD, news=news, effective_date=None, meter_work=None))

        assert isinstance(heard, Transition) and isinstance(recorded, Transition)
        assert by_hand.state == by_news.state
        assert recorded.line.actor is Party.HUB_OPERATOR


@pytest.mark.parametrize("decision", list(Decision))
def test_a_case_that_stands_still_can_be_decided(decision: Decision) -> None:
    case = Switch().suspended().until(AFTER_THE_DECISION_WAS_DUE + timedelta(days=30))

    case.must(case.decision(decision))

    assert case.state.decision is decision
