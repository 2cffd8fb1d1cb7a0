"""How days and times are written on screens: in Japan time, with the day of the week."""

from datetime import date, datetime

from rules.calendar import JST, ended_day
from rules.wording import END_OF_DAY, ends_day, plain_day

_WEEKDAYS = "月火水木金土日"


def day_words(day: date) -> str:
    """Write a day: 2026-11-24（火）."""
    return f"{plain_day(day)}（{_WEEKDAYS[day.weekday()]}）"


def short_day(day: date) -> str:
    """Write a day where there is little room: 11/24."""
    return f"{day.month}/{day.day}"


def moment_words(moment: datetime) -> str:
    """Write a moment to the minute: 2026-11-24（火）10:05."""
    moment = moment.astimezone(JST)
    return f"{day_words(moment)}{moment:%H:%M}"


def deadline_words(moment: datetime) -> str:
    """Write a deadline as people say it: 2026-11-24（火）24:00."""
    return f"{day_words(ended_day(moment))}{END_OF_DAY}" if ends_day(moment) else moment_words(moment)


def machine_time(moment: datetime) -> str:
    """Write a moment for machines, in Japan time."""
    return moment.astimezone(JST).isoformat(timespec="seconds")
