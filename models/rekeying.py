"""Encrypting anew what other keys than the writing one have encrypted, some rows at a time while the hub runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, LargeBinary, bindparam, func, select, tuple_, type_coerce, update
from sqlalchemy.orm import Session

from models.encrypted import Encrypted
from models.encryption import Altered, KeyMissing, encrypted_anew, key_id_of, mark_of, writing_key
from models.tables import METADATA

AT_ONCE = 500

Place = tuple[object, ...]


@dataclass(frozen=True)
class EncryptedColumn:
    """A column whose values are encrypted."""

    column: Column[object]
    kind: Encrypted

    @property
    def name(self) -> str:
        """As ``table.column``."""
        return self.kind.column

    @property
    def stored(self) -> ColumnElement[bytes]:
        """Its values as they are."""
        return type_coerce(self.column, LargeBinary)

    @property
    def keys(self) -> Sequence[Column[object]]:
        """What a row of its table is known by."""
        return tuple(self.column.table.primary_key.columns)


def encrypted_columns() -> list[EncryptedColumn]:
    """List them all."""
    return [
        EncryptedColumn(column, column.type)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted)
    ]


def count_by_key(session: Session, column: EncryptedColumn) -> Counter[str]:
    """Count the values of a column by the key that encrypted them."""
    mark = func.substr(column.stored, 1, func.get_byte(column.stored, 0) + 1).label("mark")
    rows = session.execute(select(mark, func.count()).where(column.column.is_not(None)).group_by(mark))
    return Counter({key_id_of(bytes(found)): count for found, count in rows})


@dataclass(frozen=True)
class Portion:
    """Some rows that were looked at."""

    last: Place | None
    """The last of them; None where none was left."""
    written: int
    missing: Counter[str]
    """Values that could not be encrypted anew, by the key that they need."""


def encrypt_portion_anew(session: Session, *, column: EncryptedColumn, after: Place | None) -> Portion:
    """Encrypt some values of a column with the writing key that others have encrypted, and tell how far it came.

    What somebody holds at the moment is waited for. Values whose key is missing stay as they are.
    """
    mark = mark_of(writing_key())
    others = func.substr(column.stored, 1, len(mark)) != mark
    statement = select(*column.keys, column.stored.label("stored")).where(column.column.is_not(None), others)
    if after is not None:
        statement = statement.where(tuple_(*column.keys) > after)
    rows = session.execute(statement.order_by(*column.keys).limit(AT_ONCE).with_for_update()).all()
    written, missing = 0, Counter[str]()
    for *place, stored in rows:
        try:
            anew = encrypted_anew(bytes(stored), column=column.name)
        except KeyMissing as problem:
            missing[problem.key_id] += 1
            continue
        except Altered:
            missing[key_id_of(bytes(stored))] += 1
            continue
        _write(session, column, place, anew)
        written += 1
    return Portion(tuple(rows[-1][:-1]) if rows else None, written, missing)


def _write(session: Session, column: EncryptedColumn, place: Sequence[object], stored: bytes) -> None:
    here = [key == value for key, value in zip(column.keys, place, strict=True)]
    value = type_coerce(bindparam("anew", stored, type_=LargeBinary), LargeBinary)
    session.execute(update(column.column.table).where(*here).values({column.column: value}))
