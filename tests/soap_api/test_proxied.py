"""A retailer's system that comes by a proxy: the registry, the address and the certificate itself hold as anywhere."""

import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from deploy.authority import Issued, issue_client_certificate, make_authority
from deploy.local_certificates import Certificates
from deploy.stack.environment import socket_folder
from deploy.stack.postgres import Cluster
from models.certificates.operations import register_certificate
from models.database import Database
from runtime.client_certificates import describe_certificate
from soap_api.services import LOW_VOLTAGE, path_of
from tests.support.cast import NEW
from tests.support.certificates import client_certificate
from tests.support.database import free_port
from tests.support.settings import settings_for
from tests.support.soap_server import SoapServer, running_soap_server

PROXY, ANYBODY = "127.0.0.2", "127.0.0.3"
OFFICE = "203.0.113.7"


@dataclass(frozen=True)
class Proxy:
    """What a proxy of the tests hands on, and where it is."""

    server: SoapServer

    def ask(self, shown: Path | None, *, caller: str = OFFICE, address: str = PROXY) -> str:
        """Hand on a request that is no message, and give the code of the refusal."""
        headers = {"Content-Type": "text/xml; charset=utf-8", "X-Forwarded-For": caller}
        if shown is not None:
            der = x509.load_pem_x509_certificate(shown.read_bytes()).public_bytes(Encoding.DER)
            headers["Client-Cert"] = f":{b64encode(der).decode()}:"
        context = ssl.create_default_context(cafile=self.server.certificates.authority)
        line = HTTPSConnection("localhost", self.server.port, context=context, timeout=20, source_address=(address, 0))
        with closing(line):
            line.request("POST", path_of(LOW_VOLTAGE), b"<not XML", headers)
            answer = line.getresponse().read().decode()
        return answer.partition("HUB-")[2][:4]


@pytest.fixture
def proxy(cluster: Cluster, certificates: Certificates, tmp_path: Path) -> Iterator[Proxy]:
    port = free_port()
    settings = settings_for(
        cluster.url,
        certificates,
        soap_port=port,
        web_port=free_port(),
        front_metrics_port=free_port(),
        front_proxies=PROXY,
        socket_folder=socket_folder(tmp_path),
    )
    nowhere = {"TEMPORAL_ADDRESS": f"localhost:{free_port()}"}
    with running_soap_server(settings, certificates, folder=tmp_path, environment=nowhere) as server:
        yield Proxy(server)


def test_who_comes_by_a_proxy_is_held_to_what_is_registered(
    proxy: Proxy, certificates: Certificates, retailers: Database, tmp_path: Path
) -> None:
    ours = client_certificate(certificates, "by-proxy")
    register(retailers, ours)

    assert proxy.ask(ours.path) == "T005", "it has come in, and what it says is no message"
    assert proxy.ask(ours.path, caller=f"198.51.100.1, ::ffff:{OFFICE}") == "T005"
    assert proxy.ask(ours.path, caller="198.51.100.1") == "A005"
    assert proxy.ask(ours.path, caller=f"{OFFICE}, 198.51.100.1") == "A005"
    assert proxy.ask(ours.path, address=ANYBODY) == "A001"
    assert proxy.ask(None) == "A001"
    assert proxy.ask(certificates.grid_client) == "A002"
    assert proxy.ask(forged(ours, tmp_path)) == "A002"


def register(database: Database, issued: Issued) -> None:
    whole = describe_certificate(x509.load_pem_x509_certificate(issued.path.read_bytes()))
    with database.transaction() as session:
        register_certificate(
            session,
            issuer=issued.issuer,
            serial=issued.serial,
            retailer_code=NEW,
            expires_at=issued.expires_at,
            fingerprint=whole.fingerprint,
            source_addresses=(OFFICE,),
        )


def forged(ours: Issued, folder: Path) -> Path:
    """Make a certificate of the same names by an authority of the same name, as a proxy that checks none would take."""
    twin = make_authority(folder / "twin")
    made = issue_client_certificate(twin, folder / "forged.pem", common_name=NEW, serial_number=int(ours.serial, 16))
    assert (made.issuer, made.serial) == (ours.issuer, ours.serial)
    return made.path
