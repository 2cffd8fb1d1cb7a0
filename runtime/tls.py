"""TLS on both ends of a call: what a server asks of its callers, and what the hub shows when it calls."""

import ssl
from dataclasses import dataclass
from pathlib import Path

_NO_CHECK_TIME = 0x200000
"""OpenSSL's ``X509_V_FLAG_NO_CHECK_TIME``, for which Python's ssl has no name."""


@dataclass(frozen=True)
class MutualTls:
    """A server's side of mutual TLS. A caller with a certificate of another authority ends in the handshake."""

    certificate: Path
    """The server's own, with its key, PEM."""
    authority: Path
    """Who signs the callers' certificates, PEM."""
    answers_faults: bool
    """A caller without a certificate, or with an expired one, gets as far as the application, which must look
    at it and answer with a fault. Otherwise both end in the handshake too."""


def server_context(tls: MutualTls) -> ssl.SSLContext:
    """Make the context of a server.

    :raises OSError: when a file is missing; ssl.SSLError: when one cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(tls.certificate)
    context.load_verify_locations(tls.authority)
    context.verify_mode = ssl.CERT_REQUIRED
    if tls.answers_faults:
        context.verify_mode = ssl.CERT_OPTIONAL
        context.verify_flags |= _NO_CHECK_TIME
    return context


def client_context(*, certificate: Path, authority: Path) -> ssl.SSLContext:
    """Make the context of a client that shows ``certificate`` and trusts ``authority`` alone.

    :raises OSError: when a file is missing; ssl.SSLError: when one cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate)
    context.load_verify_locations(authority)
    return context
