"""Encryption of single values at rest (AES-256-GCM): each says which key it needs, and fits its own column alone.

A stored value is the length of the key's id, the id, a nonce of twelve random bytes, and what AES-GCM gives. One key is
good for four thousand million values (NIST SP 800-38D): it is replaced long before.
"""

import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.data_keys import DataKeys, KeySource

_NONCE = 12


class NoKeys(Exception):
    """The process was given no keys, and meets a value that needs one."""


class KeyMissing(ValueError):
    """A value was encrypted with a key that the process has not; the words name key and column."""

    def __init__(self, *, key_id: str, column: str) -> None:
        super().__init__(f"no data key {key_id} for {column}")
        self.key_id = key_id


class Altered(ValueError):
    """A value was changed past the product, or comes from another column; the words name its column."""


class _Ring:
    """The keys of the process: it has one set of them, as it has one environment."""

    source: KeySource | None = None

    def keys(self) -> DataKeys:
        return self._taken().keys()

    def key(self, key_id: str, *, column: str) -> bytes:
        known = self.keys().by_id
        found = known.get(key_id) or self._taken().look_again().by_id.get(key_id)
        if found is None:
            raise KeyMissing(key_id=key_id, column=column)
        return found

    def _taken(self) -> KeySource:
        if self.source is None:
            raise NoKeys
        return self.source


_RING = _Ring()


def use_keys(source: KeySource) -> None:
    """Have this process encrypt and decrypt with the keys of a source, from now on."""
    _RING.source = source


def writing_key() -> str:
    """Give the id of the key that encrypts."""
    return _RING.keys().writing


def known_keys() -> tuple[str, ...]:
    """Give the ids of all keys that the process has, the writing one first."""
    return tuple(_RING.keys().by_id)


def mark_of(key_id: str) -> bytes:
    """Give what each value begins with that was encrypted with a key."""
    return bytes([len(key_id)]) + key_id.encode()


def key_id_of(stored: bytes) -> str:
    """Name the key that encrypted a value, or its mark."""
    return stored[1 : 1 + stored[0]].decode(errors="replace")


def encrypted_anew(stored: bytes, *, column: str) -> bytes:
    """Encrypt with the writing key what another has encrypted.

    :raises KeyMissing: as :func:`decrypt`; so is Altered.
    """
    return encrypt(decrypt(stored, column=column), column=column)


def encrypt(content: bytes, *, column: str) -> bytes:
    """Encrypt a value of a column, named as ``table.column``."""
    keys = _RING.keys()
    nonce = os.urandom(_NONCE)
    sealed = _cipher(keys.by_id[keys.writing]).encrypt(nonce, content, column.encode())
    return mark_of(keys.writing) + nonce + sealed


def decrypt(stored: bytes, *, column: str) -> bytes:
    """Decrypt a value of a column.

    :raises KeyMissing: when the process has not the key that it needs.
    :raises Altered: when it is not what was encrypted for this column.
    """
    begins = 1 + stored[0]
    key = _RING.key(key_id_of(stored), column=column)
    nonce, sealed = stored[begins : begins + _NONCE], stored[begins + _NONCE :]
    try:
        return _cipher(key).decrypt(nonce, sealed, column.encode())
    except (InvalidTag, ValueError):
        raise Altered(column) from None


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
