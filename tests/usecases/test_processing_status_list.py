"""11110 業務処理状況確認(複数件): the caller's own applications of one area, page by page."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from models.database import Database
from rules.maintenance import parse_windows
from rules.switching.state import SwitchingCase
from schemas.codes import AnswerSource, ApplicationKind, ApplicationState, Area
from schemas.findings import Refused
from schemas.interfaces.processing_status import ProcessingStatusListRequest, ProcessingStatusListResponse
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, ask
from tests.support.case_stages import send_both
from tests.support.case_steps import as_case
from tests.support.grid import Grid
from tests.support.referrals import open_case
from tests.support.settings import ALWAYS
from usecases.hub import Hub as Parts
from usecases.processing_status_list import list_statuses


def question(cursor: str | None = None, *, area: Area = Area.TOKYO) -> ProcessingStatusListRequest:
    return ProcessingStatusListRequest(message_id="R-1", area=area, changed_since=None, cursor=cursor)


def numbers(response: ProcessingStatusListResponse) -> list[str]:
    return [status.application_number for status in response.statuses]


@pytest.fixture
def case(retailers: Database) -> SwitchingCase:
    """Bring a case to where both applications are on their way to the grid operator."""
    case_number = open_case(retailers)
    with retailers.transaction() as session:
        return as_case(send_both(session, case_number).state)


class TestLive:
    def test_the_callers_own_applications_and_no_others(self, live_parts: Parts, grid: Grid) -> None:
        own, foreign = grid.start().application_number, grid.end().application_number

        response = ask(list_statuses, question(), NEW_RETAILER, live_parts)

        assert (response.message_id, response.source) == ("R-1", AnswerSource.GRID_OPERATOR)
        assert numbers(response) == [own]
        assert numbers(ask(list_statuses, question(), CURRENT_RETAILER, live_parts)) == [foreign]
        assert numbers(ask(list_statuses, question(), OTHER_RETAILER, live_parts)) == []

    def test_a_row_that_cannot_be_read_is_left_out_and_said_so(self, live_parts: Parts, grid: Grid) -> None:
        first, second = (grid.start().application_number for _ in range(2))
        grid.tell(Area.TOKYO, spoilt={f"{first}/effectiveDate": "9999-12-31"})

        response = ask(list_statuses, question(), NEW_RETAILER, live_parts)

        assert response.source is AnswerSource.GRID_OPERATOR
        assert (numbers(response), response.unreadable_statuses) == ([second], 1)

    @pytest.mark.parametrize(
        ("spoilt", "wrong"),
        [({"asOf": "9999-12-31T00:00:00Z"}, "asOf moment"), ({"nextCursor": "a" * 59}, "nextCursor length")],
    )
    def test_a_list_that_cannot_be_read_is_told_from_the_hubs_record_and_on_record_itself(
        self, live_parts: Parts, grid: Grid, case: SwitchingCase, spoilt: dict[str, str], wrong: str
    ) -> None:
        for _ in range(2):
            grid.start()
        grid.tell(Area.TOKYO, page_size=1, spoilt=spoilt)

        with capture_logs() as log_lines:
            response = ask(list_statuses, question(), NEW_RETAILER, live_parts)

        assert response.source is AnswerSource.HUB_RECORD
        assert numbers(response) == [case.start.number]
        assert [line["wrong"] for line in log_lines if line["event"] == "grid-answer-unreadable"] == [[wrong]]

    def test_a_page_that_cannot_be_read_is_no_fault_for_ever(
        self, live_parts: Parts, grid: Grid, case: SwitchingCase
    ) -> None:
        for _ in range(2):
            grid.start()
        grid.tell(Area.TOKYO, page_size=1)
        first = ask(list_statuses, question(), NEW_RETAILER, live_parts)
        grid.tell(Area.TOKYO, spoilt={"asOf": "9999-12-31T00:00:00Z"})

        response = ask(list_statuses, question(first.next_cursor), NEW_RETAILER, live_parts)

        assert response.source is AnswerSource.HUB_RECORD
        assert numbers(response) == [case.start.number]

    def test_page_by_page(self, live_parts: Parts, grid: Grid) -> None:
        wanted = {grid.start().application_number for _ in range(3)}
        grid.tell(Area.TOKYO, page_size=2)

        first = ask(list_statuses, question(), NEW_RETAILER, live_parts)
        second = ask(list_statuses, question(first.next_cursor), NEW_RETAILER, live_parts)

        assert (len(first.statuses), len(second.statuses), second.next_cursor) == (2, 1, None)
        assert {*numbers(first), *numbers(second)} == wanted

    def test_only_what_changed_since(self, live_parts: Parts, grid: Grid) -> None:
        grid.start()
        request = ProcessingStatusListRequest(
            message_id="R-1", area=Area.TOKYO, changed_since=grid.now() + timedelta(hours=1), cursor=None
        )

        assert numbers(ask(list_statuses, request, NEW_RETAILER, live_parts)) == []

    def test_a_list_does_not_go_on_from_another_record(self, live_parts: Parts, grid: Grid) -> None:
        for _ in range(2):
            grid.start()
        grid.tell(Area.TOKYO, page_size=1)
        cursor = ask(list_statuses, question(), NEW_RETAILER, live_parts).next_cursor
        grid.tell(Area.TOKYO, down=True)

        with pytest.raises(Refused) as refused:
            ask(list_statuses, question(cursor), NEW_RETAILER, live_parts)

        assert refused.value.refusal.code is RefusalCode.GRID_UNREACHABLE
        grid.tell(Area.TOKYO, down=False)
        assert len(ask(list_statuses, question(cursor), NEW_RETAILER, live_parts).statuses) == 1

    def test_a_cursor_that_the_grid_operator_does_not_know(self, live_parts: Parts) -> None:
        with pytest.raises(Refused) as refused:
            ask(list_statuses, question("g:nonsense"), NEW_RETAILER, live_parts)

        assert refused.value.refusal.code is RefusalCode.GRID_REFUSED
        assert refused.value.refusal.findings[0].field == "cursor"


class TestAway:
    def test_the_hubs_record_tells_with_its_time(self, parts: Parts, case: SwitchingCase) -> None:
        response = ask(list_statuses, question(), NEW_RETAILER, parts)

        assert (response.message_id, response.source) == ("R-1", AnswerSource.HUB_RECORD)
        (status,) = response.statuses
        assert (status.application_number, status.application_state) == (case.start.number, ApplicationState.SENDING)
        assert response.as_of >= status.changed_at

    def test_each_sees_its_own_in_the_area_it_asks_for(self, parts: Parts, case: SwitchingCase) -> None:
        assert numbers(ask(list_statuses, question(), CURRENT_RETAILER, parts)) == [case.end.number]
        assert numbers(ask(list_statuses, question(), OTHER_RETAILER, parts)) == []
        assert numbers(ask(list_statuses, question(area=Area.KANSAI), NEW_RETAILER, parts)) == []

    @pytest.mark.parametrize("spoil", ["effective_date = '9999-12-31'", "state = 'unheard-of'"])
    def test_a_row_of_the_record_that_cannot_be_told_is_left_out_and_said_so(
        self, parts: Parts, retailers: Database, case: SwitchingCase, spoil: str
    ) -> None:
        with retailers.transaction() as session:
            session.execute(text(f"UPDATE applications SET {spoil}"))

        response = ask(list_statuses, question(), NEW_RETAILER, parts)

        assert (numbers(response), response.unreadable_statuses) == ([], 1)

    def test_a_page_of_the_record_goes_on_in_the_record(
        self, live_parts: Parts, grid: Grid, case: SwitchingCase
    ) -> None:
        grid.start()

        response = ask(list_statuses, question("h:0.AP"), NEW_RETAILER, live_parts)

        assert (response.source, numbers(response)) == (AnswerSource.HUB_RECORD, [case.start.number])


@pytest.mark.parametrize("away", [False, True], ids=["live", "from the record"])
def test_only_the_kind_state_and_time_that_are_asked_for(
    live_parts: Parts, parts: Parts, grid: Grid, case: SwitchingCase, away: bool
) -> None:
    hub, number = (parts, case.start.number) if away else (live_parts, grid.start().application_number)
    state = ApplicationState.SENDING if away else ApplicationState.RECEIVED
    soon = grid.now() + timedelta(hours=1)

    def found(**filters: Any) -> list[str]:
        return numbers(ask(list_statuses, replace(question(), **filters), NEW_RETAILER, hub))

    assert found(application_kind=ApplicationKind.START, application_state=state, changed_before=soon) == [number]
    assert found(application_kind=ApplicationKind.END) == []
    assert found(application_state=ApplicationState.COMPLETED) == []
    assert found(changed_before=soon - timedelta(days=2)) == []


def test_in_a_maintenance_window_the_hubs_record_tells(live_parts: Parts, grid: Grid, case: SwitchingCase) -> None:
    grid.start()
    always = parse_windows(ALWAYS)

    answer = ask(list_statuses, question(), NEW_RETAILER, replace(live_parts, maintenance_windows=always))

    assert (answer.source, numbers(answer)) == (AnswerSource.HUB_RECORD, [case.start.number])


def test_a_maintenance_that_the_grid_operator_tells_of_counts_alike(
    live_parts: Parts, grid: Grid, case: SwitchingCase
) -> None:
    grid.tell(Area.TOKYO, maintenance_until=(grid.now() + timedelta(hours=1)).isoformat())

    assert ask(list_statuses, question(), NEW_RETAILER, live_parts).source is AnswerSource.HUB_RECORD
    with pytest.raises(Refused) as refused:
        ask(list_statuses, question("g:0.AP"), NEW_RETAILER, live_parts)
    assert refused.value.refusal.code is RefusalCode.GRID_MAINTENANCE


@pytest.mark.parametrize("cursor", ["nonsense", "h:nonsense", "0.AP"])
def test_a_cursor_that_no_page_gave_is_refused(parts: Parts, cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(list_statuses, question(cursor), NEW_RETAILER, parts)

    assert refused.value.refusal.code is RefusalCode.FORM
