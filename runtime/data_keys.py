"""The keys that personal data are encrypted with at rest: each has an id, and the first of them writes."""

import base64
import binascii
import os
import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32
"""AES-256."""
_ID = re.compile(r"[0-9A-Za-z-]{1,20}")
_LOOKED_AT_EVERY = 1.0
"""Seconds after which a file of keys is looked at again."""


class UnusableKeys(ValueError):
    """A text holds no keys; the words say what is wrong, and nothing of what stands there."""


@dataclass(frozen=True)
class DataKeys:
    """The keys of a process."""

    by_id: Mapping[str, bytes] = field(repr=False)
    writing: str
    """Id of the one that encrypts; all of them decrypt."""


def read_keys(text: str) -> DataKeys:
    """Read keys, ``id:key`` each, apart by spaces, commas or lines; the key is 32 bytes in Base64.

    :raises UnusableKeys: when there are none, one cannot be read, or an id comes twice.
    """
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(text.replace(",", " ").split(), start=1):
        key_id, _, key = entry.partition(":")
        if not _ID.fullmatch(key_id) or len(decoded := _decoded(key)) != KEY_BYTES:
            raise UnusableKeys(f"{number}番目が「ID:鍵（32バイトのBase64）」ではありません / key {number} is no id:key")
        if key_id in keys:
            raise UnusableKeys(f"ID {key_id} が2つあります / id {key_id} comes twice")
        keys[key_id] = decoded
    if not keys:
        raise UnusableKeys("鍵がありません / holds no key")
    return DataKeys(keys, writing=next(iter(keys)))


def _decoded(key: str) -> bytes:
    try:
        return base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def new_key(key_id: str) -> str:
    """Make a key, as it is written in a setting or in a line of a file."""
    return f"{key_id}:{base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


class KeySource:
    """Where a process has its keys from: a setting, which stays, or a file, which may change while it runs."""

    def __init__(self, *, text: str = "", file: Path | None = None) -> None:
        """Read them.

        :raises UnusableKeys: when they cannot be used.
        """
        self._file = file
        self._looked_at = time.monotonic()
        self._state = None if file is None else _state_of(file)
        self._turn = threading.Lock()
        self._keys = read_keys(text if file is None else file.read_text())

    def keys(self) -> DataKeys:
        """Give the keys as they were about a second ago."""
        if self._file is not None and time.monotonic() - self._looked_at > _LOOKED_AT_EVERY:
            self.look_again()
        return self._keys

    def look_again(self) -> DataKeys:
        """Give the keys as they are now; those of before where the file is away or cannot be read."""
        if self._file is None:
            return self._keys
        with self._turn:
            self._looked_at = time.monotonic()
            try:
                state = _state_of(self._file)
                if state != self._state:
                    self._keys = read_keys(self._file.read_text())
                    self._state = state
            except (OSError, ValueError):  # it is being written, or was spoilt: what is known goes on
                pass
            return self._keys


def _state_of(file: Path) -> tuple[int, int, int]:
    found = os.stat(file)
    return found.st_mtime_ns, found.st_ino, found.st_size
