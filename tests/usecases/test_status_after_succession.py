"""業務処理状況確認 after 承継: the successor reads what the left retailer filed, live, and nobody else does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.database import Database
from rules.procedure.events import CommandKind
from rules.switching.state import SwitchingCase
from schemas.codes import AnswerSource, ApplicationKind, Area, Segment
from schemas.findings import Refused
from schemas.interfaces.processing_status import (
    ProcessingStatusListRequest,
    ProcessingStatusListResponse,
    ProcessingStatusRequest,
    UsageInquiryStatusResponse,
)
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, Caller, ask, called
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case, obey_all
from tests.support.cast import CURRENT, NEW, OTHER
from tests.support.grid import STEP, Grid
from tests.support.grid_lone_requests import content, interface_for, send
from tests.support.interventions import intervene
from tests.support.lone_applications import open_of_kind
from tests.support.referrals import open_case
from usecases.hub import Hub as Parts
from usecases.processing_status_list import list_statuses
from usecases.registry import ANSWERING

START, END = ApplicationKind.START, ApplicationKind.END
SIDES = pytest.mark.parametrize(
    ("kind", "before"), [(START, NEW_RETAILER), (END, CURRENT_RETAILER)], ids=["new retailer", "current retailer"]
)
ASK = {START: called(ANSWERING["getStartApplicationStatus"]), END: called(ANSWERING["getEndApplicationStatus"])}


@pytest.fixture
def case(retailers: Database, grid: Grid) -> SwitchingCase:
    """Bring a case to where the grid operator holds both applications."""
    case_number = open_case(retailers)
    with retailers.transaction() as session:
        state = as_case(send_both(session, case_number).state)
    grid.start(number=state.start.number, point_number=state.point_number, effective_date=state.effective_date)
    grid.end(number=state.end.number, point_number=state.point_number, effective_date=state.effective_date)
    return state


def succeed(database: Database, number: str, *, leaving: str) -> None:
    with database.transaction() as session:
        intervene(session, number, CommandKind.SUCCEED, leaving=leaving, successor=OTHER)
        obey_all(session, number)


def about(number: str | None) -> ProcessingStatusRequest:
    assert number is not None
    return ProcessingStatusRequest(message_id="R-1", application_number=number)


def pages(caller: Caller, parts: Parts) -> Iterator[ProcessingStatusListResponse]:
    cursor = None
    while True:
        page = ask(
            list_statuses,
            ProcessingStatusListRequest(message_id="R-1", area=Area.TOKYO, changed_since=None, cursor=cursor),
            caller,
            parts,
        )
        yield page
        if (cursor := page.next_cursor) is None:
            return


def listed(caller: Caller, parts: Parts) -> list[str]:
    listed_pages = [*pages(caller, parts)]
    assert {page.source for page in listed_pages} == {AnswerSource.GRID_OPERATOR}
    return sorted(status.application_number for page in listed_pages for status in page.statuses)


@SIDES
def test_the_successor_reads_one_live_and_the_one_that_left_does_not(
    live_parts: Parts, retailers: Database, case: SwitchingCase, kind: ApplicationKind, before: Caller
) -> None:
    succeed(retailers, case.case_number, leaving=before.retailer_code)
    number = case.application(kind).number

    answer = ASK[kind](about(number), OTHER_RETAILER, live_parts)

    assert (answer.source, answer.status.application_number) == (AnswerSource.GRID_OPERATOR, number)
    with pytest.raises(Refused) as refused:
        ASK[kind](about(number), before, live_parts)
    assert refused.value.refusal.code is RefusalCode.NO_SUCH_APPLICATION


@SIDES
def test_it_stands_in_the_list_of_the_successor_and_in_no_other(
    live_parts: Parts, retailers: Database, grid: Grid, case: SwitchingCase, kind: ApplicationKind, before: Caller
) -> None:
    other_side = grid.start if kind is START else grid.end
    still_its_own = other_side(retailer=before.retailer_code).application_number
    the_successors_own = other_side(retailer=OTHER).application_number
    number = case.application(kind).number
    assert number is not None

    succeed(retailers, case.case_number, leaving=before.retailer_code)

    assert listed(before, live_parts) == [still_its_own]
    assert listed(OTHER_RETAILER, live_parts) == sorted([number, the_successors_own])


def test_the_list_goes_page_by_page_under_each_code(
    live_parts: Parts, retailers: Database, grid: Grid, case: SwitchingCase
) -> None:
    own = [grid.start(retailer=OTHER).application_number for _ in range(3)]
    grid.start()  # of the one that left, and not succeeded
    grid.tell(Area.TOKYO, page_size=2)
    succeed(retailers, case.case_number, leaving=NEW)

    assert listed(OTHER_RETAILER, live_parts) == sorted([*own, case.start.number or ""])
    assert [len(page.statuses) for page in pages(OTHER_RETAILER, live_parts)] == [2, 1, 1]


@pytest.mark.parametrize("code", [NEW, CURRENT, "HUB0", "9999"])
def test_a_cursor_that_names_a_code_which_was_not_succeeded_opens_nothing(
    live_parts: Parts, case: SwitchingCase, code: str
) -> None:
    request = ProcessingStatusListRequest(message_id="R-1", area=Area.TOKYO, changed_since=None, cursor=f"g{code}:0.AP")

    with pytest.raises(Refused) as refused:
        ask(list_statuses, request, OTHER_RETAILER, live_parts)

    assert refused.value.refusal.code is RefusalCode.FORM


def test_the_password_of_a_usage_inquiry_is_the_successors(live_parts: Parts, retailers: Database, grid: Grid) -> None:
    number = open_of_kind(retailers, ApplicationKind.USAGE_INQUIRY, segment=Segment.LOW_VOLTAGE)
    interface = interface_for(ApplicationKind.USAGE_INQUIRY)
    send(grid, interface, content(interface, grid, application_number=number, retailer_code=NEW))
    succeed(retailers, number, leaving=NEW)
    grid.move_clock(2 * STEP + timedelta(minutes=1))

    answer = called(ANSWERING["getUsageInquiryApplicationStatus"])(about(number), OTHER_RETAILER, live_parts)

    assert isinstance(answer, UsageInquiryStatusResponse)
    assert answer.usage_password is not None
