"""参加の最終日 (事業者一覧): who takes part no longer starts nothing, and nothing takes effect after its last day."""

from datetime import date, datetime

from rules.calendar import day_of
from rules.wording import plain_day
from schemas.findings import Finding, Rulebook

RULES = Rulebook()
WITHIN_VALIDITY = RULES.declare(
    "within-validity",
    ("{field}", "{label}"),
    message="当事者の小売電気事業者の参加の最終日（{last_day}）を過ぎる手続きはできません。",
    action="事業者一覧（13110）で有効期間を確認し、最終日までの日を指定してください。",
)


def earlier(*last_days: date | None) -> date | None:
    """Give the first of the last days; None where none of the parties has one."""
    return min((day for day in last_days if day is not None), default=None)


def validity_findings(
    *, day: date | None, at: datetime, last_day: date | None, where: tuple[str, str]
) -> tuple[Finding, ...]:
    """Say that a procedure would take effect, or be asked for, after the last day of one of its retailers.

    :param day: the day on which it is to take effect; None where its kind names none.
    :param last_day: the first last day of its retailers; None where all take part without end.
    :param where: path and label of the element that names the day, or where none does, of the point.
    """
    if last_day is None or max(day or day_of(at), day_of(at)) <= last_day:
        return ()
    return (WITHIN_VALIDITY.finding(field=where[0], label=where[1], last_day=plain_day(last_day)),)
