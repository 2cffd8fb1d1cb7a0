"""Who is calling: from the client certificate of the connection to the retailer it is bound to.

Looked up for every request, not for every connection: a certificate that is revoked while its
connection is kept is refused at the next request.
"""

from datetime import datetime
from functools import lru_cache

from models.database import Database
from models.participants.queries import RegisteredCertificate, find_certificate
from runtime.addresses import Network, address_of, network_of
from runtime.client_certificates import ClientCertificate
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from usecases.actors import RetailerSystem


def identify(
    peer: ClientCertificate | None,
    *,
    source_address: str,
    now: datetime,
    database: Database,
) -> RetailerSystem | Refusal:
    """Name the retailer behind a connection, or say why it may not come in.

    :param peer: the certificate of the connection; its authority has been checked by TLS.
    :param now: real time, which certificates live by.
    """
    if peer is None:
        return Refusal(RefusalCode.NO_CERTIFICATE)
    with database.plain_read() as cursor:
        registered = find_certificate(cursor, issuer=peer.issuer, serial=peer.serial)
    if registered is None:
        return Refusal(RefusalCode.CERTIFICATE_NOT_REGISTERED)
    if registered.revoked_at is not None and registered.revoked_at <= now:
        return Refusal(RefusalCode.CERTIFICATE_REVOKED)
    if now < peer.valid_from:
        return Refusal(RefusalCode.CERTIFICATE_NOT_YET_VALID)
    if now >= min(registered.expires_at, peer.expires_at):
        return Refusal(RefusalCode.CERTIFICATE_EXPIRED)
    if not _may_come_from(registered, source_address):
        return Refusal(RefusalCode.SOURCE_ADDRESS)
    if not registered.retailer_active:
        return Refusal(RefusalCode.RETAILER_NOT_ACTIVE)
    return RetailerSystem(registered.retailer_code, source_address)


def _may_come_from(registered: RegisteredCertificate, source_address: str) -> bool:
    """Tell whether a certificate may be used from an address; networks are written ``203.0.113.0/24``."""
    if not registered.source_addresses:
        return True
    source = address_of(source_address)
    return any(source in _network(allowed) for allowed in registered.source_addresses)


@lru_cache(maxsize=2048)
def _network(text: str) -> Network:
    return network_of(text)
