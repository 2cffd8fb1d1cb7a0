"""What a client certificate says of itself: the same in a connection and in the file that is registered.

A serial is unique for one authority only, so a certificate is its issuer and its serial (RFC 5280 §4.1.2.2).
"""

import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

_BLANKS = re.compile(r"(^|(?<!\\)[,+])\s*([A-Za-z0-9.]+)\s*=\s*")
"""As tools write a name (``CN = a, O = b``); RFC 4514 has none around the marks."""
_BYTE_SEQUENCE = re.compile(":(?P<bytes>[A-Za-z0-9+/]+={0,2}):")
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
    fingerprint: str = ""
    """SHA-256 of all of it, in hexadecimal: what tells it from one of another authority that bears the same name."""


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
        fingerprint=certificate.fingerprint(SHA256()).hex(),
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
def shown_certificate(by_front: str | None, *, by_proxy: str | None = None) -> ClientCertificate | None:
    """Name the certificate that a caller showed, whose authority has been checked by TLS; the same few come each time.

    :param by_front: what the front wrote (Envoy's ``x-forwarded-client-cert``), where it has ended TLS.
    :param by_proxy: what a proxy wrote that did so before it (RFC 9440).
    :return: None where there is none, or none that can be told from others. The front lets one of both through.
    """
    if by_front is not None and by_proxy is not None:
        return None
    try:
        certificate = _of_front(by_front or "") if by_proxy is None else _of_proxy(by_proxy)
        return None if certificate is None else describe_certificate(certificate)
    except ValueError:
        return None


def _of_front(header: str) -> x509.Certificate | None:
    found = _PEM.search(header)
    return None if found is None else x509.load_pem_x509_certificate(unquote_to_bytes(found["pem"]))


def _of_proxy(header: str) -> x509.Certificate | None:
    """Read one byte sequence (RFC 8941) and nothing else: a header that came twice has a comma in it."""
    found = _BYTE_SEQUENCE.fullmatch(header.strip())
    return None if found is None else x509.load_der_x509_certificate(b64decode(found["bytes"], validate=True))
