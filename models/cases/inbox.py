"""The inbox of 現小売: the referrals that came in, the least time left first, and equal deadlines by arrival."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import Session

from models.cases.assignments import is_with
from models.cases.case_line import CaseLine, UnreadableLine
from models.cases.case_list import Neighbours, nearest, neighbours, page_of_lines, place_in
from models.cases.read_model import SUSPENDED_RULE
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.paging import FIRST_PAGE, Order, Page, Turn
from schemas.codes import Area, CasePhase, Segment

MOST_URGENT_FIRST = Order(CaseRow.due_at, CaseRow.case_number, then=(CaseRow.registered_at,))


class Hands(Enum):
    """In whose hands a referral is."""

    MINE = "mine"
    NOBODYS = "none"


@dataclass(frozen=True, kw_only=True)
class InboxFilter:
    """Which of the referrals that came in are wanted; what is None does not count."""

    phase: CasePhase = CasePhase.AWAITING_DECISION
    segment: Segment | None = None
    area: Area | None = None
    due_after: datetime | None = None
    due_by: datetime | None = None
    stands_still: bool | None = None
    """Whether its deadlines stand still (期限の停止)."""
    hands: Hands | None = None
    viewer_id: str = ""
    """Who looks, where it matters in whose hands."""
    among: frozenset[Segment] = frozenset(Segment)
    """The segments in which who looks may read the inbox."""

    def condition(self, *, retailer_code: str) -> ColumnElement[bool]:
        """Say what a case's row must fulfil."""
        conditions: list[ColumnElement[bool]] = [
            CaseRow.current_retailer == retailer_code,
            CaseRow.phase == self.phase.value,
            CaseRow.application_kind.is_(None),
        ]
        if self.segment is not None:
            conditions.append(CaseRow.segment == self.segment.value)
        if self.among != frozenset(Segment):
            conditions.append(CaseRow.segment.in_(sorted(self.among)))
        if self.area is not None:
            conditions.append(CaseRow.area == self.area.value)
        if self.due_after is not None:
            conditions.append(CaseRow.due_at > self.due_after)
        if self.due_by is not None:
            conditions.append(CaseRow.due_at <= self.due_by)
        if self.stands_still is not None:
            suspended = CaseRow.due_rule == SUSPENDED_RULE
            conditions.append(suspended if self.stands_still else ~suspended)
        if self.hands is Hands.MINE:
            conditions.append(is_with(retailer_code=retailer_code, user_id=self.viewer_id))
        if self.hands is Hands.NOBODYS:
            conditions.append(not_(is_with(retailer_code=retailer_code)))
        return and_(*conditions)


ALL_WAITING = InboxFilter()
"""All that await a decision."""


def inbox(
    session: Session,
    *,
    retailer_code: str,
    inbox_filter: InboxFilter = ALL_WAITING,
    turn: Turn = FIRST_PAGE,
    limit: int = 50,
) -> Page[CaseLine | UnreadableLine]:
    """List a page of the referrals that came in for a current retailer, the least time left first.

    No personal data are in it: those stand on the page of each case.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    wanted = inbox_filter.condition(retailer_code=retailer_code)
    return page_of_lines(session, [wanted], scope=Scope(retailer_code), order=MOST_URGENT_FIRST, turn=turn, limit=limit)


def count_inbox(session: Session, *, retailer_code: str, inbox_filter: InboxFilter = ALL_WAITING) -> int:
    """Count the referrals that are wanted."""
    wanted = inbox_filter.condition(retailer_code=retailer_code)
    return session.execute(select(func.count()).select_from(CaseRow).where(wanted)).scalar_one()


def place_in_inbox(session: Session, *, case_number: str) -> str:
    """Give the cursor of a referral in the order of the inbox; empty where there is none of that number."""
    return place_in(session, order=MOST_URGENT_FIRST, case_number=case_number) or ""


def beside_in_inbox(session: Session, *, retailer_code: str, inbox_filter: InboxFilter, case_number: str) -> Neighbours:
    """Give the referrals before and after one, among those that are wanted."""
    wanted = inbox_filter.condition(retailer_code=retailer_code)
    return neighbours(session, [wanted], order=MOST_URGENT_FIRST, case_number=case_number)


def next_in_inbox(
    session: Session, *, retailer_code: str, inbox_filter: InboxFilter, after: Turn, besides: str
) -> str | None:
    """Give the number of the referral that a place in the order leads to, the first of all after the last.

    None where there is no other.

    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    others = inbox_filter.condition(retailer_code=retailer_code) & (CaseRow.case_number != besides)
    found = (nearest(session, [others], order=MOST_URGENT_FIRST, turn=turn) for turn in (after, FIRST_PAGE))
    return next((number for number in found if number is not None), None)
