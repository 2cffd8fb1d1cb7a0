"""Who is calling: from the client certificate of the connection to the retailer it is bound to."""

from datetime import datetime

from models.database import Database
from runtime.client_certificates import ClientCertificate
from schemas.codes import CertificatePurpose
from schemas.findings import Refusal
from schemas.refusal_codes import RefusalCode
from usecases.actors import RetailerSystem
from usecases.certificates.admission import admit


def identify(
    peer: ClientCertificate | None,
    *,
    source_address: str,
    now: datetime,
    database: Database,
) -> RetailerSystem | Refusal:
    """Name the retailer behind a connection, or say why it may not come in (:func:`admit`)."""
    holder = admit(peer, purpose=CertificatePurpose.API, source_address=source_address, now=now, database=database)
    if isinstance(holder, Refusal):
        return holder
    if holder.retailer_code is None:
        return Refusal(RefusalCode.CERTIFICATE_PURPOSE)  # the hub operator's own, which are of people
    return RetailerSystem(holder.retailer_code, source_address)
