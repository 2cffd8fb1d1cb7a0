"""Headings of columns by which a list can be sorted, each a link: the server sorts, and the address says how."""

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """The values of ``aria-sort``."""

    ASCENDING = "ascending"
    DESCENDING = "descending"

    @property
    def other(self) -> "Direction":
        return Direction.DESCENDING if self is Direction.ASCENDING else Direction.ASCENDING


@dataclass(frozen=True)
class Heading:
    """Stands among the columns of ``components/table.html`` in the place of a plain word."""

    label: str
    address: str
    """Of the list sorted by this column; where it is already, the other way round."""
    direction: Direction | None = None
    """How the list is sorted by it; None where it is sorted by another."""
