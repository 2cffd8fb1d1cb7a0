"""What a client certificate says of itself: the same in a connection and in the file that is registered.

A serial is unique for one authority only, so a certificate is its issuer and its serial (RFC 5280 §4.1.2.2).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from cryptography import x509

_BLANKS = re.compile(r"(^|(?<!\\)[,+])\s*([A-Za-z0-9.]+)\s*=\s*")
"""As tools write a name (``CN = a, O = b``); RFC 4514 has none around the marks."""
_PEM = re.compile('(?:^|;)Cert="(?P<pem>[^"]*)"')


@dataclass(frozen=True)
class ClientCertificate:
    """Which certificate it is, and how long it lasts."""

    issuer: str
    """The authority's distinguished name as RFC 4514 writes it; however its certificate encodes the letters."""
    serial: str
    """Lowercase hexadecimal without leading zeros."""
    subject: str
    """As the issuer; no identity, it is for who reads it."""
    valid_from: datetime
    expires_at: datetime


def describe_certificate(certificate: x509.Certificate) -> ClientCertificate:
    """Name a certificate.

    :raises ValueError: when it does not say who issued it, or is not written as certificates are.
    """
    issuer = certificate.issuer.rfc4514_string()
    if not issuer:
        raise ValueError("a certificate without the name of its issuer")
    return ClientCertificate(
        issuer=issuer,
        serial=f"{certificate.serial_number:x}",
        subject=certificate.subject.rfc4514_string(),
        valid_from=certificate.not_valid_before_utc,
        expires_at=certificate.not_valid_after_utc,
    )


def canonical_serial(text: str) -> str:
    """Write a serial in the one form in which it is registered, from hexadecimal as tools show it (``01:AB:…``).

    :raises ValueError: when it is none.
    """
    return f"{int(text.replace(':', '').replace(' ', ''), 16):x}"


def canonical_issuer(text: str) -> str:
    """Write an authority's distinguished name in the one form in which it is registered.

    :raises ValueError: when it is none.
    """
    return x509.Name.from_rfc4514_string(_BLANKS.sub(r"\1\2=", text.strip())).rfc4514_string()


@lru_cache(maxsize=2048)
def certificate_of_front(header: str | None) -> ClientCertificate | None:
    """Name the certificate that the front says a caller showed; the same few come with every request.

    :param header: what the front wrote (Envoy's ``x-forwarded-client-cert``); its authority has been checked by TLS.
    :return: None where there is none, or none that can be told from others.
    """
    found = _PEM.search(header or "")
    if found is None:
        return None
    try:
        return describe_certificate(x509.load_pem_x509_certificate(unquote_to_bytes(found["pem"])))
    except ValueError:
        return None
