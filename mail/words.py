"""How mails write moments."""

from datetime import datetime, timedelta

from rules.calendar import JST


def moment(at: datetime) -> str:
    """Write a deadline as people say it: the end of a day is its 24:00."""
    day = at.astimezone(JST)
    if (day.hour, day.minute) == (0, 0):
        return f"{day - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{day:%Y-%m-%d %H:%M}"
