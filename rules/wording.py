"""How days, moments and deadlines are written for people: in Japan time, and the end of a day as its 24:00.

Plain, as lines of text have them (mails, refusals, the Temporal UI, terminals, CSV); the screens write the day of the
week as well (web.words).
"""

from datetime import date, datetime

from rules.calendar import JST, ended_day

END_OF_DAY = "24:00"
PAUSED = "一時停止中"
"""How calls to a grid operator stand that the hub operator has stopped."""


def plain_day(day: date) -> str:
    """Write a day: 2026-11-24."""
    return f"{day:%Y-%m-%d}"


def plain_moment(moment: datetime) -> str:
    """Write a moment to the minute: 2026-11-24 10:05."""
    moment = moment.astimezone(JST)
    return f"{plain_day(moment)} {moment:%H:%M}"


def plain_second(moment: datetime) -> str:
    """Write a moment to the second: 2026-11-24 10:05:30."""
    return f"{plain_moment(moment)}:{moment:%S}"


def plain_deadline(moment: datetime) -> str:
    """Write a deadline as people say it: 2026-11-24 24:00."""
    return f"{plain_day(ended_day(moment))} {END_OF_DAY}" if ends_day(moment) else plain_moment(moment)


def ends_day(moment: datetime) -> bool:
    """Tell whether a moment is the 24:00 of a day in Japan."""
    moment = moment.astimezone(JST)
    return (moment.hour, moment.minute) == (0, 0)


def paused_since(moment: str) -> str:
    """Write since when calls are stopped: 2026-11-24 10:05から一時停止中.

    :param moment: as it is written where this stands.
    """
    return f"{moment}から{PAUSED}"


def business_days_words(count: int) -> str:
    """Write a number of business days: 3営業日."""
    return f"{count}営業日"
