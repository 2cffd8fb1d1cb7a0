"""For which days 30-minute values can be asked for (10310): a bounded answer (ours)."""

from datetime import date

from schemas.findings import Finding, Rulebook
from schemas.interfaces.usage import MOST_DAYS

RULES = Rulebook()
_FROM, _TO = ("halfHourlyFrom", "30分値の開始日"), ("halfHourlyTo", "30分値の終了日")
BEGINNING_NEEDED = RULES.declare(
    "half-hourly-period",
    _FROM,
    message="30分値の終了日だけを指定することはできません。",
    action="30分値の開始日も指定してください。",
)
IN_ORDER = RULES.declare(
    "half-hourly-period",
    _TO,
    message="30分値の終了日が開始日より前です。",
    action="開始日以降の日を指定してください。",
)
TOO_LONG = RULES.declare(
    "half-hourly-period",
    _TO,
    message=f"30分値の期間は{MOST_DAYS}日までです。",
    action=f"{MOST_DAYS}日以内に分けて照会してください。",
)


def usage_period_findings(*, first: date | None, last: date | None) -> tuple[Finding, ...]:
    """Say what speaks against the days asked for; none asked for is fine."""
    if first is None and last is not None:
        return (BEGINNING_NEEDED.finding(),)
    if first is None or last is None:
        return ()
    if last < first:
        return (IN_ORDER.finding(),)
    if (last - first).days >= MOST_DAYS:
        return (TOO_LONG.finding(),)
    return ()
