"""What the hub operator sees of the client certificates."""

from dataclasses import dataclass

from models.certificates.queries import (
    CertificateChange,
    ListedCertificate,
    certificates_of,
    certificates_of_serial,
    changes_of,
)
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator, Person
from usecases.certificates.requests import WantedCertificate
from usecases.hub import Hub


@dataclass(frozen=True)
class SeenCertificate:
    """A certificate with what was done to it, the first first."""

    certificate: ListedCertificate
    changes: tuple[CertificateChange, ...]


def see_certificates(
    retailer_code: str | None = None, *, actor: Operator | Person, hub: Hub
) -> list[ListedCertificate]:
    """List the certificates of a retailer, or for None of all."""
    demand(UseCase.SEE_CERTIFICATES, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        return certificates_of(session, retailer_code=retailer_code)


def see_certificate(wanted: WantedCertificate, *, actor: Operator | Person, hub: Hub) -> list[SeenCertificate]:
    """Give a certificate with what was done to it; none, or one of each authority that has issued its serial."""
    demand(UseCase.SEE_CERTIFICATES, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        return [
            SeenCertificate(one, tuple(changes_of(session, issuer=one.issuer, serial=one.serial)))
            for one in certificates_of_serial(session, serial=wanted.serial)
            if wanted.issuer in (None, one.issuer)
        ]
