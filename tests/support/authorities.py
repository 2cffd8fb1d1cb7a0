"""Authorities of other shapes than the local one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.authority import Authority


def make_authority_with_intermediates(folder: Path) -> Authority:
    """Make an authority in ``folder``, where the local one would be, that lets others sign for it."""
    made = trustme.CA(path_length=1)
    authority = Authority(certificate=folder / "authority.pem", key=folder / "authority-key.pem")
    authority.certificate.write_bytes(made.cert_pem.bytes())
    authority.key.write_bytes(made.private_key_pem.bytes())
    return authority


def make_expired_intermediate(folder: Path) -> Authority:
    """Make an authority that the one in ``folder`` has signed, and whose time is over."""
    root = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    signer = serialization.load_pem_private_key((folder / "authority-key.pem").read_bytes(), password=None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey), "trustme makes no other"
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Expired Intermediate Authority")]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now - timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(signer, hashes.SHA256())
    )
    made = Authority(certificate=folder / "intermediate.pem", key=folder / "intermediate-key.pem")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made
