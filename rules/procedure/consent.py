"""本人同意 (terms §9.1): what speaks against the consent a retailer declares."""

from datetime import date, datetime

from rules.calendar import day_of
from schemas.findings import Finding, Rulebook

RULES = Rulebook()
CONSENT_NOT_IN_FUTURE = RULES.declare(
    "consent-not-in-future",
    ("consent/obtainedOn", "同意取得日"),
    message="同意取得日に未来の日は指定できません。",
    action="本人から同意を得た日を指定してください。",
)


def consent_findings(*, obtained_on: date, at: datetime) -> tuple[Finding, ...]:
    """Say what speaks against a declared consent (本人同意, terms §9.1)."""
    if obtained_on <= day_of(at):
        return ()
    return (CONSENT_NOT_IN_FUTURE.finding(),)
