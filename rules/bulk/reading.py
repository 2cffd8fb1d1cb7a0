"""Reading a file: from bytes to the raw messages of its rows, or what is wrong with the whole of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.bulk.kinds import BulkKind
from rules.bulk.problems import Problem
from schemas.codes import Segment
from schemas.reading import RawMessage

MOST_ROWS = 100_000
MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class RowRead:
    """One row: what it says by the names of its elements, but for the messageId, and what is wrong with it."""

    line: int
    """The first of its lines in the file, as an editor counts them."""
    values: RawMessage
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """A file that can be read."""

    count: int
    """How many rows it has."""
    left_out: int
    """How many rows of an inbox are without a decision: these are no rows of the file."""

    def rows(self) -> Iterator[RowRead]:
        """Read row after row; each call begins with the first, and one row is held at a time."""
        raise NotImplementedError


@dataclass(frozen=True)
class FileRefused:
    """A file of which nothing can be sent."""

    problems: tuple[Problem, ...]


def read_file(data: bytes, *, kind: BulkKind, segment: Segment) -> FileRead | FileRefused:
    """Read a file of any size that is taken: the whole first, its rows as they are asked for."""
    raise NotImplementedError
