"""Who is calling: from the client certificate of the connection to the retailer it is bound to.

Looked up for every request, not for every connection: a certificate that is revoked while its
connection is kept is refused at the next request.
"""

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from models.database import Database
from models.participants.queries import RegisteredCertificate, find_certificate
from schemas.codes import Segment
from schemas.findings import Refusal
from schemas.messages import MessageCode


@dataclass(frozen=True)
class Caller:
    """The retailer whose system calls, and where it came in."""

    retailer_code: str
    source_address: str
    segment: Segment | None
    """The segment of the address it called; None for the common one."""


def identify(
    peer: Mapping[str, Any] | None,
    *,
    source_address: str,
    segment: Segment | None,
    now: datetime,
    database: Database,
) -> Caller | Refusal:
    """This function will name the retailer behind a connection, or say why it may not come in.

    :param peer: the certificate as ``SSLSocket.getpeercert`` gives it; its authority has been checked by TLS.
    :param now: real time, which certificates live by.
    """
    if not peer:
        return Refusal(MessageCode.NO_CERTIFICATE)
    with database.plain_read() as cursor:
        registered = find_certificate(cursor, serial=f"{int(peer['serialNumber'], 16):x}")
    if registered is None:
        return Refusal(MessageCode.CERTIFICATE_NOT_REGISTERED)
    if registered.revoked_at is not None and registered.revoked_at <= now:
        return Refusal(MessageCode.CERTIFICATE_REVOKED)
    if not _moment(peer["notBefore"]) <= now < min(registered.expires_at, _moment(peer["notAfter"])):
        return Refusal(MessageCode.CERTIFICATE_EXPIRED)
    if not _may_come_from(registered, source_address):
        return Refusal(MessageCode.SOURCE_ADDRESS)
    if not registered.retailer_active:
        return Refusal(MessageCode.RETAILER_NOT_ACTIVE)
    return Caller(retailer_code=registered.retailer_code, source_address=source_address, segment=segment)


@lru_cache(maxsize=2048)
def _moment(text: str) -> datetime:
    """A moment as certificates write it; the same few come with every request."""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)


def _may_come_from(registered: RegisteredCertificate, source_address: str) -> bool:
    """Addresses may be registered one by one or as networks, ``203.0.113.0/24``."""
    if not registered.source_addresses:
        return True
    source = ipaddress.ip_address(source_address)
    return any(source in _network(allowed) for allowed in registered.source_addresses)


@lru_cache(maxsize=2048)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(text, strict=False)
