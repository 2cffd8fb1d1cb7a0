"""Searching what is on record: the hub operator everybody's, whoever else may the records of their own company.

A search is a read like any other, and on record itself.
"""

from dataclasses import dataclass, replace

from models.database import Session
from models.paging import FIRST_PAGE, Page, Turn
from models.records.search import RecordFilter, RecordLine, find_records
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Person
from usecases.recorders import screen_recorder

_USE_CASE = UseCase.SEARCH_RECORDS


@dataclass(frozen=True, kw_only=True)
class RecordSearchRequest:
    """Which records are wanted, and which page of them."""

    record_filter: RecordFilter
    turn: Turn = FIRST_PAGE


def search_records(request: RecordSearchRequest, *, actor: Person, session: Session) -> Page[RecordLine]:
    """List records, the newest first, and put on record what was searched for.

    :raises NotAllowed: where the table of rights gives it to them not.
    :raises Refused: HUB-F001 when the cursor is none of ours.
    """
    demand(_USE_CASE, capacity=actor.capacity, segment=None)
    wanted = request.record_filter
    if actor.retailer_code is not None:
        wanted = replace(wanted, retailer_code=actor.retailer_code)
    page = find_records(session, record_filter=wanted, turn=request.turn)
    recorder = screen_recorder(actor, purpose=f"{_USE_CASE.label}: {_words(wanted)}")
    recorder.record(session, [wanted.number or ""])
    return page


def _words(wanted: RecordFilter) -> str:
    """Say what was searched for besides the number, which is the subject of the record."""
    days = f"{wanted.first or ''}～{wanted.last or ''}"
    conditions = (wanted.kind.label, days, wanted.retailer_code, wanted.user_id, wanted.purpose)
    return "、".join(each for each in conditions if each)
