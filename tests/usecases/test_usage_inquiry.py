"""10310 使用量情報照会: relayed live with its password, with consent, and on record; the password is kept nowhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from grid_stub.passwords import issue
from models.absences import hold_ups
from models.database import Database
from models.pauses import pause_area, resume_area
from rules.calendar import day_of
from rules.holdups import HoldUpKind
from rules.maintenance import parse_windows
from schemas.codes import Area, Flag, Segment
from schemas.findings import Refused
from schemas.interfaces.usage import USAGE_INQUIRY, UsageInquiryRequest
from schemas.refusal_codes import RefusalCode
from tests.support.callers import NEW_RETAILER, ask, caller_of
from tests.support.cast import NEW, POINT, consent
from tests.support.database_contents import rows
from tests.support.grid import Grid
from tests.support.settings import ALWAYS
from usecases.hub import Hub as Parts
from usecases.usage_inquiry import inquire_usage


@pytest.fixture
def request_(grid: Grid) -> UsageInquiryRequest:
    """Fill in a question with a password that was issued today."""
    today = day_of(grid.now())
    return UsageInquiryRequest(
        message_id="R-1",
        point_number=POINT,
        usage_password=issue(POINT, on=today).password,
        half_hourly_from=today - timedelta(days=2),
        half_hourly_to=today - timedelta(days=1),
        consent=consent(),
    )


def refusal_of(request: UsageInquiryRequest, parts: Parts) -> Refused:
    with pytest.raises(Refused) as refused:
        ask(inquire_usage, request, NEW_RETAILER, parts)
    return refused.value


@pytest.mark.parametrize("segment", [Segment.LOW_VOLTAGE, Segment.HIGH_VOLTAGE])
def test_the_grid_operators_answer_is_handed_on_and_on_record(
    live_parts: Parts, retailers: Database, request_: UsageInquiryRequest, segment: Segment
) -> None:
    response = ask(inquire_usage, request_, caller_of(NEW, segment=segment), live_parts)

    assert (response.message_id, response.point_number, response.smart_meter) == ("R-1", POINT, Flag.YES)
    assert (len(response.monthly_usages), len(response.half_hourly_usages)) == (13, 2)
    reads = rows(retailers, "SELECT retailer_code, interface_number, subject, message_id, consent FROM data_reads")
    declared = {"obtained_on": "2026-01-15", "method": "paper", "obtained_by": "豊洲支店"}
    assert reads == [(NEW, USAGE_INQUIRY.number_in(segment), POINT, "R-1", declared)]


def test_a_wrong_password_is_the_grid_operators_refusal(
    live_parts: Parts, retailers: Database, request_: UsageInquiryRequest
) -> None:
    refused = refusal_of(replace(request_, usage_password="WRONGWRONG12"), live_parts)

    assert refused.refusal.code is RefusalCode.GRID_REFUSED
    assert [(finding.field, finding.rule) for finding in refused.refusal.findings] == [
        ("usagePassword", "usage-password")
    ]
    assert rows(retailers, "SELECT * FROM data_reads") == []


def test_consent_and_days_are_looked_at_together_before_anyone_is_asked(
    parts: Parts, request_: UsageInquiryRequest
) -> None:
    future = replace(consent(), obtained_on=date(2999, 1, 1))

    refused = refusal_of(replace(request_, half_hourly_from=None, consent=future), parts)

    assert refused.refusal.code is RefusalCode.BUSINESS
    assert [finding.rule for finding in refused.refusal.findings] == ["consent-not-in-future", "half-hourly-period"]


def test_a_maintenance_window_by_the_hubs_own_table_names_its_end(
    live_parts: Parts, grid: Grid, request_: UsageInquiryRequest
) -> None:
    windows = f"{ALWAYS}; 06 none"
    always = replace(live_parts, maintenance_windows=parse_windows(windows))
    kansai = "0610000000000000000001"

    refused = refusal_of(request_, always).refusal

    assert (refused.code, refused.retryable) == (RefusalCode.GRID_MAINTENANCE, True)
    (finding,) = refused.findings
    assert finding.rule == "maintenance"
    assert f"{day_of(grid.now()) + timedelta(days=1)}T00:00:00+09:00" in finding.message
    password = issue(kansai, on=day_of(grid.now())).password
    elsewhere = replace(request_, point_number=kansai, usage_password=password)
    assert ask(inquire_usage, elsewhere, NEW_RETAILER, always).point_number == kansai


def test_a_grid_operator_whose_calls_are_stopped_is_not_asked(
    live_parts: Parts, retailers: Database, request_: UsageInquiryRequest
) -> None:
    with retailers.transaction() as session:
        pause_area(session, area=Area.TOKYO, reason="障害調査")

    refused = refusal_of(request_, live_parts).refusal

    assert (refused.code, refused.retryable) == (RefusalCode.GRID_UNREACHABLE, True)
    with retailers.transaction() as session:
        resume_area(session, area=Area.TOKYO)
    assert ask(inquire_usage, request_, NEW_RETAILER, live_parts).point_number == request_.point_number


def test_a_maintenance_that_the_grid_operator_tells_of_is_handed_on(
    live_parts: Parts, grid: Grid, request_: UsageInquiryRequest
) -> None:
    end = grid.now() + timedelta(hours=1)
    grid.tell(Area.TOKYO, maintenance_until=end.isoformat())

    for _ in range(2):
        refused = refusal_of(request_, live_parts).refusal

        assert (refused.code, [finding.rule for finding in refused.findings]) == (
            RefusalCode.GRID_MAINTENANCE,
            ["maintenance"],
        )
        assert refused.resumes_at == end
        assert f"{end:%Y-%m-%d %H:%M}以降に" in refused.findings[0].action
        grid.tell(Area.TOKYO, down=True)  # its end is kept: it is not asked again before


def test_an_inquiry_that_goes_unanswered_tells_cases_and_screens_too(
    live_parts: Parts, grid: Grid, retailers: Database, request_: UsageInquiryRequest
) -> None:
    grid.tell(Area.TOKYO, down=True)

    assert refusal_of(request_, live_parts).refusal.code is RefusalCode.GRID_UNREACHABLE
    with retailers.transaction() as session:
        assert hold_ups(session, windows=parse_windows(""))[Area.TOKYO].kind is HoldUpKind.AWAY

    grid.tell(Area.TOKYO, down=False)
    assert ask(inquire_usage, request_, NEW_RETAILER, live_parts).point_number == request_.point_number
    with retailers.transaction() as session:
        assert hold_ups(session, windows=parse_windows("")) == {}


def test_hub_grid_operator_and_message_are_told_apart(
    parts: Parts, live_parts: Parts, request_: UsageInquiryRequest
) -> None:
    away = refusal_of(request_, parts).refusal
    refused = refusal_of(replace(request_, point_number="0310000000000000009999"), live_parts).refusal

    assert (away.code, away.retryable) == (RefusalCode.GRID_UNREACHABLE, True)
    assert (refused.code, refused.retryable) == (RefusalCode.GRID_REFUSED, False)
