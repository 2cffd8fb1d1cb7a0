"""A case as lists and their CSV show it: with what is left of its time, until which day and by which rule."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from models.cases.read_model import SUSPENDED_RULE
from models.cases.screens import CaseLine, UnreadableLine
from rules.calendar import JapaneseCalendar, end_of
from rules.procedure.alarms import AlarmRule
from rules.remaining import Remaining, remaining
from runtime.logs import logger
from schemas.checks import is_in_range
from schemas.codes import ApplicationState, CasePhase

FOR_OTHERS_TO_SETTLE = (CasePhase.CANCELLING, CasePhase.ONE_SIDE_DONE)
"""What is open in them is for the grid operator and the hub operator to settle: no deadline counts any more."""
_log = logger(__name__)
SUSPENDED = "期限停止中（広域機関）"
_RULES = {rule.value: rule.label for rule in AlarmRule}


@dataclass(frozen=True)
class ListedCase:
    """One line of a list, with what is left of its time."""

    line: CaseLine
    applications: tuple[tuple[str, ApplicationState], ...]
    """Its open applications as far as the viewer sees them: what each is called, and where it stands."""
    left: Remaining | None
    """None where nobody has to keep a deadline any more."""
    rule: str


@dataclass(frozen=True)
class UnshownCase:
    """A line of a list whose case cannot be shown."""

    case_number: str
    words: str = "この案件の記録には、読み取れない値があります。広域機関ヘルプデスクへお問い合わせください。"


def listed(line: CaseLine | UnreadableLine, *, now: datetime) -> ListedCase | UnshownCase:
    """Put the time left beside a case; one that nobody can show is one that says so."""
    if isinstance(line, UnreadableLine) or not all(map(is_in_range, _days_of(line))):
        _log.error("case-not-shown", case_number=line.case_number)
        return UnshownCase(line.case_number)
    return _with_time_left(line, now=now)


def _days_of(line: CaseLine) -> tuple[date | None, ...]:
    moments = (line.registered_at, line.changed_at, line.ended_at, line.due_at, line.decided_at)
    return (*moments, line.wished_date, line.effective_date)


def _with_time_left(line: CaseLine, *, now: datetime) -> ListedCase:
    applications = _applications(line)
    if line.ended_at is not None or line.phase in FOR_OTHERS_TO_SETTLE:
        return ListedCase(line, applications, None, "")
    if line.due_rule == SUSPENDED_RULE:
        return ListedCase(line, applications, None, SUSPENDED)
    if line.due_rule == AlarmRule.EFFECTIVE_DATE:  # the case looks when the day begins; people have all of it
        if line.effective_date is None:  # an inquiry: no day is waited for
            return ListedCase(line, applications, None, "")
        line = replace(line, due_at=end_of(line.effective_date))
    remaining_time = remaining(due=line.due_at, now=now, calendar=JapaneseCalendar())
    return ListedCase(line, applications, remaining_time, _RULES.get(line.due_rule, line.due_rule))


def _applications(line: CaseLine) -> tuple[tuple[str, ApplicationState], ...]:
    if line.phase is not CasePhase.AWAITING_APPLICATIONS and line.phase not in FOR_OTHERS_TO_SETTLE:
        return ()
    return tuple(
        (name, state)
        for name, state in (("開始申請", line.start_state), ("廃止申請", line.end_state))
        if state is not None
    )
