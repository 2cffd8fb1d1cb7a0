"""What a case waits for, in which order, and that nothing rings twice."""

from datetime import date, timedelta

from rules.core import current_deadline, next_alarm
from rules.procedure.alarms import AlarmRule
from rules.procedure.events import CommandKind, NewsKind, TimePassed
from rules.switching.alarms import alarms
from tests.support.core.switching_case import END, START, Switch
from tests.support.moments import day

MOMENT = timedelta(microseconds=1)


def rules(case: Switch) -> list[AlarmRule]:
    return [alarm.rule for alarm in alarms(case.state)]


def test_a_new_case_waits_for_reminder_decision_and_cut_off() -> None:
    case = Switch(at=day("2026-08-12", "23:59"), wished=date(2026, 9, 1))
    assert [(alarm.rule, alarm.at) for alarm in alarms(case.state)] == [
        (AlarmRule.REMINDER, day("2026-08-14", "09:00")),
        (AlarmRule.DECISION, day("2026-08-14", "24:00")),
        (AlarmRule.CUT_OFF, day("2026-08-27", "24:00")),
    ]


def test_the_deadline_people_see_is_the_earlier_of_decision_and_cut_off() -> None:
    assert _deadline(Switch()) is AlarmRule.DECISION
    assert _deadline(Switch(at=day("2026-07-15"), wished=date(2026, 7, 19))) is AlarmRule.CUT_OFF
    assert _deadline(Switch(at=day("2026-07-14"), wished=date(2026, 7, 19))) is AlarmRule.DECISION
    assert _deadline(Switch().accepted()) is AlarmRule.CUT_OFF
    assert _deadline(Switch().withdrawn()) is None


def _deadline(case: Switch) -> AlarmRule | None:
    deadline = current_deadline(case.state)
    return deadline.rule if deadline else None


def test_the_reminder_goes_at_nine_of_the_last_business_day_once() -> None:
    case = Switch(at=day("2026-07-01"))
    nine = day("2026-07-03", "09:00")
    assert case.ignores(TimePassed(nine - MOMENT))
    case.must(TimePassed(nine))
    assert case.told_last == "reminded"
    assert AlarmRule.REMINDER not in rules(case)
    assert case.ignores(TimePassed(nine))


def test_the_reminder_is_of_the_deadline_that_comes_first() -> None:
    case = Switch(at=day("2026-07-15", "08:00"), wished=date(2026, 7, 19))
    assert case.state.decision_due == day("2026-07-17", "24:00")
    assert case.state.remind_at == day("2026-07-16", "09:00")
    case.until(day("2026-07-16", "09:00"))
    assert case.lines[-1].details == {"due": day("2026-07-16", "24:00").isoformat()}


def test_a_cut_off_on_a_holiday_is_reminded_of_on_the_business_day_before() -> None:
    case = Switch(at=day("2026-07-16"), wished=date(2026, 7, 23))
    assert case.state.cut_off == day("2026-07-20", "24:00")
    assert case.state.remind_at == day("2026-07-17", "09:00")


def test_no_reminder_goes_where_it_is_too_late_for_it() -> None:
    case = Switch(at=day("2026-07-16"), wished=date(2026, 7, 19))
    assert case.state.cut_off == day("2026-07-16", "24:00")
    assert AlarmRule.REMINDER not in rules(case)


def test_an_amendment_to_an_early_date_has_no_reminder_in_the_past() -> None:
    case = Switch(at=day("2026-07-16"), wished=date(2026, 8, 7))
    case.must(case.command(CommandKind.AMEND, wished_date=date(2026, 7, 19)))
    assert rules(case) == [AlarmRule.CUT_OFF, AlarmRule.DECISION]


def test_after_days_away_each_alarm_rings_in_its_turn() -> None:
    case = Switch()
    late = day("2026-09-01")
    rung = []
    while (alarm := next_alarm(case.state)) is not None:
        rung.append(alarm.rule)
        case.must(TimePassed(late))
    assert rung == [AlarmRule.REMINDER, AlarmRule.DECISION]


def test_the_cut_off_is_waited_for_also_while_an_application_is_being_cancelled() -> None:
    case = Switch().accepted().filed(START).received(START).cancelled(START)
    assert rules(case) == [AlarmRule.CUT_OFF_REMINDER, AlarmRule.CUT_OFF]


def test_a_matched_case_waits_for_its_day_and_then_for_nothing_but_the_grid() -> None:
    case = Switch().accepted().filed(START, END).received(START, END).matched()
    assert rules(case) == [AlarmRule.EFFECTIVE_DATE]
    case.until(day("2026-08-07", "00:00"))
    assert rules(case) == []


def test_a_moved_cut_off_is_asked_before_again() -> None:
    case = Switch().accepted().filed(START).received(START)
    case.until(day("2026-08-04", "23:00"))
    assert case.state.asked_before_cut_off
    case.told(NewsKind.RECEIVED, START, effective_date=date(2026, 8, 20))
    assert AlarmRule.ASK_BEFORE_CUT_OFF in rules(case)
