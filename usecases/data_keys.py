"""The keys of personal data: which are in use, and changing them while the hub runs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from models.database import Database
from models.encryption import known_keys, writing_key
from models.rekeying import EncryptedColumn, Place, Portion, count_by_key, encrypt_portion_anew, encrypted_columns
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.hub import Systems


@dataclass(frozen=True)
class KeyUse:
    """A key of personal data, and how many values need it."""

    key_id: str
    values: int
    known: bool
    """False where this process has not the key: what it encrypted cannot be read."""
    writing: bool


def list_data_keys(*, actor: Operator, hub: Systems) -> list[KeyUse]:
    """List the keys that this process has, the writing one first, and those that values need."""
    demand(UseCase.SEE_DATA_KEYS, capacity=actor.capacity, segment=None)
    used = Counter[str]()
    for column in encrypted_columns():
        with hub.database.transaction() as session:
            used += count_by_key(session, column)
    known = known_keys()
    return [KeyUse(key, used[key], key in known, key == writing_key()) for key in dict.fromkeys((*known, *used))]


@dataclass(frozen=True)
class EncryptedAnew:
    """How far a column has come."""

    column: str
    """As ``table.column``."""
    written: int
    missing: Counter[str]
    """Values that stay as they are, by the key that they would need."""


def encrypt_anew(*, actor: Operator, hub: Systems) -> Iterator[EncryptedAnew]:
    """Encrypt with the writing key what others have encrypted, telling of each column once it is through.

    Each portion is a transaction of its own. Begun again after a break, it goes on with what is left.
    """
    demand(UseCase.ENCRYPT_ANEW, capacity=actor.capacity, segment=None)
    database = hub.database
    return (_column_anew(column, database) for column in encrypted_columns())


def _column_anew(column: EncryptedColumn, database: Database) -> EncryptedAnew:
    portions = list(_portions(column, database))
    return EncryptedAnew(
        column.name,
        sum(portion.written for portion in portions),
        sum((portion.missing for portion in portions), Counter[str]()),
    )


def _portions(column: EncryptedColumn, database: Database) -> Iterator[Portion]:
    after: Place | None = None
    while True:
        portion = database.run(partial(encrypt_portion_anew, column=column, after=after))
        if portion.last is None:
            return
        after = portion.last
        yield portion
