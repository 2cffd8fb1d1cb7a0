"""A limit to the pieces a body comes in: each costs its share, however small it is.

A million bytes, one to a chunk, took gunicorn over five seconds of processor time.
"""

from collections.abc import Iterator
from typing import Any

from gunicorn.http.body import ChunkedReader

MAX_CHUNKS = 20_000
"""Fifty bytes each for the largest message."""


class TooManyChunks(Exception):
    """A body comes in more pieces than are read."""


def limit_chunks(body: Any) -> None:
    """Have a request's body raise TooManyChunks once it has come in too many pieces.

    :param body: gunicorn's ``wsgi.input``; one that does not come in chunks is left as it is.
    """
    reader = getattr(body, "reader", None)
    if isinstance(reader, ChunkedReader):
        reader.parser = _limited(reader.parser)


def _limited(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        if number >= MAX_CHUNKS:
            raise TooManyChunks
        yield piece
