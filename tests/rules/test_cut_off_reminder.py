"""Who has not filed is reminded at 09:00 of the last business day before the cut-off, and not where it is too late."""

from datetime import date, timedelta

import pytest

from rules.core import current_deadline, mails_for
from rules.procedure.alarms import AlarmRule
from rules.procedure.events import CommandKind, NewsKind, TimePassed
from rules.procedure.outcomes import HistoryKind
from rules.switching.alarms import alarms
from rules.switching.visibility import Side, seen_details
from schemas.codes import ApplicationKind
from tests.support.core.lone_application import MATCHED_KINDS, OTHER_KINDS, Lone
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day

CUT_OFF = day("2026-08-04", "24:00")
MOMENT = timedelta(microseconds=1)
NINE = day("2026-08-04", "09:00")


def reminders(case: Switch | Lone) -> list[HistoryKind]:
    return [line.kind for line in case.lines if line.kind is HistoryKind.CUT_OFF_REMINDED]


def test_it_rings_at_nine_of_the_last_day_and_once() -> None:
    case = Switch().accepted()
    assert (case.state.cut_off, case.state.cut_off_remind_at) == (CUT_OFF, NINE)

    assert case.ignores(TimePassed(NINE - MOMENT))
    case.must(TimePassed(NINE))
    assert case.lines[-1].details == {"cut_off": CUT_OFF.isoformat(), "missing": "start end"}
    assert case.ignores(TimePassed(NINE))
    deadline = current_deadline(case.state)
    assert deadline is not None and deadline.rule is AlarmRule.CUT_OFF, "the reminder is nobody's deadline"


def test_a_cut_off_on_a_holiday_is_reminded_of_on_the_business_day_before() -> None:
    case = Switch(at=day("2026-07-13"), wished=date(2026, 7, 23)).accepted()
    assert case.state.cut_off == day("2026-07-20", "24:00")
    assert case.state.cut_off_remind_at == day("2026-07-17", "09:00")


def test_it_is_of_what_is_lacking_and_of_nothing_where_both_are_in() -> None:
    start_alone = Switch().accepted().filed(START).received(START).until(NINE)
    assert start_alone.lines[-1].details["missing"] == "end"

    both = Switch().accepted().filed(START, END).until(NINE)
    assert reminders(both) == []


@pytest.mark.parametrize("application", [START, END])
def test_who_has_a_defect_at_nine_is_reminded(application: ApplicationKind) -> None:
    case = Switch().accepted().filed(START, END).received(START, END).told(NewsKind.DEFECTIVE, application)
    assert case.until(NINE).lines[-1].details["missing"] == application.value


def test_none_goes_where_something_is_lacking_only_since_then() -> None:
    soon = Switch(at=day("2026-08-04", "10:00"), wished=date(2026, 8, 7)).accepted()
    defective = Switch().accepted().filed(START, END).received(START, END).until(NINE + timedelta(hours=1))
    defective.told(NewsKind.DEFECTIVE, END)

    for case in (soon, defective):
        assert AlarmRule.CUT_OFF_REMINDER not in [alarm.rule for alarm in alarms(case.state)]
        assert reminders(case) == []


def test_a_moved_cut_off_is_reminded_of_again() -> None:
    case = Switch().accepted().filed(START).received(START).until(NINE)
    case.told(NewsKind.RECEIVED, START, effective_date=date(2026, 8, 20))
    case.until(day("2026-08-17", "24:00") - MOMENT)
    assert len(reminders(case)) == 2


def test_while_deadlines_stand_still_nobody_is_reminded() -> None:
    case = Switch().accepted()
    case.must(case.command(CommandKind.SUSPEND))
    assert reminders(case.until(CUT_OFF)) == []


def test_what_the_other_side_lacks_is_not_told() -> None:
    details = {"cut_off": CUT_OFF.isoformat(), "missing": "start"}
    for side in (Side.NEW, Side.CURRENT):
        assert seen_details(HistoryKind.CUT_OFF_REMINDED, details, side=side) == {"cut_off": CUT_OFF.isoformat()}
    assert seen_details(HistoryKind.CUT_OFF_REMINDED, details, side=Side.OPERATOR) == details


@pytest.mark.parametrize("kind", MATCHED_KINDS)
def test_an_application_on_its_own_that_is_not_matched_is_reminded_of(kind: ApplicationKind) -> None:
    lone = Lone(kind).received()
    remind_at = lone.state.cut_off_remind_at
    assert remind_at is not None and lone.state.cut_off is not None and remind_at < lone.state.cut_off

    lone.until(remind_at)

    assert len(reminders(lone)) == 1
    assert [mail.kind.value for mail in mails_for(lone.before, lone.lines[-1], lone.state)] == ["application_due"]
    matched = Lone(kind).received().told(NewsKind.MATCHED)
    assert reminders(matched.until(remind_at)) == []


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_what_needs_no_other_application_has_no_such_reminder(kind: ApplicationKind) -> None:
    assert Lone(kind).state.cut_off_remind_at is None
