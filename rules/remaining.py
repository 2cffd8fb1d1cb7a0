"""How much time is left until a deadline, as people count it: in business days (残り営業日)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.calendar import Calendar, add_business_days, day_of, end_of, ended_day
from rules.wording import business_days_words
from schemas.codes import Code


class TimeLeft(Code):
    """How urgent a deadline is, as lists are filtered by it."""

    PASSED = "passed", "期限経過"
    TODAY = "today", "本日まで"
    NEXT_BUSINESS_DAY = "next_business_day", "翌営業日まで"
    LATER = "later", "それ以降"
    STANDS_STILL = "stands_still", "期限停止中"


RUNNING = tuple(left for left in TimeLeft if left is not TimeLeft.STANDS_STILL)
"""Of deadlines that come nearer by themselves, the nearest first."""


@dataclass(frozen=True)
class Urgency:
    """The moments at which a deadline that comes nearer changes how urgent it is."""

    now: datetime
    end_of_today: datetime
    end_of_next: datetime
    """The end of the next business day."""

    def period(self, left: TimeLeft) -> tuple[datetime | None, datetime | None]:
        """Give when deadlines end that are so urgent, one of :data:`RUNNING`: after the one, by the other."""
        bounds = (None, self.now, self.end_of_today, self.end_of_next, None)
        at = RUNNING.index(left)
        return bounds[at], bounds[at + 1]


def urgency(now: datetime, *, calendar: Calendar) -> Urgency:
    """Tell by which moments deadlines are sorted at ``now``."""
    today = day_of(now)
    return Urgency(now, end_of(today), end_of(add_business_days(today, 1, calendar)))


@dataclass(frozen=True)
class Remaining:
    """What is left until a deadline."""

    business_days: int
    """Business days after today up to the last day of the deadline, that day included; 0 on the last one."""
    last_day: date
    """The day at whose 24:00 (or on which) the deadline ends."""
    passed: bool
    today: bool
    """True where today is the last day."""

    @property
    def words(self) -> str:
        """The time left in Japanese, as screens and mails say it."""
        if self.passed:
            return "期限経過"
        if self.today:
            return f"残り{business_days_words(0)}（本日まで）"
        return f"残り{business_days_words(self.business_days)}"


def remaining(*, due: datetime, now: datetime, calendar: Calendar) -> Remaining:
    """Tell what is left at ``now`` until ``due``; what is due at 24:00 ends with the day before."""
    last_day, today = ended_day(due), day_of(now)
    return Remaining(
        business_days=business_days_between(today, last_day, calendar),
        last_day=last_day,
        passed=now >= due,
        today=now < due and today == last_day,
    )


def business_days_between(day: date, last: date, calendar: Calendar) -> int:
    """Count the business days after ``day`` up to ``last``, that one included."""
    return sum(
        calendar.is_business_day(day + timedelta(days=ahead)) for ahead in range(1, max((last - day).days, 0) + 1)
    )
