"""10110 設備情報照会: relayed to the grid operator, with consent, and on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from grid_client.errors import GridFault
from models.clock import business_now
from models.database import Database
from rules.calendar import day_of
from schemas.codes import Area
from schemas.findings import Refused
from schemas.interfaces.facility_inquiry import FacilityInquiryRequest, FacilityInquiryResponse
from schemas.refusal_codes import RefusalCode
from tests.soap_support.examples import typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.callers import NEW_RETAILER, ask
from tests.support.cast import FACILITY_POINT, NEW, consent
from tests.support.database_contents import rows
from tests.support.grid import Grid
from usecases.facility_inquiry import inquire_facility
from usecases.hub import Hub as Parts
from usecases.point_inquiries import AnswerOfAnotherPoint

REQUEST = FacilityInquiryRequest(message_id="R-1", point_number=FACILITY_POINT, consent=consent())


def refusal_of(request: FacilityInquiryRequest, parts: Parts) -> Refused:
    with pytest.raises(Refused) as refused:
        ask(inquire_facility, request, NEW_RETAILER, parts)
    return refused.value


def reads(database: Database) -> list[tuple[object, ...]]:
    return rows(database, "SELECT retailer_code, interface_number, subject, message_id, consent FROM data_reads")


def test_the_grid_operators_answer_is_handed_on_and_on_record(live_parts: Parts, retailers: Database) -> None:
    response = ask(inquire_facility, REQUEST, NEW_RETAILER, live_parts)

    assert (response.message_id, response.point_number) == ("R-1", FACILITY_POINT)
    declared = {"obtained_on": "2026-01-15", "method": "paper", "obtained_by": "豊洲支店"}
    assert reads(retailers) == [(NEW, "10110", FACILITY_POINT, "R-1", declared)]


def test_a_consent_of_tomorrow_is_refused_before_anyone_is_asked(parts: Parts, retailers: Database) -> None:
    with retailers.transaction() as session:
        tomorrow = day_of(business_now(session)) + timedelta(days=1)

    refused = refusal_of(replace(REQUEST, consent=replace(consent(), obtained_on=tomorrow)), parts)

    assert refused.refusal.code is RefusalCode.BUSINESS
    assert [finding.rule for finding in refused.refusal.findings] == ["consent-not-in-future"]
    assert reads(retailers) == []


def test_an_answer_that_cannot_be_read_is_handed_on_to_nobody(
    live_parts: Parts, grid: Grid, retailers: Database
) -> None:
    grid.tell(Area.TOKYO, spoilt={"nextReadingDate": "9999-12-31"})

    refused = refusal_of(REQUEST, live_parts)

    (finding,) = refused.refusal.findings
    assert (refused.refusal.code, finding.rule) == (RefusalCode.GRID_UNREACHABLE, "grid-answer-readable")
    assert "仕様に合わず" in finding.message
    assert reads(retailers) == []


def test_a_point_that_the_grid_operator_does_not_know(live_parts: Parts, retailers: Database) -> None:
    refused = refusal_of(replace(REQUEST, point_number="0310000000000000009999"), live_parts)

    assert refused.refusal.code is RefusalCode.GRID_REFUSED
    assert [finding.field for finding in refused.refusal.findings] == ["pointNumber"]
    assert reads(retailers) == []


def test_a_grid_operator_out_of_reach_is_told_as_such(parts: Parts, retailers: Database) -> None:
    refused = refusal_of(REQUEST, parts)

    assert refused.refusal.code is RefusalCode.GRID_UNREACHABLE
    assert refused.refusal.retryable
    assert "東京エリア" in refused.refusal.findings[0].message
    assert refused.message_id == "R-1"
    assert reads(retailers) == []


def test_an_area_that_is_down_leaves_the_others(live_parts: Parts, grid: Grid) -> None:
    grid.tell(Area.TOKYO, down=True)

    assert refusal_of(REQUEST, live_parts).refusal.code is RefusalCode.GRID_UNREACHABLE
    kansai = replace(REQUEST, point_number="0610000000000000000777")
    assert ask(inquire_facility, kansai, NEW_RETAILER, live_parts).point_number == kansai.point_number


def test_a_fault_that_a_repeat_may_help_counts_as_out_of_reach(parts: Parts) -> None:
    def refuse(request: object) -> object:
        raise GridFault("HUB-R004", "システム内部で誤りが発生しました。", retryable=True)

    refused = refusal_of(REQUEST, replace(parts, grid=AnsweringGrid(refuse)))

    assert refused.refusal.code is RefusalCode.GRID_UNREACHABLE


def test_a_fault_without_findings_is_handed_on_in_its_words(parts: Parts) -> None:
    def refuse(request: object) -> object:
        raise GridFault("HUB-B001", "業務チェックで受け付けられません。")

    (finding,) = refusal_of(REQUEST, replace(parts, grid=AnsweringGrid(refuse))).refusal.findings

    assert (finding.rule, finding.message) == ("HUB-B001", "業務チェックで受け付けられません。")


def test_an_answer_about_another_point_is_shown_to_nobody(parts: Parts, retailers: Database) -> None:
    other = typed_example(FacilityInquiryResponse, point_number="0310000000000000000778")

    with pytest.raises(AnswerOfAnotherPoint):
        ask(inquire_facility, REQUEST, NEW_RETAILER, replace(parts, grid=AnsweringGrid(lambda request: other)))

    assert reads(retailers) == []
