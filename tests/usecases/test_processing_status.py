"""10620 and 10720 業務処理状況確認: the grid operator's word, or the hub's record with its time."""

from dataclasses import replace

import pytest

from models.cases.operations import look_at_case
from models.database import Database
from rules.switching.state import SwitchingCase
from schemas.codes import AnswerSource, ApplicationState, Area
from schemas.findings import Refused
from schemas.interfaces.processing_status import (
    ProcessingStatus,
    ProcessingStatusRequest,
    ProcessingStatusResponse,
)
from schemas.refusal_codes import RefusalCode
from tests.soap_support.examples import typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, called
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case
from tests.support.grid import Grid
from tests.support.referrals import open_case
from usecases.hub import Hub as Parts
from usecases.registry import ANSWERING

get_start_application_status = called(ANSWERING["getStartApplicationStatus"])
get_end_application_status = called(ANSWERING["getEndApplicationStatus"])


@pytest.fixture
def case(retailers: Database) -> SwitchingCase:
    """Bring a case to where both applications are on their way to the grid operator."""
    case_number = open_case(retailers)
    with retailers.transaction() as session:
        return as_case(send_both(session, case_number).state)


def about(number: str | None) -> ProcessingStatusRequest:
    assert number is not None
    return ProcessingStatusRequest(message_id="R-1", application_number=number)


def test_the_grid_operators_word_is_passed_on(live_parts: Parts, grid: Grid, case: SwitchingCase) -> None:
    content = {"point_number": case.point_number, "effective_date": case.effective_date}
    grid.start(number=case.start.number, **content)
    grid.end(number=case.end.number, **content)

    start = get_start_application_status(about(case.start.number), NEW_RETAILER, live_parts)
    end = get_end_application_status(about(case.end.number), CURRENT_RETAILER, live_parts)

    for response, application in ((start, case.start), (end, case.end)):
        assert (response.message_id, response.source) == ("R-1", AnswerSource.GRID_OPERATOR)
        assert response.status.application_number == application.number
        assert response.status.application_state is not ApplicationState.SENDING


def test_while_the_grid_operator_is_away_the_hubs_record_tells_with_its_time(
    parts: Parts, retailers: Database, case: SwitchingCase
) -> None:
    response = get_start_application_status(about(case.start.number), NEW_RETAILER, parts)

    assert (response.message_id, response.source) == ("R-1", AnswerSource.HUB_RECORD)
    assert response.status.application_state is ApplicationState.SENDING
    assert response.as_of == response.status.changed_at
    with retailers.transaction() as session:
        assert response.as_of <= look_at_case(session, case_number=case.case_number).at


def test_so_it_does_while_the_grid_operator_has_not_got_the_application_yet(
    live_parts: Parts, case: SwitchingCase
) -> None:
    response = get_end_application_status(about(case.end.number), CURRENT_RETAILER, live_parts)

    assert (response.source, response.status.application_state) == (AnswerSource.HUB_RECORD, ApplicationState.SENDING)


def test_and_while_its_area_is_down(live_parts: Parts, grid: Grid, case: SwitchingCase) -> None:
    grid.tell(Area.TOKYO, down=True)

    response = get_start_application_status(about(case.start.number), NEW_RETAILER, live_parts)

    assert response.source is AnswerSource.HUB_RECORD


@pytest.mark.parametrize(
    "spoilt",
    [
        {"effectiveDate": "9999-12-31"},
        {"effectiveDate": "2027-02-30"},
        {"matchedAt": "0001-01-01T00:00:00+09:00"},
        {"pointNumber": None},
        {"asOf": "yesterday"},
    ],
    ids=lambda spoilt: f"{next(iter(spoilt.items()))}",
)
def test_an_answer_that_cannot_be_read_is_shown_to_nobody_and_the_hubs_record_tells(
    live_parts: Parts, grid: Grid, case: SwitchingCase, spoilt: dict[str, str | None]
) -> None:
    same = {"point_number": case.point_number, "effective_date": case.effective_date}
    grid.start(number=case.start.number, **same)
    grid.end(number=case.end.number, **same)
    grid.tell(Area.TOKYO, spoilt=spoilt)

    response = get_start_application_status(about(case.start.number), NEW_RETAILER, live_parts)

    assert response.source is AnswerSource.HUB_RECORD
    assert response.as_of == response.status.changed_at
    assert response.status.effective_date == case.effective_date


def test_a_longer_finding_than_the_contract_has_is_told_cut(live_parts: Parts, grid: Grid, case: SwitchingCase) -> None:
    grid.tell(Area.TOKYO, defects_left=1, spoilt={"message": "長" * 5_000})
    grid.start(number=case.start.number)

    response = get_start_application_status(about(case.start.number), NEW_RETAILER, live_parts)

    (finding,) = response.status.findings
    assert response.source is AnswerSource.GRID_OPERATOR
    assert finding.message == "長" * 294 + "…（以下略）"


def test_an_answer_about_another_application_is_shown_to_nobody(parts: Parts, case: SwitchingCase) -> None:
    other = typed_example(
        ProcessingStatusResponse,
        status=typed_example(ProcessingStatus, application_number="AP03L20260101999999990"),
    )
    mistaken = replace(parts, grid=AnsweringGrid(lambda request: other))

    response = get_start_application_status(about(case.start.number), NEW_RETAILER, mistaken)

    assert (response.source, response.status.application_number) == (AnswerSource.HUB_RECORD, case.start.number)


def test_a_foreign_application_answers_as_one_that_does_not_exist(parts: Parts, case: SwitchingCase) -> None:
    nowhere = "AP03L20260101999999990"

    refusals = []
    for ask, number, caller in (
        (get_start_application_status, case.start.number, CURRENT_RETAILER),
        (get_start_application_status, case.start.number, OTHER_RETAILER),
        (get_start_application_status, case.end.number, NEW_RETAILER),
        (get_end_application_status, case.end.number, NEW_RETAILER),
        (get_end_application_status, case.start.number, NEW_RETAILER),
        (get_start_application_status, nowhere, NEW_RETAILER),
    ):
        with pytest.raises(Refused) as refused:
            ask(about(number), caller, parts)
        refusals.append((refused.value.refusal, refused.value.message_id))

    assert len(set(refusals)) == 1
    assert refusals[0][0].code is RefusalCode.NO_SUCH_APPLICATION
