"""The inbox as a file: what is compared with the own customer book, in the columns that 一括判断 takes back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Response, abort

from models.cases.screens import InboxFilter
from models.clock import business_now
from models.database import Database
from rules.bulk.inbox import inbox_file
from schemas.codes import Segment
from schemas.interfaces.referral_inbox import IncomingReferral
from usecases.actors import Person
from usecases.referral_inbox import WantedReferralsRequest, see_wanted_referrals
from web.inbox.place import place_of_request
from web.shared.access import current_actor
from web.shared.csv_files import streamed

PIECE = 1000
"""Referrals that are read, and put on record, at once."""
_PURPOSE = "画面:受信箱CSV"


@dataclass(frozen=True)
class FileStep:
    """The view that gives the file."""

    database: Database

    def download(self, segment: str) -> Response:
        """Give all that the filters leave of a segment, each on record before it leaves the hub."""
        if segment not in {each.value for each in Segment}:
            abort(404)
        place = place_of_request() or abort(404)
        wanted_segment = Segment(segment)
        with self.database.transaction() as session:
            wanted = replace(place.wanted(now=business_now(session)), segment=wanted_segment)
        referrals = self._referrals(wanted, actor=current_actor())
        return streamed(inbox_file(referrals, segment=wanted_segment), f"inbox-{segment}.csv")

    def _referrals(self, wanted: InboxFilter, *, actor: Person) -> Iterator[IncomingReferral]:
        cursor: str | None = None
        while True:
            piece = WantedReferralsRequest(inbox_filter=wanted, cursor=cursor, limit=PIECE, purpose=_PURPOSE)
            with self.database.transaction() as session:
                referrals, cursor = see_wanted_referrals(piece, actor=actor, session=session)
            yield from referrals
            if cursor is None:
                return
