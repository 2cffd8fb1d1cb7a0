"""How every connection to PostgreSQL is made, by the processes and by migrations alike."""

from functools import partial
from typing import Any

import psycopg2
from sqlalchemy import Engine, create_engine

from runtime.postgres_address import address_parts

PATIENCE = 10
"""Seconds to wait for a connection; then the caller hears that the database is away, and may try again."""

_USUAL = {
    "connect_timeout": str(PATIENCE),
    "tcp_user_timeout": str(PATIENCE * 1000),  # a server that vanished without a word
}
"""Where the operator's address says nothing else."""

RELIED_ON = {
    "default_transaction_isolation": "read committed",  # locks are waited for, and what they guard is read after
    "TimeZone": "Asia/Tokyo",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",  # the one that psycopg2 reads
    "standard_conforming_strings": "on",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}
"""What the code takes for granted of a session, whatever role, database, server or environment have set. Time limits
and all else are left as the operator gives them."""

_QUOTING = "standard_conforming_strings"
_SETTLE = "".join(f"SET {name} = '{value}';" for name, value in RELIED_ON.items()) + (
    # what was accepted has to be on disk; a stricter setting stays
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


def engine_to(url: str, **options: Any) -> Engine:
    """Make an engine whose connections are as the code relies on; ``options`` are SQLAlchemy's.

    :raises ValueError: where the address cannot be read.
    """
    parts: dict[str, Any] = _USUAL | address_parts(url) | {"client_encoding": "UTF8"}
    return create_engine(
        "postgresql+psycopg2://",
        creator=partial(_connect, parts),
        hide_parameters=True,  # parameters hold names and addresses; exceptions must not
        **options,
    )


def _connect(parts: dict[str, Any]) -> Any:
    connection = psycopg2.connect(**parts)
    if connection.get_parameter_status(_QUOTING) != "on":
        # psycopg2 quotes texts and bytes for good as this stood when it connected, whatever is set afterwards
        connection.close()
        connection = psycopg2.connect(**parts | {"options": f"{parts.get('options', '')} -c {_QUOTING}=on"})
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE)
        connection.autocommit = False
    except BaseException:
        connection.close()
        raise
    return connection
