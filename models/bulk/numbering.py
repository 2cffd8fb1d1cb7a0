"""The number of a bulk file, and the message ids of its rows that follow from it."""

import secrets
from datetime import datetime

PREFIX = "CSV"
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is taken for another when read out."""
_LENGTH = 10


def new_file_number(at: datetime) -> str:
    """Make a number that no other file has, also after a database was put back: ``CSV20261130-7Q2M9XDKTB``."""
    return f"{PREFIX}{at:%Y%m%d}-{''.join(secrets.choice(_LETTERS) for _ in range(_LENGTH))}"


def row_message_id(number: str, *, line: int) -> str:
    """Give the message id of a row: the same whenever it is sent, and no other's."""
    return f"{number}-{line}"
