"""The stub told to answer against the contract: what the client makes of it, and what is on record."""

from typing import Any

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from grid_client.breaker import BreakerRules
from grid_client.errors import UnreadableAnswer
from grid_client.guarded import GuardedGrid
from grid_client.listing import status_pages
from schemas.codes import ApplicationKind, ApplicationState, Area, Segment
from schemas.grid import HUB_ITSELF, grid_interface
from tests.support.grid import Grid

LOW = Segment.LOW_VOLTAGE
START = ApplicationKind.START


def unreadable(interface: str) -> float:
    labels = {"area": Area.TOKYO.value, "interface": interface}
    return REGISTRY.get_sample_value("hub_grid_unreadable_total", labels) or 0.0


def places(logs: list[Any]) -> list[str]:
    return [place for line in logs if line["event"] == "grid-answer-unreadable" for place in line["wrong"]]


def test_an_unreadable_answer_is_on_record_with_what_was_wrong_and_without_values(grid: Grid) -> None:
    before = unreadable("10610")
    grid.tell(Area.TOKYO, spoilt={"effectiveDate": "9999-12-31", "messageId": "髙橋　太郎"})

    with capture_logs() as logs, pytest.raises(UnreadableAnswer):
        grid.start()

    assert places(logs) == ["messageId characters", "effectiveDate date"]
    assert "髙橋" not in repr(logs) and "9999" not in repr(logs)
    assert unreadable("10610") == before + 1


def test_a_row_that_is_left_out_is_on_record_with_its_place(grid: Grid) -> None:
    numbers = [grid.start().application_number for _ in range(3)]
    before = unreadable("11110")
    grid.tell(Area.TOKYO, spoilt={f"{numbers[1]}/changedAt": "0001-01-01T00:00:00Z"})

    with capture_logs() as logs:
        page = grid.statuses(Area.TOKYO)

    assert [status.application_number for status in page.statuses] == [numbers[0], numbers[2]]
    assert page.unreadable_statuses == 1
    assert places(logs) == ["statuses[2]/changedAt moment"]
    assert unreadable("11110") == before + 1


def test_a_missing_element_is_named(grid: Grid) -> None:
    number = grid.start().application_number
    grid.tell(Area.TOKYO, spoilt={"pointNumber": None})

    with pytest.raises(UnreadableAnswer) as error:
        grid.status(START, number)

    assert error.value.places == ("status/pointNumber required",)


def test_a_long_finding_is_heard_cut(grid: Grid) -> None:
    grid.tell(Area.TOKYO, defects_left=1, spoilt={"message": "長" * 5_000})

    answer = grid.start()

    (finding,) = answer.findings
    assert answer.application_state is ApplicationState.DEFECTIVE
    assert len(finding.message) == 300 and finding.message.endswith("…（以下略）")


def test_pages_in_a_circle_are_not_asked_for_without_end(grid: Grid) -> None:
    for _ in range(2):
        grid.start()
    grid.tell(Area.TOKYO, page_size=1, spoilt={"nextCursor": "0"})

    with capture_logs() as logs, pytest.raises(UnreadableAnswer) as error:
        list(status_pages(grid.client, area=Area.TOKYO, segment=LOW))

    assert error.value.places == ("nextCursor repeated",)
    assert places(logs) == ["nextCursor repeated"]


def test_what_cannot_be_read_does_not_stop_the_other_calls_of_its_area(grid: Grid) -> None:
    guarded = GuardedGrid(grid.client, rules=BreakerRules(failures=1, pause=3_600.0, slow=60.0))
    number = grid.start().application_number
    request = grid_interface("10620", LOW).request(
        message_id="M-1", retailer_code=HUB_ITSELF, application_number=number
    )
    grid.tell(Area.TOKYO, spoilt={"effectiveDate": "9999-12-31"})
    for _ in range(3):
        with pytest.raises(UnreadableAnswer):
            guarded.call(area=Area.TOKYO, segment=LOW, interface_number="10620", request=request)
    grid.tell(Area.TOKYO, spoilt={})

    assert guarded.call(area=Area.TOKYO, segment=LOW, interface_number="10620", request=request) is not None
