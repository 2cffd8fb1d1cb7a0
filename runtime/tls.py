"""TLS on both ends of a call: what a server asks of its callers, and what the hub shows when it calls."""

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class MutualTls:
    """A server's side of mutual TLS. A caller without a sound certificate ends in the handshake."""

    certificate: Path
    """The server's own, with its key, PEM."""
    authority: Path
    """Who signs the callers' certificates, PEM."""


def server_context(tls: MutualTls) -> ssl.SSLContext:
    """Make the context of a server.

    :raises OSError: when a file is missing; ssl.SSLError: when one cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(tls.certificate)
    context.load_verify_locations(tls.authority)
    context.verify_mode = ssl.CERT_REQUIRED
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
