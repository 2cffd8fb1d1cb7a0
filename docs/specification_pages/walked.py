"""What a walk through the real screens has noted of them: addresses, who came there, fields, and where they lead.

``tests/web/walk`` writes it and holds the screens to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from docs.specification_pages.site import HERE, data

NAME = "walked_screens.yaml"
FILE = HERE / "data" / NAME
ELSEWHERE = "(elsewhere)"
"""Stands for an address that is none of the screens'."""


@dataclass(frozen=True)
class Way:
    """A link or a button, and the endpoint that a person comes to by it."""

    end: str
    by: str
    """``link`` or ``button``."""
    words: tuple[str, ...]
    """What stands on it."""


@dataclass(frozen=True)
class Walked:
    """One endpoint as the walk has seen it."""

    endpoint: str
    addresses: tuple[str, ...]
    methods: tuple[str, ...]
    opened_by: frozenset[str]
    """Users' roles, ``anybody`` where no login was needed."""
    fields: tuple[str, ...]
    ways: tuple[Way, ...]


@cache
def walked_screens() -> Mapping[str, Walked]:
    """Give every endpoint of the screens, by its name."""
    return {endpoint: _screen(endpoint, seen) for endpoint, seen in data(NAME)["screens"].items()}


@cache
def ways_everywhere() -> tuple[Way, ...]:
    """Give the ways that the header of every page has."""
    return _ways(data(NAME)["everywhere"])


def _screen(endpoint: str, seen: Mapping[str, Any]) -> Walked:
    return Walked(
        endpoint,
        tuple(seen.get("addresses", ())),
        tuple(seen.get("methods", ())),
        frozenset(seen.get("opened_by", ())),
        tuple(seen.get("fields", ())),
        _ways(seen.get("ways", ())),
    )


def _ways(ways: Any) -> tuple[Way, ...]:
    return tuple(Way(way["to"], way["by"], tuple(way["words"])) for way in ways)
