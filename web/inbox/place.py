"""Where in the inbox somebody stands: its filters and its page, which every address of it carries on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for

from models.cases.screens import InboxFilter
from models.paging import Turn
from rules.calendar import JapaneseCalendar
from web.inbox.search import InboxSearch
from web.shared.access import current_viewer
from web.shared.pager import turn_of_request


@dataclass(frozen=True)
class InboxPlace:
    """The filters of an address, and which page of what they leave."""

    search: InboxSearch
    turn: Turn

    @property
    def query(self) -> dict[str, Any]:
        """Give what leads back here, as it stands in addresses."""
        way = {"cursor": self.turn.after, "before": self.turn.before}
        return self.search.given | {name: cursor for name, cursor in way.items() if cursor is not None}

    def wanted(self, *, now: datetime) -> InboxFilter:
        """Give the filter that the address asks for."""
        return self.search.wanted(viewer=current_viewer(), now=now, calendar=JapaneseCalendar())

    def address(self, case_number: str | None = None, **more: Any) -> str:
        """Give the address of the list, or of a referral that is opened beside it."""
        if case_number is None:
            return url_for("inbox.show", **self.query, **more)
        return url_for("inbox.open", case_number=case_number, **self.query, **more, _anchor="referral")


def place_of_request() -> InboxPlace | None:
    """Read it from the address; None where a filter is none of ours. 404 for a page that no page of ours leads to."""
    search = InboxSearch(request.args)
    return InboxPlace(search, turn_of_request()) if search.validate() else None
