"""Whether somebody comes in with a registered certificate.

What keeps them out is looked for in an order: from an address that was not registered, whoever has come by a
certificate and its key hears nothing of how it stands.
"""

from datetime import datetime

from rules.certificates.registered import RegisteredCertificate
from schemas.codes import CertificatePurpose
from schemas.refusal_codes import RefusalCode


def hindrance(
    registered: RegisteredCertificate,
    *,
    purpose: CertificatePurpose,
    from_registered_address: bool,
    begins_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> RefusalCode | None:
    """Say what keeps a caller out; None where nothing does.

    :param begins_at: by the certificate's own word, as ``ends_at``.
    :param now: real time, which certificates live by.
    """
    if not from_registered_address:
        return RefusalCode.SOURCE_ADDRESS
    if registered.revoked_at is not None and registered.revoked_at <= now:
        return RefusalCode.CERTIFICATE_REVOKED
    if now < begins_at:
        return RefusalCode.CERTIFICATE_NOT_YET_VALID
    if now >= min(registered.expires_at, ends_at):
        return RefusalCode.CERTIFICATE_EXPIRED
    if now >= registered.ends_at:
        return RefusalCode.CERTIFICATE_REPLACED
    if registered.purpose is not purpose:
        return RefusalCode.CERTIFICATE_PURPOSE
    if registered.stopped:
        return RefusalCode.CERTIFICATES_STOPPED
    if not registered.retailer_active:
        return RefusalCode.RETAILER_NOT_ACTIVE
    if purpose is CertificatePurpose.API and not registered.api_started:
        return RefusalCode.API_NOT_STARTED
    return None
