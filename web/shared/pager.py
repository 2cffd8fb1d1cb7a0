"""Leafing through lists: where the request stands, and the addresses of the pages beside it."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from models.paging import FIRST_PAGE, Page, Turn, place_of
from schemas.checks import check
from schemas.fields import CURSOR
from schemas.findings import Refused


@dataclass(frozen=True)
class Pager:
    """Addresses, or None where there is no such page."""

    first: str | None
    before: str | None
    after: str | None


def turn_of_request() -> Turn:
    """Read from the address which page of a list is wanted; 404 for what no page of ours leads to.

    ``cursor`` asks for the page after a place, ``before`` for the one before it.
    """
    turn = Turn(after=request.args.get("cursor") or None, before=request.args.get("before") or None)
    if turn.after is not None and turn.before is not None:
        abort(404)
    if turn.cursor is not None and not is_cursor(turn.cursor):
        abort(404)
    return turn


def is_cursor(text: str) -> bool:
    """Tell whether a text names a place in a list, as lists of ours write it."""
    if check(CURSOR, text)[1] is not None:
        return False
    try:
        place_of(text)
    except Refused:
        return False
    return True


def pager_to(endpoint: str, page: Page[Any], *, turn: Turn, **filters: Any) -> Pager:
    """Give the addresses of the pages beside a page, its filters kept."""
    is_first = page.before is None and (bool(page.items) or turn == FIRST_PAGE)
    return Pager(
        first=None if is_first else url_for(endpoint, **filters),
        before=page.before and url_for(endpoint, **filters, before=page.before),
        after=page.after and url_for(endpoint, **filters, cursor=page.after),
    )
