"""Who is calling: from the client certificate of the connection to the retailer it is bound to.

Looked up for every request, not for every connection: a certificate that is revoked while its
connection is kept is refused at the next request.
"""

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.clock import business_now
from models.database import Database
from models.participants.queries import RegisteredCertificate, find_certificate, is_active_retailer
from rules.calendar import day_of
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
    with database.transaction() as session:
        registered = find_certificate(session, serial=f"{int(peer['serialNumber'], 16):x}")
        if registered is None:
            return Refusal(MessageCode.CERTIFICATE_NOT_REGISTERED)
        if registered.revoked_at is not None and registered.revoked_at <= now:
            return Refusal(MessageCode.CERTIFICATE_REVOKED)
        if not _valid_from(peer) <= now < min(registered.expires_at, _valid_until(peer)):
            return Refusal(MessageCode.CERTIFICATE_EXPIRED)
        if not _may_come_from(registered, source_address):
            return Refusal(MessageCode.SOURCE_ADDRESS)
        if not is_active_retailer(session, code=registered.retailer_code, on=day_of(business_now(session))):
            return Refusal(MessageCode.RETAILER_NOT_ACTIVE)
    return Caller(retailer_code=registered.retailer_code, source_address=source_address, segment=segment)


def _valid_from(peer: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(peer["notBefore"]), UTC)


def _valid_until(peer: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(peer["notAfter"]), UTC)


def _may_come_from(registered: RegisteredCertificate, source_address: str) -> bool:
    """Addresses may be registered one by one or as networks, ``203.0.113.0/24``."""
    if not registered.source_addresses:
        return True
    source = ipaddress.ip_address(source_address)
    return any(source in ipaddress.ip_network(allowed, strict=False) for allowed in registered.source_addresses)
