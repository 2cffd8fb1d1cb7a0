"""Whether records still are what was sealed: the first row, or the first seal, that does not fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby

from rules.records.seals import FIRST, RecordKind, Seal, root_of
from schemas.codes import Code

CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""As much may the clocks of two database servers differ, of which one takes the other's place."""


class Misfit(Code):
    """What is wrong with a row, or with a seal."""

    CHANGED = "changed", "封緘の後に変えられています"
    DELETED = "deleted", "封緘の後に消されています"
    INSERTED = "inserted", "封緘の後に過去へ差し込まれています"
    BACKDATED = "backdated", "封緘の組が開く前の時刻を持っています"
    SEAL_MISSING = "seal_missing", "封緘が抜けています"
    CHAIN_BROKEN = "chain_broken", "封緘の内容か、前の封緘とのつながりが変えられています"
    ROOT_DIFFERS = "root_differs", "封緘のハッシュの木が根に合いません"
    NOT_PUBLISHED = "not_published", "公表されたハッシュと異なります"


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One thing that does not fit."""

    misfit: Misfit
    seal: int | None = None
    """Number of the seal; None for a row that none covers."""
    kind: RecordKind | None = None
    row_id: int | None = None
    """Both are None where it is the seal itself."""


Place = tuple[int, int]
"""Batch and id of a row: records are sealed in this order."""


@dataclass(frozen=True)
class Sealed:
    """A row as it was when it was sealed."""

    place: Place
    leaf: bytes
    seal: int
    not_before: datetime | None = None
    """When the batch was opened."""


@dataclass(frozen=True)
class Row:
    """A row as it is."""

    place: Place
    leaf: bytes
    at_real: datetime


def follow(seals: Iterable[tuple[Seal, str]], *, published: tuple[int, str] | None = None) -> Iterator[Breach]:
    """Go along the chain, and say what does not fit.

    :param seals: in the order of their numbers, each with the hash that is kept with it.
    :param published: number and hash of a seal as somebody has noted them elsewhere.
    """
    previous, awaited = FIRST, published
    for number, (seal, kept) in enumerate(seals, start=1):
        if seal.number != number:
            yield Breach(misfit=Misfit.SEAL_MISSING, seal=number)
            return
        if (seal.previous, seal.hash) != (previous, kept):
            yield Breach(misfit=Misfit.CHAIN_BROKEN, seal=number)
        previous = kept
        if awaited is not None and number == awaited[0]:
            if kept != awaited[1]:
                yield Breach(misfit=Misfit.NOT_PUBLISHED, seal=number)
            awaited = None
    if awaited is not None:
        yield Breach(misfit=Misfit.SEAL_MISSING, seal=awaited[0])


def check_root(seal: Seal, leaves: Sequence[bytes]) -> Iterator[Breach]:
    """Say where the hashes that are kept of a seal's rows are not those that it was made of."""
    if not leaves or root_of(leaves) != seal.root:
        yield Breach(misfit=Misfit.ROOT_DIFFERS, seal=seal.number)


def compare(kind: RecordKind, sealed: Iterable[Sealed], rows: Iterable[Row]) -> Iterator[Breach]:
    """Say which rows are not those that were sealed; both come in the order of their places."""
    both: Iterable[Sealed | Row] = merge(sealed, rows, key=_place)
    for (_, row_id), found in groupby(both, key=_place):
        match tuple(found):
            case (Sealed() as was, Row() as now):
                if was.leaf != now.leaf:
                    yield Breach(misfit=Misfit.CHANGED, seal=was.seal, kind=kind, row_id=row_id)
                elif was.not_before is not None and now.at_real < was.not_before - CLOCKS_DIFFER_BY:
                    yield Breach(misfit=Misfit.BACKDATED, seal=was.seal, kind=kind, row_id=row_id)
            case (Sealed() as was,):
                yield Breach(misfit=Misfit.DELETED, seal=was.seal, kind=kind, row_id=row_id)
            case _:
                yield Breach(misfit=Misfit.INSERTED, kind=kind, row_id=row_id)


def _place(each: Sealed | Row) -> Place:
    return each.place
