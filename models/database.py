"""The way into PostgreSQL: one pool for each process, one transaction for each piece of work."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker

__all__ = ["Database", "Session"]

_PATIENCE = 10
"""Seconds to wait for a connection; then the caller hears that the database is away, and may try again."""


class Database:
    """One for each process; a process that forks makes its own after the fork."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self._engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            hide_parameters=True,  # parameters hold names and addresses; exceptions must not
            json_serializer=partial(json.dumps, ensure_ascii=False),
            pool_timeout=_PATIENCE,
            connect_args={
                "options": "-c timezone=Asia/Tokyo",
                "connect_timeout": _PATIENCE,
                "tcp_user_timeout": _PATIENCE * 1000,  # a server that vanished without a word
            },
        )
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """This function will open a transaction: committed at the end, rolled back where an exception leaves it."""
        with self._sessions.begin() as session:
            yield session

    def ask(self) -> None:
        """This function will make sure that the database answers; it raises where it does not."""
        with self._engine.connect() as connection:
            connection.execute(select(1))

    def dispose(self) -> None:
        """This function will close all connections."""
        self._engine.dispose()
