"""Whether the effective date (異動日) of an application can be kept, and the cut-off that follows from it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from rules import deadlines
from rules.calendar import Calendar, day_of
from rules.deadlines import DeadlineRules
from rules.lone_application.kinds import KINDS
from rules.lone_application.state import LoneApplication
from rules.procedure.refusals import EFFECTIVE
from rules.wording import plain_day
from schemas.codes import ApplicationKind, MeterWork, Segment
from schemas.findings import Finding, Rulebook

RULES = Rulebook()
_FROM = "{first}以降の日に直してください。"
EARLIEST_DATE = RULES.declare(
    "earliest-effective-date",
    EFFECTIVE,
    message="{first}以降の日を指定します（標準処理期間）。",
    action=_FROM,
)
FIRST_DATE = RULES.declare(
    "first-effective-date",
    EFFECTIVE,
    message="{first}以降の日を指定します（{segment}の{kind}）。",
    action=_FROM,
)
LATEST_DATE = RULES.declare(
    "latest-effective-date",
    EFFECTIVE,
    message="{last}までの日を指定します（登録・訂正の日から{months}か月）。",
    action="{last}以前の日に直してください。",
)


def effective_date_findings(
    *,
    kind: ApplicationKind,
    segment: Segment,
    effective: date | None,
    meter_work: MeterWork | None,
    at: datetime,
    rules: DeadlineRules,
    calendar: Calendar,
) -> tuple[Finding, ...]:
    """Say what speaks against the effective date that an application names.

    :param at: when the hub stored the 登録 or 訂正 that names it. How far back it may lie, the 標準処理期間 and how far
        ahead it may lie all count from that day.
    """
    window = KINDS[kind].window
    if window is None or effective is None:
        return ()
    findings: list[Finding] = []
    if window.first_day is None:
        earliest = deadlines.earliest_effective_date(
            matched_on=day_of(at), meter_work=meter_work or MeterWork.NOT_NEEDED, rules=rules, calendar=calendar
        )
        if effective < earliest:
            findings.append(EARLIEST_DATE.finding(first=plain_day(earliest)))
    else:
        first = day_of(at) + timedelta(days=window.first_day[segment])
        if effective < first:
            findings.append(FIRST_DATE.finding(first=plain_day(first), segment=segment.label, kind=kind.label))
    latest = deadlines.latest_effective_date(stored_on=day_of(at), rules=rules)
    if effective > latest:
        findings.append(LATEST_DATE.finding(last=plain_day(latest), months=rules.latest_effective_months))
    return tuple(findings)


def cut_off_of(
    *,
    kind: ApplicationKind,
    effective: date | None,
    meter_work: MeterWork | None,
    rules: DeadlineRules,
    calendar: Calendar,
) -> datetime | None:
    """Give until when an application must be matched; None where its kind is not."""
    if not KINDS[kind].matched or effective is None:
        return None
    work = meter_work or MeterWork.NOT_NEEDED
    return deadlines.cut_off(effective_date=effective, meter_work=work, rules=rules, calendar=calendar)


def remind_at(cut_off: datetime | None, calendar: Calendar) -> datetime | None:
    """Tell when an applicant is reminded of its cut-off."""
    return None if cut_off is None else deadlines.reminder_at(due=cut_off, calendar=calendar)


def with_dates(
    state: LoneApplication, *, effective: date | None, meter_work: MeterWork | None, calendar: Calendar
) -> LoneApplication:
    """Set the effective date and the 計器工事の要否, and the cut-off that follows from them."""
    cut_off = cut_off_of(
        kind=state.kind, effective=effective, meter_work=meter_work, rules=state.rules, calendar=calendar
    )
    dated = replace(state, effective_date=effective, meter_work=meter_work, cut_off=cut_off)
    if effective != state.effective_date:
        dated = replace(dated, asked_on_effective_date=False)
    if cut_off != state.cut_off:
        dated = replace(dated, asked_before_cut_off=False, cut_off_passed=False)
        dated = replace(dated, cut_off_remind_at=remind_at(cut_off, calendar), cut_off_reminded=False)
    return dated


def with_grid_dates(
    state: LoneApplication, *, effective: date | None, meter_work: MeterWork | None, at: datetime, calendar: Calendar
) -> LoneApplication:
    """Set what the grid operator said; its word never puts the cut-off before it was heard."""
    dated = with_dates(state, effective=effective, meter_work=meter_work, calendar=calendar)
    if dated.cut_off is None or dated.cut_off > at:
        return dated
    return replace(state, effective_date=effective, meter_work=meter_work)
