"""Where the hub is, and how a retailer's system comes in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests
from zeep.transports import Transport

from switching_hub_client.bounded import BoundedAdapter


@dataclass(frozen=True)
class Connection:
    """The hub's address, and the certificates of both sides, each as a PEM file."""

    url: str
    """Without path: ``https://hub.example:8443``."""
    certificate: Path
    """The client certificate that the hub knows the retailer by, with its key."""
    authority: Path
    """Certificate of the authority that issued the hub's own."""
    timeout: float = 60.0
    """Seconds without a byte until a call counts as one with unknown outcome."""
    transport: Callable[..., Transport] = Transport
    """Made once for each WSDL, from its ``session``, ``timeout`` and ``operation_timeout``."""

    def session(self) -> requests.Session:
        """Open connections that are kept and used again."""
        session = requests.Session()
        session.cert = str(self.certificate)
        session.verify = str(self.authority)
        session.mount("https://", BoundedAdapter())
        session.headers["Accept-Encoding"] = "identity"
        session.trust_env = False  # a proxy or another authority of the environment is none of ours
        return session
