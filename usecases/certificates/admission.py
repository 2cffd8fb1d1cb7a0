"""Whether a caller comes in, by the client certificate of its connection and the address that it calls from.

Looked up for every request, not for every connection: a certificate that is revoked while its connection is kept is
refused at the next request, in every process.
"""

from datetime import datetime
from functools import lru_cache

from models.certificates.queries import find_certificate
from models.database import Database
from rules.certificates.admission import hindrance
from rules.certificates.registered import RegisteredCertificate
from runtime.addresses import Network, address_of, network_of
from runtime.client_certificates import ClientCertificate
from schemas.codes import CertificatePurpose
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode


def admit(
    shown: ClientCertificate | None,
    *,
    purpose: CertificatePurpose,
    source_address: str,
    now: datetime,
    database: Database,
) -> RegisteredCertificate | Refusal:
    """Give what is registered of a caller's certificate, or say why it may not come in.

    :param shown: the certificate of the connection; its authority has been checked by TLS.
    :param now: real time, which certificates live by.
    """
    if shown is None:
        return Refusal(RefusalCode.NO_CERTIFICATE)
    with database.plain_read() as cursor:
        registered = find_certificate(cursor, issuer=shown.issuer, serial=shown.serial)
    if registered is None or registered.fingerprint not in (None, shown.fingerprint):
        return Refusal(RefusalCode.CERTIFICATE_NOT_REGISTERED)
    code = hindrance(
        registered,
        purpose=purpose,
        from_registered_address=_may_come_from(registered, source_address),
        begins_at=shown.valid_from,
        ends_at=shown.expires_at,
        now=now,
    )
    return registered if code is None else Refusal(code)


def _may_come_from(registered: RegisteredCertificate, source_address: str) -> bool:
    """Tell whether a certificate may be used from an address; networks are written ``203.0.113.0/24``."""
    if not registered.source_addresses:
        return True
    source = address_of(source_address)
    return any(source in _network(allowed) for allowed in registered.source_addresses)


@lru_cache(maxsize=2048)
def _network(text: str) -> Network:
    return network_of(text)
