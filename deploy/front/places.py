"""Where the front listens, and where what is behind it, its certificates and its figures are."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from deploy.front.limits import Limits
from runtime.addresses import Network
from runtime.listening import listening
from runtime.settings.processes import FrontSettings

ADMIN_SOCKET = "front-admin.sock"


@dataclass(frozen=True, kw_only=True)
class Face:
    """One face of the hub, as callers reach it, and the processes that answer for it."""

    host: str
    port: int
    processes: tuple[str, ...]
    """What each of them listens on: ``unix:/path`` or ``host:port``."""
    at_once: int
    """How many requests all of them answer side by side."""
    certificate: Path | None
    """The server's own with its key, PEM; None for plain HTTP, on this machine only."""


@dataclass(frozen=True, kw_only=True)
class Front:
    """All that the configuration follows from."""

    soap: Face
    screens: Face
    authority: Path
    """Who signs the callers' certificates, PEM; one file may hold several."""
    folder: Path
    """Where the configuration itself lies; what is replaced without a restart is read from there."""
    admin_socket: Path
    """Where the front is told what to do, by the user it runs as alone."""
    figures_host: str
    figures_port: int
    limits: Limits
    proxies: tuple[Network, ...] = ()
    """Who ends TLS before it for callers, and says what certificate they showed."""


def front_of(chosen: FrontSettings, *, folder: Path) -> Front:
    """Describe the front that the settings ask for.

    :param folder: where its configuration will lie.
    """
    sockets = chosen.socket_folder
    soap = listening("soap", folder=sockets, address=chosen.soap_listen, processes=chosen.soap_workers)
    screens = listening("screens", folder=sockets, address=chosen.web_listen, processes=chosen.web_workers)
    encrypted = urlsplit(chosen.web_public_url).scheme == "https"
    return Front(
        soap=Face(
            host=chosen.soap_host,
            port=chosen.soap_port,
            processes=soap.places,
            at_once=chosen.soap_threads * chosen.soap_workers,
            certificate=chosen.soap_certificate,
        ),
        screens=Face(
            host=chosen.web_host,
            port=chosen.web_port,
            processes=screens.places,
            at_once=chosen.web_threads * chosen.web_workers,
            certificate=(chosen.web_certificate or chosen.soap_certificate) if encrypted else None,
        ),
        authority=chosen.tls_authority,
        folder=folder,
        admin_socket=sockets / ADMIN_SOCKET,
        figures_host=chosen.monitoring_host,
        figures_port=chosen.front_metrics_port,
        limits=Limits(
            request=chosen.front_request_within,
            connections=chosen.front_connections,
            connections_per_address=chosen.front_connections_per_address,
            new_per_address=chosen.front_new_per_address,
        ),
        proxies=chosen.proxies,
    )
