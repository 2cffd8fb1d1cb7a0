"""For which days 30-minute values can be asked for (10310): a bounded answer (ours)."""

from datetime import date

from schemas.findings import Finding

MOST_DAYS = 31
"""As many days as one answer of 10310 holds."""

_FROM, _TO = ("halfHourlyFrom", "30分値の開始日"), ("halfHourlyTo", "30分値の終了日")


def usage_period_findings(*, first: date | None, last: date | None) -> tuple[Finding, ...]:
    """Say what speaks against the days asked for; none asked for is fine."""
    if first is None and last is not None:
        words = "30分値の終了日だけを指定することはできません。"
        return (Finding(*_FROM, "half-hourly-period", words, "30分値の開始日も指定してください。"),)
    if first is None or last is None:
        return ()
    if last < first:
        words = "30分値の終了日が開始日より前です。"
        return (Finding(*_TO, "half-hourly-period", words, "開始日以降の日を指定してください。"),)
    if (last - first).days >= MOST_DAYS:
        words = f"30分値の期間は{MOST_DAYS}日までです。"
        return (Finding(*_TO, "half-hourly-period", words, f"{MOST_DAYS}日以内に分けて照会してください。"),)
    return ()
