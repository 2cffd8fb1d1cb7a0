"""The business clock of the demonstration: a switch is played in office hours, at whatever hour it is run."""

from datetime import datetime, time

from rules.calendar import JST, Calendar, add_business_days

_OPENS, _LAST_START = time(9), time(16)
_BEGIN = time(10)


def office_hour(now: datetime, calendar: Calendar) -> datetime:
    """Give the business time to play at: now in office hours, else 10:00 of the next business day.

    Never earlier than ``now``.
    """
    now = now.astimezone(JST)
    today = now.date()
    if calendar.is_business_day(today):
        if _OPENS <= now.time() < _LAST_START:
            return now
        if now.time() < _OPENS:
            return datetime.combine(today, _BEGIN, tzinfo=JST)
    return datetime.combine(add_business_days(today, 1, calendar), _BEGIN, tzinfo=JST)
