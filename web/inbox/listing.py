"""The list of the inbox, which stands alone or beside a referral that is opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.cases.screens import Assignee, CaseFilter, Scope, assignees_of, count_duties, count_inbox, inbox
from models.clock import business_now
from models.database import Session
from rules.procedure.duties import Duty
from schemas.codes import CasePhase, Segment
from web.cases.listed_case import ListedCase, UnshownCase, listed
from web.inbox.place import InboxPlace
from web.inbox.search import InboxSearch
from web.shared.access import current_retailer
from web.shared.pager import Pager, pager_to

PAGE = 50


@dataclass(frozen=True)
class InboxList:
    """A page of the inbox."""

    place: InboxPlace
    rows: list[ListedCase | UnshownCase]
    assignees: dict[str, Assignee]
    """By case number."""
    total: int
    """How many the filters leave."""
    waiting: bool
    """True where they leave what awaits a decision."""
    others: dict[Duty, int]
    """What else the company has to do."""
    pager: Pager
    now: datetime

    @property
    def search(self) -> InboxSearch:
        """The filters."""
        return self.place.search

    @property
    def file_segments(self) -> list[Segment]:
        """List the segments of which it can be taken away as a file: a file is of one."""
        chosen = self.search.segment.data
        return [segment for segment in Segment if chosen in ("", segment.value)]

    @property
    def but_segment(self) -> dict[str, Any]:
        """Give the filters but for the segment, which the address of a file has as its name."""
        return {name: value for name, value in self.search.given.items() if name != "segment"}

    @property
    def first(self) -> ListedCase | None:
        """The first row that can be shown."""
        return next((row for row in self.rows if isinstance(row, ListedCase)), None)


def inbox_list(session: Session, place: InboxPlace) -> InboxList:
    """List the page that somebody stands at. No personal data are in it."""
    retailer, now = current_retailer(), business_now(session)
    wanted = place.wanted(now=now)
    page = inbox(session, retailer_code=retailer, inbox_filter=wanted, turn=place.turn, limit=PAGE)
    numbers = [line.case_number for line in page.items]
    duties = count_duties(session, scope=Scope(retailer), case_filter=CaseFilter())
    return InboxList(
        place=place,
        rows=[listed(line, now=now) for line in page.items],
        assignees=assignees_of(session, retailer_code=retailer, case_numbers=numbers),
        total=count_inbox(session, retailer_code=retailer, inbox_filter=wanted),
        waiting=wanted.phase is CasePhase.AWAITING_DECISION,
        others={duty: count for duty, count in duties.items() if duty is not Duty.DECIDE},
        pager=pager_to("inbox.show", page, turn=place.turn, **place.search.given),
        now=now,
    )
