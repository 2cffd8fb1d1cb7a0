"""Retailers are warned by mail before a certificate ends: a month and more before, and a last time."""

from dataclasses import dataclass
from datetime import timedelta

from models.certificates.operations import note_warned
from models.certificates.queries import certificates_ending
from models.clock import real_now
from models.database import Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.certificates.notices import WARNED_BEFORE, NoticeKind, warning_due
from usecases.actors import Operator
from usecases.certificates.telling import tell_retailer
from usecases.hub import Hub

_LOOKED_AT = timedelta(days=max(WARNED_BEFORE) + 1)


@dataclass(frozen=True)
class Warned:
    """What one look came to."""

    told: int
    """Warnings that were noted for retailers."""
    own: tuple[str, ...]
    """Serials of the hub operator's own that it is to renew; nobody is told by mail."""


def warn_of_certificates(*, actor: Operator, hub: Hub) -> Warned:
    """Note what warnings are due, each once however often this is done; one that was missed is not made up for."""
    demand(UseCase.WARN_OF_CERTIFICATES, capacity=actor.capacity, segment=None)
    return hub.database.run(_warn)


def _warn(session: Session) -> Warned:
    now = real_now(session)
    told, own = 0, []
    for certificate in certificates_ending(session, before=now + _LOOKED_AT):
        days = warning_due(certificate.ends_at, warned=certificate.warned_days, now=now)
        if days is None:
            continue
        note_warned(session, issuer=certificate.issuer, serial=certificate.serial, days=days)
        tell_retailer(session, certificate, NoticeKind.ENDS_SOON, at=certificate.ends_at)
        if certificate.retailer_code is None:
            own.append(certificate.serial)
        else:
            told += 1
    return Warned(told, tuple(own))
