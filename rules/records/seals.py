"""How records are sealed: a hash for each row, a Merkle root for each batch, and a chain of the roots.

Whoever has the rows and the newest hash can reckon all of it anew with SHA-256 alone. The tree is that of RFC 6962,
with another first byte for rows, for nodes and for seals, so that none can stand for another.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.codes import Code

LEAF_SIZE = 32
_ROW, _NODE, _SEAL = b"\x00", b"\x01", b"\x02"
FIRST = ""
"""Stands where the first seal has the hash of the one before."""


class RecordKind(Code):
    """What is on record."""

    READ = "read", "参照"
    CHANGE = "change", "変更"


@dataclass(frozen=True, kw_only=True)
class Seal:
    """One link of the chain: some rows of one kind and batch, in the order of their ids."""

    number: int
    """From 1, without gaps."""
    kind: RecordKind
    batch: int
    ends_batch: bool
    """True where no further seal is of the batch."""
    root: str
    reads: int
    changes: int
    """How many of each were sealed so far, these included."""
    opened_at: datetime | None
    """Real time before which nothing was of this batch; None for what was there before the first was opened."""
    sealed_at: datetime
    previous: str
    """Hash of the seal before."""

    @property
    def hash(self) -> str:
        """Give what this seal, and with it all before, is known by."""
        return _hashed(_SEAL, _bytes(_plain(vars(self)))).hex()


def leaf_of(kind: RecordKind, row: Mapping[str, object]) -> bytes:
    """Give the hash of a row, all of whose columns count."""
    return _hashed(_ROW, _bytes({"kind": kind.value} | _plain(row)))


def root_of(leaves: Sequence[bytes]) -> str:
    """Give the root of the Merkle tree over some hashes."""
    return _tree(leaves).hex()


def _tree(leaves: Sequence[bytes]) -> bytes:
    level = list(leaves)
    while len(level) > 1:  # what stands alone at the end of a level goes up as it is: the split of RFC 6962
        pairs = [_hashed(_NODE, left + right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _moment(value) if isinstance(value, datetime) else value for name, value in values.items()}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _bytes(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _hashed(mark: bytes, content: bytes) -> bytes:
    return hashlib.sha256(mark + content).digest()
