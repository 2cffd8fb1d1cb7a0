"""The twelve bulk functions of the terms §2.2 (2): four kinds of files, each in three segments."""

from dataclasses import dataclass

from flask import abort, url_for

from rules.access.use_cases import UseCase
from rules.bulk.kinds import BulkKind
from schemas.codes import Segment
from usecases.bulk_files import USE_CASE_OF_KIND
from web.shared.access import current_viewer, may_do


@dataclass(frozen=True)
class BulkScreen:
    """One kind of file in one segment."""

    kind: BulkKind
    segment: Segment

    @property
    def title(self) -> str:
        """Name it so that it is not taken for the same in another segment."""
        return f"{self.kind.label}（{self.segment.label}）"

    @property
    def number(self) -> str:
        """Give the number of the interface that a row is a message of, with the letter of the segment."""
        return self.kind.interface.number_in(self.segment)

    @property
    def meaning(self) -> str:
        """Say what a row does."""
        return _MEANINGS[self.kind]

    @property
    def use_case(self) -> UseCase:
        """Give what whoever sends a file does."""
        return USE_CASE_OF_KIND[self.kind]

    def address(self, page: str = "show") -> str:
        """Give where a page of it is."""
        return url_for(f"bulk.{page}", kind=self.kind.value, segment=self.segment.value)

    @property
    def index_address(self) -> str:
        """Give where it stands among the others of its segment."""
        return f"{url_for('bulk.index')}#{self.segment.value}"


_MEANINGS = {
    BulkKind.REGISTER_REFERRALS: "新小売電気事業者が、1行に1件の廃止取次を登録する。",
    BulkKind.FILE_START_APPLICATIONS: "新小売電気事業者が、1行に1件の開始申請を一般送配電事業者へ送る。",
    BulkKind.DECIDE_REFERRALS: "現小売電気事業者が、1行に1件の廃止取次を承諾または否認する。",
    BulkKind.FILE_END_APPLICATIONS: "現小売電気事業者が、1行に1件の廃止申請を一般送配電事業者へ送る。",
}


def bulk_screen_or_error(kind: str, segment: str) -> BulkScreen:
    """Give the screen of an address: 404 where there is none, 403 where it is not the person's to send."""
    try:
        screen = BulkScreen(BulkKind(kind), Segment(segment))
    except ValueError:
        abort(404)
    if not may_do(current_viewer(), screen.use_case):
        abort(403)
    return screen


def screens_of(segment: Segment) -> list[BulkScreen]:
    """List those of a segment that the person may send."""
    screens = (BulkScreen(kind, segment) for kind in BulkKind)
    return [screen for screen in screens if may_do(current_viewer(), screen.use_case)]
