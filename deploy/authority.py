"""A local authority (認証局) for the stack, the demo and the tests, and the certificates it issues.

Certificates go with their key into one PEM file that its owner alone may read. In production both come
from the authority the field uses (terms §10), and nothing here is run.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from runtime.client_certificates import describe_certificate

_ORGANIZATION = "Switching Hub"
_CERTIFICATE_LASTS = timedelta(days=730)
_BACKDATED = timedelta(hours=1)
"""So that a machine whose clock is a little behind takes a new certificate."""


@dataclass(frozen=True)
class Authority:
    """Who signs: its certificate is what both sides trust."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Issued:
    """A certificate with its key in one file, and what is registered of it."""

    path: Path
    issuer: str
    """The authority's distinguished name (RFC 4514)."""
    serial: str
    """Lowercase hexadecimal without leading zeros."""
    expires_at: datetime


def make_authority(folder: Path, *, name: str = "Switching Hub Local Authority") -> Authority:
    """Make an authority in ``folder``, or take the one that is there."""
    authority = Authority(certificate=folder / "authority.pem", key=folder / "authority-key.pem")
    if authority.certificate.exists():
        return authority
    folder.mkdir(parents=True, exist_ok=True)
    new_authority = trustme.CA(path_length=0, organization_name=_ORGANIZATION, organization_unit_name=name)
    _write(authority.key, new_authority.private_key_pem.bytes())
    _write(authority.certificate, new_authority.cert_pem.bytes())
    return authority


def issue_server_certificate(
    authority: Authority, path: Path, *, hosts: Sequence[str] = ("localhost", "127.0.0.1")
) -> Issued:
    """Issue the certificate of a server that is reached under ``hosts``, names or addresses."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return _issue(authority, path, common_name=hosts[0], usage=ExtendedKeyUsageOID.SERVER_AUTH, names=names)


def issue_client_certificate(
    authority: Authority,
    path: Path,
    *,
    common_name: str,
    expires_at: datetime | None = None,
    serial_number: int | None = None,
) -> Issued:
    """Issue a client's certificate; a retailer's bears its code as common name.

    :param serial_number: one drawn by chance, if not given.
    """
    return _issue(
        authority,
        path,
        common_name=common_name,
        usage=ExtendedKeyUsageOID.CLIENT_AUTH,
        expires_at=expires_at,
        serial_number=serial_number,
    )


def read_issued(path: Path) -> Issued:
    """Read from a certificate's file what is registered of it.

    :raises OSError: when there is no such file; ValueError: when it holds no certificate.
    """
    description = describe_certificate(x509.load_pem_x509_certificate(path.read_bytes()))
    return Issued(path=path, issuer=description.issuer, serial=description.serial, expires_at=description.expires_at)


def _issue(
    authority: Authority,
    path: Path,
    *,
    common_name: str,
    usage: x509.ObjectIdentifier,
    names: x509.SubjectAlternativeName | None = None,
    expires_at: datetime | None = None,
    serial_number: int | None = None,
) -> Issued:
    """Issue by hand: trustme's serve for servers and clients alike, and take no serial number."""
    signer = serialization.load_pem_private_key(authority.key.read_bytes(), password=None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey), "make_authority makes no other"
    issuer = x509.load_pem_x509_certificate(authority.certificate.read_bytes())
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    expires_at = expires_at or now + _CERTIFICATE_LASTS
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(serial_number or x509.random_serial_number())
        .not_valid_before(min(now, expires_at) - _BACKDATED)
        .not_valid_after(expires_at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if names is not None:
        builder = builder.add_extension(names, critical=False)
    certificate = builder.sign(signer, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, certificate.public_bytes(serialization.Encoding.PEM) + private)
    return read_issued(path)


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path: Path, content: bytes) -> None:
    """Write it readable by its owner alone from its first byte on, and whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    os.replace(draft, path)
