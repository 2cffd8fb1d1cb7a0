"""What all tables share: names of constraints, and columns that hold a typed record as JSON."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

MOMENT = DateTime(timezone=True)
"""Column type of a moment: aware, read back in Japan time."""


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Record(TypeDecorator[Any]):
    """A column that holds one of the project's dataclasses as JSON."""

    impl = JSONB
    cache_ok = True

    def __init__(self, record: Any) -> None:
        super().__init__(none_as_null=True)
        self.record = record

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Turn the record into plain JSON."""
        return None if value is None else adapter(self.record).dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Turn plain JSON back into the record."""
        return None if value is None else adapter(self.record).validate_python(value)


def adapter(record: Any) -> TypeAdapter[Any]:
    """Give what turns records of a type into plain JSON and back."""
    return _adapter(record)


@cache
def _adapter(record: Any) -> TypeAdapter[Any]:
    return TypeAdapter(record)
