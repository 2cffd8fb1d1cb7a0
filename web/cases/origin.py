"""The list that somebody came to a page from: the way back to its place, and the items beside this one in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from models.cases.screens import Neighbours
from models.database import Session
from web.shared.access import safe_path

_LONGEST = 1000
"""Characters of an address that is carried on: more than any list of ours has."""


@dataclass(frozen=True)
class ListScreen:
    """A list whose items lead to pages of their own."""

    label: str
    beside: Callable[[Session, MultiDict[str, str], str], Neighbours | None]
    """Gives the numbers beside one in what the arguments of its address ask for; None for what is none of ours."""


ListScreens = Mapping[str, ListScreen]
"""By path."""


@dataclass(frozen=True)
class Origin:
    """A list as somebody left it, seen from one of its items."""

    label: str
    address: str
    before: str | None
    """Address of the page of the item before this one; None where there is none."""
    after: str | None


def carried() -> dict[str, str]:
    """Give what an address of a list's items carries, so that their pages know the list."""
    return {"from": request.full_path.removesuffix("?")}


def origin_of(session: Session, lists: ListScreens, *, number: str) -> Origin | None:
    """Read from the address which list somebody came from; None where it names none of ours."""
    address = safe_path(request.args.get("from", "")[:_LONGEST])
    parts = urlsplit(address or "")
    known = lists.get(parts.path)
    if address is None or known is None:
        return None
    beside = known.beside(session, MultiDict(parse_qsl(parts.query)), number)
    return None if beside is None else Origin(known.label, address, *(_page(item, address) for item in _of(beside)))


def _of(beside: Neighbours) -> tuple[str | None, str | None]:
    return beside.before, beside.after


def _page(number: str | None, address: str) -> str | None:
    way: dict[str, Any] = {"from": address}  # a keyword of Python
    return None if number is None else url_for("case.show", case_number=number, **way)
