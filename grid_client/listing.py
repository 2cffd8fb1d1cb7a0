"""All applications of an area as its grid operator has them (11110), page by page, for the hub itself."""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from grid_client.errors import UnreadableAnswer
from grid_client.grid import Grid
from grid_client.unreadable_answers import note_unreadable
from schemas.codes import Area, Segment
from schemas.grid import HUB_ITSELF, grid_interface
from schemas.interfaces.processing_status import STATUS_LIST, ProcessingStatusListResponse


def status_pages(
    grid: Grid, *, area: Area, segment: Segment, changed_since: datetime | None = None
) -> Iterator[ProcessingStatusListResponse]:
    """Ask for one page after the other, those that changed longest ago first.

    :raises GridUnreachable: when the grid operator does not answer, GridFault: when it refuses.
    """
    cursor: str | None = None
    cursors: set[str] = set()
    while True:
        request = grid_interface(STATUS_LIST.number, segment).request(
            message_id=str(uuid4()), retailer_code=HUB_ITSELF, area=area, changed_since=changed_since, cursor=cursor
        )
        page = grid.call(area=area, segment=segment, interface_number=STATUS_LIST.number, request=request)
        assert isinstance(page, ProcessingStatusListResponse), "the grid client reads what the catalogue says"
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return
        if cursor in cursors:  # pages in a circle would be asked for without end
            unreadable = UnreadableAnswer(area, "nextCursor repeated")
            note_unreadable(area, STATUS_LIST.number, unreadable.places)
            raise unreadable
        cursors.add(cursor)
