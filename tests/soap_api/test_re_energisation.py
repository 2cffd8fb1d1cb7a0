"""10410 再点: it may be back-dated by 31 days (the field's practice); its terms are checked like those of a switch."""

import pytest

from schemas.codes import Segment
from schemas.interfaces.re_energisation import RE_ENERGISATION
from tests.soap_api.filing import Filing


@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.LOW_VOLTAGE_FIT])
@pytest.mark.parametrize(("days", "accepted"), [(0, True), (-31, True), (-32, False)])
def test_it_may_be_back_dated_by_31_days(filing: Filing, segment: Segment, days: int, accepted: bool) -> None:
    answer = filing.send(RE_ENERGISATION, days=days, segment=segment)

    assert answer.code == (None if accepted else "HUB-B001")
    assert answer.broken_rules == (set() if accepted else {("effectiveDate", "first-effective-date")})


def test_a_day_more_than_six_months_away_is_refused(filing: Filing) -> None:
    answer = filing.send(RE_ENERGISATION, days=200)

    assert answer.broken_rules == {("effectiveDate", "latest-effective-date")}


def test_what_cannot_be_contracted_is_refused_with_everything_at_once(filing: Filing) -> None:
    answer = filing.send(
        RE_ENERGISATION,
        days=0,
        pointNumber="0610000000000000000001",
        supplyKind="power",
        contractBasis="ampere_breaker",
        contractCapacity="61",
    )

    assert answer.code == "HUB-B001"
    assert answer.broken_rules == {
        ("contractBasis", "basis-of-supply-kind"),
        ("contractBasis", "ampere-breaker-area"),
        ("contractCapacity", "ampere-breaker-capacity"),
    }


def test_one_procedure_stands_on_a_point(filing: Filing) -> None:
    first, second = (filing.send(RE_ENERGISATION, days=0) for _ in range(2))

    assert first.fault is None
    assert second.broken_rules == {("pointNumber", "one-procedure-per-point")}


def test_what_is_refused_is_called_as_the_request_calls_it(filing: Filing) -> None:
    early = filing.send(RE_ENERGISATION, days=-32)
    _, second = (filing.send(RE_ENERGISATION, days=0, segment=Segment.LOW_VOLTAGE_FIT) for _ in range(2))

    assert [finding.label for finding in early.findings] == ["再点日"]
    assert [finding.label for finding in second.findings] == ["受電地点特定番号"]
