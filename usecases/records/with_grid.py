"""Compares the applications with what the grid operators have."""

from collections.abc import Iterator
from datetime import datetime

from grid_client.errors import GridFault, GridInMaintenance, GridUnreachable, UnreadableAnswer
from grid_client.grid import Grid
from grid_client.listing import status_pages
from models.cases.queries import ApplicationPlace, applications_by_number, areas_in_flight, numbers_in_flight
from models.database import Database
from rules.wording import plain_moment
from schemas.codes import ApplicationState, Area, Segment
from schemas.interfaces.processing_status import ProcessingStatus
from schemas.refusal_codes import RefusalCode
from usecases.records.differences import Difference, Records, Uncompared

_ON_ITS_WAY = (ApplicationState.SENDING, ApplicationState.CANCELLING)
"""States of which only the hub can know."""
_WITHDRAWN_BY_THE_HUB = (ApplicationState.UNMATCHED, ApplicationState.CANCELLED)
"""Here and there: what ended as 不成立, at its cut-off or by giving way, the hub itself cancels over there."""
_STANDING = (ApplicationState.RECEIVED, ApplicationState.MATCHED)


def differences_with_grid(database: Database, grid: Grid) -> Iterator[Difference | Uncompared]:
    """Ask each grid operator that has applications in flight for all it has, and compare."""
    with database.transaction() as session:
        places = areas_in_flight(session)
    for area, segment in places:
        try:
            yield from _in_area(database, grid, area, segment)
        except GridInMaintenance as window:
            yield _uncompared(area, segment, _maintenance(window.until))
        except UnreadableAnswer:
            yield _uncompared(area, segment, "読めない回答")
        except GridUnreachable as away:
            yield _uncompared(area, segment, f"応答なし、{away.reason}")
        except GridFault as fault:
            announced = fault.code == RefusalCode.GRID_MAINTENANCE.value
            yield _uncompared(area, segment, _maintenance(fault.resumes_at) if announced else f"拒否、{fault.code}")


def _maintenance(until: datetime | None) -> str:
    return "メンテナンス中" + ("" if until is None else f"、{plain_moment(until)}まで")


def _uncompared(area: Area, segment: Segment, why: str) -> Uncompared:
    return Uncompared(Records.GRID, f"{area.value} {area.label} {segment.label}（{why}）")


def _in_area(database: Database, grid: Grid, area: Area, segment: Segment) -> Iterator[Difference]:
    pages = list(status_pages(grid, area=area, segment=segment))
    there = {status.application_number: status for page in pages for status in page.statuses}
    unreadable = any(page.unreadable_statuses for page in pages)
    with database.transaction() as session:
        here = applications_by_number(session, numbers=there)
        in_flight = applications_by_number(session, numbers=numbers_in_flight(session, area=area, segment=segment))
    for number, status in there.items():
        yield from _of_one(number, status, here.get(number))
    for number in sorted(in_flight.keys() - there.keys()):
        if in_flight[number].state not in _ON_ITS_WAY:
            words = f"記録は「{in_flight[number].state.label}」、{area.label}の一般送配電事業者にはない"
            words += "か、読み取れない" if unreadable else ""
            yield Difference(number, Records.GRID, words)


def _of_one(number: str, status: ProcessingStatus, place: ApplicationPlace | None) -> Iterator[Difference]:
    words = f"一般送配電事業者は「{status.application_state.label}」"
    if place is None:
        yield Difference(number, Records.GRID, f"記録にない申請。{words}")
    elif (place.state, status.application_state) == _WITHDRAWN_BY_THE_HUB:
        return
    elif place.state is not status.application_state and place.state not in _ON_ITS_WAY:
        yield Difference(number, Records.GRID, f"記録は「{place.state.label}」、{words}")
    elif place.state in _STANDING and place.effective_date != status.effective_date:
        yield Difference(
            number, Records.GRID, f"異動日の記録は{place.effective_date}、一般送配電事業者は{status.effective_date}"
        )
