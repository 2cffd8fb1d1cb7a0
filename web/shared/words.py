"""How days and times are written on screens: in Japan time, with the day of the week."""

from datetime import date, datetime, timedelta

from rules.calendar import JST

_WEEKDAYS = "月火水木金土日"


def day_words(day: date) -> str:
    """Write a day: 2026-11-24（火）."""
    return f"{day:%Y-%m-%d}（{_WEEKDAYS[day.weekday()]}）"


def moment_words(moment: datetime) -> str:
    """Write a moment to the minute: 2026-11-24（火）10:05."""
    moment = moment.astimezone(JST)
    return f"{day_words(moment.date())}{moment:%H:%M}"


def deadline_words(moment: datetime) -> str:
    """Write a deadline as people say it: the end of a day is its 24:00."""
    moment = moment.astimezone(JST)
    if (moment.hour, moment.minute) == (0, 0):
        return f"{day_words(ended_day(moment))}24:00"
    return moment_words(moment)


def ended_day(moment: datetime) -> date:
    """Give the day in Japan that ends at a moment."""
    return (moment.astimezone(JST) - timedelta(microseconds=1)).date()


def machine_time(moment: datetime) -> str:
    """Write a moment for machines, in Japan time."""
    return moment.astimezone(JST).isoformat(timespec="seconds")
