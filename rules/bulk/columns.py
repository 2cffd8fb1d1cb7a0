"""The columns of a file: the elements of its rows' message, flat, under their Japanese names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rules.bulk.kinds import BulkKind
from schemas.codes import ProcessKind, Segment
from schemas.contract import members_for
from schemas.fields import Field

MESSAGE_ID, PROCESS = "messageId", "processKind"
"""Elements that a file has no column for: the one follows from file and row, the other from the kind of file."""
PROBLEMS = "エラー内容"
"""The column that files of faulty rows have besides; a file that is sent may have it, and it is not read."""


@dataclass(frozen=True)
class Column:
    """One column, and the element that its cells are."""

    path: tuple[str, ...]
    """The names of the element and of the groups that it stands in."""
    header: str
    field: Field
    required: bool
    repeated: bool
    """True where one cell holds several values."""

    @property
    def place(self) -> str:
        """Give the path as findings have it: ``consent/obtainedOn``."""
        return "/".join(self.path)


@cache
def columns_of(kind: BulkKind, segment: Segment) -> tuple[Column, ...]:
    """List the columns in the order of the catalogue: a new element is a new column."""
    columns = tuple(_flat(kind.interface.request, segment, kind.process, within=(), group="", due=True))
    counted = Counter(column.header for column, _ in columns)
    return tuple(
        column if counted[column.header] == 1 else replace(column, header=f"{group}の{column.header}")
        for column, group in columns
    )


def key_column(kind: BulkKind, segment: Segment) -> Column:
    """Give the column that a row is known by: its point, or its case."""
    (key,) = (column for column in columns_of(kind, segment) if column.place == kind.row_is_one_of)
    return key


def letter_of(place: int) -> str:
    """Name a column by its place, which begins with 0, as spreadsheets do: A, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _flat(
    message: type, segment: Segment, process: ProcessKind | None, *, within: tuple[str, ...], group: str, due: bool
) -> Iterator[tuple[Column, str]]:
    for member in members_for(message, segment, process):
        path, needed = (*within, member.xml_name), due and member.required
        if member.xml_name in (MESSAGE_ID, PROCESS):
            continue
        if member.item is None:
            yield Column(path, member.field.label, member.field, required=needed, repeated=member.repeated), group
        else:
            yield from _flat(member.item, segment, None, within=path, group=member.field.label, due=needed)
