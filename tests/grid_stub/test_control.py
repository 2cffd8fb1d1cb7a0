"""The control endpoint and the counters."""

from datetime import timedelta
from functools import partial

import pytest

from grid_client.errors import GridFault
from rules.calendar import JST
from schemas.codes import ApplicationKind, Area
from tests.support.grid import Grid


def test_an_area_that_was_told_nothing_behaves_as_it_should(grid: Grid) -> None:
    state = grid.request("GET", "/control/03").json()

    assert (state["down"], state["delay_seconds"], state["defects_left"], state["cuts_left"]) == (
        False,
        0,
        0,
        0,
    )


def test_changes_name_only_what_changes_and_concern_one_area(grid: Grid) -> None:
    grid.tell(Area.TOKYO, delay_seconds=0.25)

    control = grid.tell(Area.TOKYO, defects_left=2)

    assert (control["delay_seconds"], control["defects_left"]) == (0.25, 2)
    assert grid.request("GET", "/control/04").json()["defects_left"] == 0


def test_deleting_sets_an_area_back(grid: Grid) -> None:
    grid.tell(Area.TOKYO, down=True)

    grid.request("DELETE", "/control/03")

    assert grid.request("GET", "/control/03").json()["down"] is False


@pytest.mark.parametrize(
    "changes", [{"dwon": True}, {"delay_seconds": "long"}, {"deadline_profile": "mine"}, {"meter_work": "maybe"}, [1]]
)
def test_what_cannot_be_controlled_is_refused_and_changes_nothing(grid: Grid, changes: object) -> None:
    before = grid.request("GET", "/control/03").json()

    refused = grid.request("POST", "/control/03", json=changes)

    assert refused.status_code == 400
    assert grid.request("GET", "/control/03").json() == before


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/control/11", 404),
        ("GET", "/control/", 404),
        ("PUT", "/control/03", 405),
        ("POST", "/control/counters", 405),
        ("POST", "/grid/11/low_voltage", 404),
        ("POST", "/grid/03/extra_high_voltage", 404),
    ],
)
def test_other_addresses_and_methods_are_refused(grid: Grid, method: str, path: str, status: int) -> None:
    assert grid.request(method, path, json={}).status_code == status


def test_in_a_maintenance_window_every_call_is_refused_with_its_end_until_it_is_over(grid: Grid) -> None:
    until = grid.now() + timedelta(hours=2)
    grid.tell(Area.TOKYO, maintenance_until=until.isoformat())

    for ask in (grid.start, partial(grid.statuses, Area.TOKYO)):
        with pytest.raises(GridFault) as fault:
            ask()
        (finding,) = fault.value.findings
        assert (fault.value.code, fault.value.retryable, finding.rule) == ("HUB-R005", True, "maintenance")
        assert until.astimezone(JST).isoformat() in finding.message

    assert grid.statuses(Area.CHUBU).statuses == ()
    grid.move_clock(timedelta(hours=2))
    assert grid.statuses(Area.TOKYO).statuses == ()


def test_calls_are_counted_by_interface_and_process_kind(grid: Grid) -> None:
    number = grid.start().application_number
    grid.status(ApplicationKind.START, number)
    grid.withdraw(ApplicationKind.START, number)
    grid.statuses(Area.TOKYO)

    assert grid.counters(Area.TOKYO)["calls"] == {
        "10610-register": 1,
        "10610-withdraw": 1,
        "10620": 1,
        "11110": 1,
    }


def test_the_wsdl_is_served_as_committed(grid: Grid) -> None:
    served = grid.request("GET", "/grid/03/low_voltage?wsdl")

    assert served.status_code == 200
    assert b"fileStartApplication" in served.content
