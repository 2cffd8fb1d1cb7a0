"""A column whose values are encrypted where they are stored; whoever reads and writes it sees them plain."""

from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from models.base import adapter
from models.encryption import decrypt, encrypt


class Encrypted(TypeDecorator[Any]):
    """A column of personal data: a record, plain JSON, a text, or bytes. Nothing in it can be searched for."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str, content: Any) -> None:
        """Name the column as ``table.column``, which its values are bound to, and say of what type they are."""
        super().__init__()
        self.column = column
        self.content = content

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encrypt a value."""
        if value is None:
            return None
        plain = value if self.content is bytes else adapter(self.content).dump_json(value)
        return encrypt(plain, column=self.column)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Decrypt a value."""
        return self.opened(value)

    def opened(self, stored: bytes | memoryview | None) -> Any:
        """Decrypt what a statement has read :func:`as_stored`.

        :raises KeyMissing: when the process has not the key that it needs.
        :raises Altered: when it is not what was encrypted for this column.
        """
        if stored is None:
            return None
        plain = decrypt(bytes(stored), column=self.column)
        return plain if self.content is bytes else adapter(self.content).validate_json(plain)


def as_stored(column: InstrumentedAttribute[Any]) -> ColumnElement[bytes]:
    """Select an encrypted column as it is stored: a list decrypts row by row, so that one spoils no other."""
    return type_coerce(column, LargeBinary)
