"""Whether the wished date (異動希望日) of a referral can be kept, and the deadlines that follow from it."""

from dataclasses import replace
from datetime import date, datetime

from rules import deadlines
from rules.calendar import Calendar, day_of
from rules.deadlines import DeadlineRules
from rules.switching.state import SwitchingCase
from rules.wording import plain_day
from schemas.codes import MeterWork
from schemas.findings import Finding, Rulebook

RULES = Rulebook()
WISHED = ("wishedDate", "異動希望日")
EARLIEST_DATE = RULES.declare(
    "earliest-effective-date",
    WISHED,
    message="異動希望日は{first}以降の日を指定します（標準処理期間）。",
    action="{first}以降の日に直してください。",
)
LATEST_DATE = RULES.declare(
    "latest-effective-date",
    WISHED,
    message="異動希望日は{last}までの日を指定します（登録・訂正の日から{months}か月）。",
    action="{last}以前の日に直してください。",
)


def wished_date_findings(
    *, wished: date, meter_work: MeterWork, at: datetime, rules: DeadlineRules, calendar: Calendar
) -> tuple[Finding, ...]:
    """Say what speaks against a wished date: refused when earlier than if it were matched today.

    :param at: when the hub stored the message that names it, be it a 登録 or a 訂正: every limit counts from that day.
    """
    earliest = deadlines.earliest_effective_date(
        matched_on=day_of(at), meter_work=meter_work, rules=rules, calendar=calendar
    )
    if wished < earliest:
        return (EARLIEST_DATE.finding(first=plain_day(earliest)),)
    latest = deadlines.latest_effective_date(stored_on=day_of(at), rules=rules)
    if wished > latest:
        return (LATEST_DATE.finding(last=plain_day(latest), months=rules.latest_effective_months),)
    return ()


def with_decision_deadline(state: SwitchingCase, *, since: datetime, calendar: Calendar) -> SwitchingCase:
    """Start the decision deadline at ``since``."""
    due = deadlines.decision_due(registered_at=since, rules=state.rules, calendar=calendar)
    return replace(state, decision_due=due)


def with_effective_date(
    state: SwitchingCase, *, effective: date, meter_work: MeterWork, calendar: Calendar
) -> SwitchingCase:
    """Set the effective date and the 計器工事の要否, and the cut-off that follows from them."""
    cut_off = deadlines.cut_off(effective_date=effective, meter_work=meter_work, rules=state.rules, calendar=calendar)
    dated = replace(_on_day(state, effective), meter_work=meter_work, cut_off=cut_off)
    if cut_off == state.cut_off:
        return dated
    remind_at = deadlines.reminder_at(due=cut_off, calendar=calendar)
    dated = replace(dated, cut_off_remind_at=remind_at, cut_off_reminded=False)
    return replace(dated, asked_before_cut_off=False, cut_off_passed=False)


def _on_day(state: SwitchingCase, effective: date) -> SwitchingCase:
    """Set the effective date; a new one is asked after when it comes, although an earlier one was."""
    already_asked = state.asked_on_effective_date and effective == state.effective_date
    return replace(state, effective_date=effective, asked_on_effective_date=already_asked)


def with_grid_dates(
    state: SwitchingCase, *, effective: date, meter_work: MeterWork, at: datetime, calendar: Calendar
) -> SwitchingCase:
    """Set what the grid operator said of date and meter work; its date holds.

    It may leave less than the 標準処理期間: then the cut-off stays as it was, and what still comes in
    is for the grid operator to judge. Its word never puts the cut-off before the moment it was heard.
    """
    dated = with_effective_date(state, effective=effective, meter_work=meter_work, calendar=calendar)
    if dated.cut_off > at:
        return dated
    return replace(_on_day(state, effective), meter_work=meter_work)


def with_reminder(state: SwitchingCase, *, at: datetime, calendar: Calendar) -> SwitchingCase:
    """Set the reminder before the deadline that comes first; none goes where it is too late for it.

    :param at: when the deadlines were set.
    """
    due = min(state.decision_due, state.cut_off)
    remind_at = deadlines.reminder_at(due=due, calendar=calendar)
    if remind_at == state.remind_at:
        return state
    return replace(state, remind_at=remind_at, reminded=remind_at <= at)
