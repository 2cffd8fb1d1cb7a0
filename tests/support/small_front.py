"""The real front before small servers, whose applications tell who called."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from subprocess import Popen

from deploy.authority import issue_client_certificate, issue_server_certificate, make_authority
from deploy.front.places import Front, front_of
from deploy.stack.environment import socket_folder
from deploy.stack.probes import all_listen
from runtime.settings.processes import FrontSettings
from tests.support.database import free_port
from tests.support.front import running_front
from tests.support.processes import running_module


def make_small_certificates(folder: Path) -> None:
    """Make the server's certificate, and clients': ``client``, ``expired`` and one of another authority."""
    authority = make_authority(folder)
    issue_server_certificate(authority, folder / "server.pem")
    issue_client_certificate(authority, folder / "client.pem", common_name="1001")
    issue_client_certificate(
        authority, folder / "expired.pem", common_name="1001", expires_at=datetime.now(UTC) - timedelta(minutes=1)
    )
    issue_client_certificate(make_authority(folder / "other"), folder / "foreign.pem", common_name="1001")


def describe_front(folder: Path, **settings: object) -> Front:
    """Describe a front on free ports, with the certificates of a folder."""
    values = {
        "soap_port": free_port(),
        "web_port": free_port(),
        "front_metrics_port": free_port(),
        "soap_certificate": folder / "server.pem",
        "tls_authority": folder / "authority.pem",
        "socket_folder": socket_folder(folder / f"{free_port()}"),
    }
    return front_of(FrontSettings.model_validate(values | settings), folder=folder / f"front-{values['soap_port']}")


@contextmanager
def serving(
    front: Front, folder: Path, *, threads: int = 1, renew_after: int = 0, screens: bool = False, figures: int = 0
) -> Iterator[Popen[bytes]]:
    """Run the small server, and the front before it, for a block.

    :param screens: the server answers for both faces; otherwise for SOAP alone.
    :param figures: the port where its first process shows them.
    """
    places = front.soap.processes + (front.screens.processes if screens else ())
    arguments = (str(folder), " ".join(places), "", "", str(renew_after), str(threads), str(figures))
    with (
        running_module(
            "tests.support.small_server", *arguments, port=lambda: all_listen(places), log=log_of(front, folder)
        ) as process,
        running_front(front),
    ):
        yield process


def log_of(front: Front, folder: Path) -> Path:
    """Name the log of the small server behind a front."""
    return folder / f"{front.soap.port}.log"


def line_to(front: Front, folder: Path, *, certificate: str | None) -> HTTPSConnection:
    """Give a connection to the SOAP face that is opened when it is first used."""
    return HTTPSConnection("localhost", front.soap.port, context=context_of(folder, certificate), timeout=20)


def get(
    front: Front,
    folder: Path,
    *,
    certificate: str | None = "client",
    path: str = "/",
    headers: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Ask on a new connection."""
    connection = line_to(front, folder, certificate=certificate)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def ask_at(place: str, path: str, *, patience: float = 10) -> str:
    """Ask a process at its own place, without the front, and give nothing where none takes it."""
    line = HTTPConnection("localhost")
    line.sock = socket.socket(socket.AF_UNIX)
    line.sock.settimeout(patience)
    line.sock.connect(place.removeprefix("unix:"))
    try:
        line.request("GET", path)
        return line.getresponse().read().decode()
    except TimeoutError:
        return ""
    finally:
        line.close()


def context_of(folder: Path, certificate: str | None) -> ssl.SSLContext:
    """Trust the folder's authority, and show one of its certificates by name."""
    context = ssl.create_default_context(cafile=folder / "authority.pem")
    if certificate is not None:
        context.load_cert_chain(folder / f"{certificate}.pem")
    return context


def connect(front: Front, folder: Path, *, address: str = "127.0.0.1") -> ssl.SSLSocket:
    """Come in at the SOAP face from an address of this machine, and shake hands without a certificate."""
    plain = socket.create_connection(("127.0.0.1", front.soap.port), timeout=10, source_address=(address, 0))
    return context_of(folder, None).wrap_socket(plain, server_hostname="localhost")


def comes_in(front: Front, folder: Path, *, address: str) -> bool:
    """Tell whether somebody at an address comes as far as having shaken hands."""
    try:
        connect(front, folder, address=address).close()
    except OSError:
        return False
    return True
