"""How much time is left until a deadline, as people count it: in business days (残り営業日)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.calendar import Calendar, day_of, ended_day
from rules.wording import business_days_words


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
