"""Personal data are encrypted where they are stored, and masked after a time.

What is there already is encrypted now, some rows at a time.

Whoever migrates a database that holds some needs the keys (``HUB_DATA_KEYS`` or ``HUB_DATA_KEYS_FILE``). PostgreSQL
keeps what was there in its files until the tables are written anew (``VACUUM FULL``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.encryption import decrypt, encrypt

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


@dataclass(frozen=True)
class _Column:
    table: str
    keys: tuple[str, ...]
    name: str
    plain: Literal["json", "text", "bytes"]

    @property
    def full_name(self) -> str:
        return f"{self.table}.{self.name}"


_COLUMNS = (
    _Column("message_contents", ("key",), "values", "json"),
    _Column("bulk_files", ("number",), "name", "text"),
    _Column("bulk_files", ("number",), "problems", "json"),
    _Column("bulk_pieces", ("number", "place"), "data", "bytes"),
    _Column("bulk_rows", ("number", "line"), "values", "json"),
    _Column("bulk_rows", ("number", "line"), "problems", "json"),
    _Column("form_drafts", ("user_id", "form"), "values", "json"),
    _Column("grid_findings", ("id",), "findings", "json"),
)
_WITH_DEFAULT = ("bulk_files.problems", "bulk_rows.problems")


def upgrade() -> None:
    op.add_column("message_contents", sa.Column("masked_at", sa.DateTime(timezone=True)))
    for column in _COLUMNS:
        _convert(column, becomes=sa.Column(_new(column), sa.LargeBinary()), read=_as_bytes(column), turn=_encrypted)


def downgrade() -> None:
    op.drop_column("message_contents", "masked_at")
    for column in _COLUMNS:
        _convert(column, becomes=_plain(column), read=f'"{column.name}"', turn=_decrypted)
    for full_name in _WITH_DEFAULT:
        table, name = full_name.split(".")
        op.alter_column(table, name, server_default=sa.text("'[]'"))


def _new(column: _Column) -> str:
    return f"{column.name}_new"


def _plain(column: _Column) -> sa.Column[object]:
    match column.plain:
        case "bytes":
            return sa.Column(_new(column), sa.LargeBinary())
        case "text":
            return sa.Column(_new(column), sa.Text())
        case "json":
            return sa.Column(_new(column), postgresql.JSONB())


def _as_bytes(column: _Column) -> str:
    """Read what will be encrypted: JSON as it is written, a text as the JSON that it is from now on."""
    match column.plain:
        case "bytes":
            return f'"{column.name}"'
        case "text":
            return f"convert_to(to_json(\"{column.name}\")::text, 'UTF8')"
        case "json":
            return f"convert_to(\"{column.name}\"::text, 'UTF8')"


def _as_plain(column: _Column) -> str:
    match column.plain:
        case "bytes":
            return "CAST(:turned AS bytea)"
        case "text":
            return "convert_from(CAST(:turned AS bytea), 'UTF8')::jsonb #>> '{}'"
        case "json":
            return "convert_from(CAST(:turned AS bytea), 'UTF8')::jsonb"


def _encrypted(column: _Column, value: bytes) -> bytes:
    return encrypt(value, column=column.full_name)


def _decrypted(column: _Column, value: bytes) -> bytes:
    return decrypt(value, column=column.full_name)


def _convert(
    column: _Column,
    *,
    becomes: sa.Column[object],
    read: str,
    turn: Callable[[_Column, bytes], bytes],
) -> None:
    """Put a column in the place of another: its values follow row by row."""
    new = _new(column)
    op.add_column(column.table, becomes)
    written = "CAST(:turned AS bytea)" if turn is _encrypted else _as_plain(column)
    fits = " AND ".join(f'"{key}" = :{key}' for key in column.keys)
    update = sa.text(f'UPDATE {column.table} SET "{new}" = {written} WHERE {fits}')  # noqa: S608  # no value is in it
    for rows in _portions(column, read=read):
        op.get_bind().execute(update, [{**keys, "turned": turn(column, value)} for keys, value in rows])
    op.drop_column(column.table, column.name)
    op.alter_column(column.table, new, new_column_name=column.name, nullable=False)


def _portions(column: _Column, *, read: str) -> Iterator[list[tuple[dict[str, object], bytes]]]:
    keys = ", ".join(f'"{key}"' for key in column.keys)
    found = op.get_bind().execute(
        sa.text(f"SELECT {keys}, {read} FROM {column.table} ORDER BY {keys}"),  # noqa: S608  # no value is in it
        execution_options={"stream_results": True, "yield_per": _AT_ONCE},
    )
    for rows in found.partitions():
        yield [(dict(zip(column.keys, row[:-1], strict=True)), bytes(row[-1])) for row in rows]
