"""Where no slot is free: who asks the grid operator alone may come again, and the hub's record tells the rest."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

import pytest

from grid_client.errors import GridUnreachable
from models.absences import absences
from models.database import Database
from runtime.slots.board import NoSlot
from runtime.slots.shares import Hindrance
from schemas.codes import AnswerSource, Area
from schemas.findings import Refusal, Refused
from schemas.interfaces.facility_inquiry import FacilityInquiryRequest
from schemas.interfaces.processing_status import (
    ProcessingStatusListRequest,
    ProcessingStatusListResponse,
    ProcessingStatusRequest,
)
from schemas.refusal_codes import RefusalCode
from tests.support.answering_grid import AnsweringGrid
from tests.support.callers import NEW_RETAILER, ask, called
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case
from tests.support.cast import FACILITY_POINT, consent
from tests.support.referrals import open_case
from usecases.facility_inquiry import inquire_facility
from usecases.hub import Hub as Parts
from usecases.processing_status_list import list_statuses
from usecases.registry import ANSWERING

INQUIRY = FacilityInquiryRequest(message_id="R-1", point_number=FACILITY_POINT, consent=consent())


class NoneFree:
    """Slots of which none is free for what is relayed."""

    def __init__(self, hindrance: Hindrance | None = Hindrance.TARGET) -> None:
        self._hindrance = hindrance

    def begun(self, caller: str) -> AbstractContextManager[None]:
        return nullcontext()

    def relayed(self, *, caller: str, target: str) -> AbstractContextManager[None]:
        raise NoSlot(self._hindrance)


@pytest.fixture
def busy(parts: Parts) -> Parts:
    def never(request: object) -> object:
        raise AssertionError("the grid operator is asked")

    return replace(parts, slots=NoneFree(), grid=AnsweringGrid(never))


def refusal_of(parts: Parts) -> Refusal:
    with pytest.raises(Refused) as refused:
        ask(inquire_facility, INQUIRY, NEW_RETAILER, parts)
    assert refused.value.message_id == "R-1"
    return refused.value.refusal


@pytest.mark.parametrize(
    ("hindrance", "rules"),
    [
        (Hindrance.CALLER, ["retailer-slots"]),
        (Hindrance.TARGET, ["area-slots"]),
        (Hindrance.RELAYING, ["inquiry-slots"]),
        (None, []),
    ],
)
def test_an_inquiry_may_be_sent_again_and_hears_whose_share_is_used_up(
    busy: Parts, hindrance: Hindrance | None, rules: list[str]
) -> None:
    refusal = refusal_of(replace(busy, slots=NoneFree(hindrance)))

    assert (refusal.code, refusal.retryable) == (RefusalCode.NO_SLOT, True)
    assert refusal.retry_after is not None
    assert [finding.rule for finding in refusal.findings] == rules


def test_it_says_nothing_of_the_grid_operator(busy: Parts, retailers: Database) -> None:
    refusal_of(busy)

    with retailers.transaction() as session:
        assert absences(session) == {}


def test_the_hubs_record_tells_where_an_application_stands(busy: Parts, retailers: Database) -> None:
    case_number = open_case(retailers)
    with retailers.transaction() as session:
        number = as_case(send_both(session, case_number).state).start.number
    assert number is not None
    about = ProcessingStatusRequest(message_id="R-1", application_number=number)

    one = called(ANSWERING["getStartApplicationStatus"])(about, NEW_RETAILER, busy)
    several = listed(busy)

    assert one.source is several.source is AnswerSource.HUB_RECORD
    assert [status.application_number for status in several.statuses] == [number]


def test_a_list_that_the_grid_operator_began_goes_on_later(busy: Parts) -> None:
    with pytest.raises(Refused) as refused:
        listed(busy, cursor="g:3")

    assert refused.value.refusal.code is RefusalCode.NO_SLOT


def test_while_the_breaker_is_open_it_says_that_nobody_is_asked(parts: Parts) -> None:
    def not_asked(request: object) -> object:
        raise GridUnreachable(Area.TOKYO, "circuit-open", outcome_unknown=False)

    refusal = refusal_of(replace(parts, grid=AnsweringGrid(not_asked)))

    assert refusal.code is RefusalCode.GRID_UNREACHABLE
    assert [finding.rule for finding in refusal.findings] == ["grid-asked-again-soon"]


def listed(parts: Parts, *, cursor: str | None = None) -> ProcessingStatusListResponse:
    request = ProcessingStatusListRequest(message_id="R-1", area=Area.TOKYO, changed_since=None, cursor=cursor)
    return ask(list_statuses, request, NEW_RETAILER, parts)
