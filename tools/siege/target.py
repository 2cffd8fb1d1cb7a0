"""What an attacker knows of what it attacks; it reaches its process as JSON."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Target:
    """The SOAP face, the certificates and the messages at hand."""

    port: int
    address: str
    """Where the attacker calls from, unless its attack is about many; each attack has another."""
    path: str
    namespace: str
    authority: str
    certificate: str
    """Of a retailer that is registered, as PEM file; so are the others."""
    unregistered: str
    """Of the right authority, and known to nobody."""
    foreign: str
    """Of another authority."""
    read: str
    """12210 for one case, as envelope."""
    listing: str
    """12210 for all cases: a large answer."""
    inquiries: Mapping[str, str]
    """10110 by area."""


Prepared = Callable[[float], Counter[str]]
"""Attacks for so many seconds, and counts what it did and what it was told."""
Assault = Callable[[Target], Prepared]
"""Makes beforehand all that it will say."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One way of attacking."""

    name: str
    label: str
    assault: Assault
    short: bool = False
    """True where it belongs to the short form."""
    seconds: float = 3.5
    areas: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What the grid stub is told meanwhile, by area."""
