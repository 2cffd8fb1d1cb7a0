"""What a file's workflow asks to be done, and what it hears back. Holds no personal data."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.bulk.kinds import BulkKind
from rules.bulk.progress import FileState
from schemas.codes import Segment


@dataclass(frozen=True)
class FileStart:
    """Input of a file's workflow, and what one run of it hands to the next."""

    number: str
    checked: bool = False
    after: int = 0
    """The line up to which the rows of this round were handed out."""
    rounds: int = 0
    """How often the file was gone through to its end: from the second round on, what is left is tried again."""
    seen: tuple[str, ...] = ()
    """What people read of what went before."""


@dataclass(frozen=True)
class Look:
    """What is asked of a file before its rows are handed out."""

    number: str
    after: int


@dataclass(frozen=True)
class Batch:
    """Rows that are sent one after the other by one activity."""

    number: str
    first: int
    """Line of its first row, and of its last."""
    last: int


@dataclass(frozen=True)
class FileLook:
    """How a file stands, and which rows are to be sent next."""

    kind: BulkKind
    segment: Segment
    state: FileState
    at: datetime
    """Real time, as the screens show it."""
    rows: int
    faulty: int
    done: int
    refused: int
    batches: tuple[Batch, ...] = field(default=())
    waits_for: str | None = None
    """Number of the file of the same retailer that is worked off before it."""

    @property
    def left(self) -> int:
        """How many rows have no answer yet."""
        return self.rows - self.faulty - self.done - self.refused


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch."""

    done: int = 0
    refused: int = 0
    left: int = 0
    """Rows that have no answer yet."""
    halted: bool = False
    """True where the file does not run any more: the rest was not tried."""
