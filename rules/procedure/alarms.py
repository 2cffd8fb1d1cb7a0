"""The moments a procedure waits for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.codes import Code

ASK_BEFORE_CUT_OFF = timedelta(hours=1)
"""How long before its cut-off a procedure asks the grid operator for itself (ours)."""
OTHER_SIDE_WITHIN = timedelta(hours=1)
"""How long a case that heard of one side's completion waits to hear of the other's, though the day is over (ours)."""


class AlarmRule(Code):
    """The rule that makes a procedure wait for a moment. At the same moment they ring in this order."""

    REMINDER = "decision-reminder", "判断期限の通知"
    DECISION = "decision-deadline", "判断期限"
    CUT_OFF_REMINDER = "application-reminder", "申請期限の通知"
    ASK_BEFORE_CUT_OFF = "inquiry-before-cut-off", "申請期限前の状況確認"
    CUT_OFF = "application-cut-off", "申請期限"
    EFFECTIVE_DATE = "effective-date", "異動日"
    ONE_SIDE = "one-side-done", "片側完了の確認"
    CORRECTION = "correction-deadline", "不備の訂正期限"


DEADLINES = (AlarmRule.DECISION, AlarmRule.CUT_OFF, AlarmRule.CORRECTION)
"""The moments that people must not miss; the others the hub waits for by itself."""


@dataclass(frozen=True)
class Alarm:
    """A moment a procedure waits for, with the rule that sets it."""

    at: datetime
    rule: AlarmRule


def in_order(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Sort alarms as they ring: the earliest first; at the same moment by precedence."""
    return tuple(sorted(alarms, key=lambda alarm: (alarm.at, list(AlarmRule).index(alarm.rule))))


def first_alarm(alarms: Sequence[Alarm]) -> Alarm | None:
    """Give the alarm that rings first, of those :func:`in_order`."""
    return next(iter(alarms), None)


def first_deadline(alarms: Sequence[Alarm]) -> Alarm | None:
    """Give the deadline that people must keep now, of alarms :func:`in_order`."""
    return next((alarm for alarm in alarms if alarm.rule in DEADLINES), None)
