"""For which days 30-minute values can be asked for."""

from datetime import date

import pytest

from rules.usage_period import usage_period_findings

FIRST = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, None, None),
        (FIRST, None, None),
        (FIRST, FIRST, None),
        (FIRST, date(2026, 7, 31), None),
        (FIRST, date(2026, 8, 1), "halfHourlyTo"),
        (FIRST, date(2026, 6, 30), "halfHourlyTo"),
        (None, FIRST, "halfHourlyFrom"),
    ],
    ids=str,
)
def test_a_month_of_days_at_most_and_none_without_a_beginning(
    first: date | None, last: date | None, field: str | None
) -> None:
    broken = [(finding.field, finding.rule) for finding in usage_period_findings(first=first, last=last)]

    assert broken == ([] if field is None else [(field, "half-hourly-period")])
