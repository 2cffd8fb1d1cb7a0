"""What the tests of the SOAP face share: a real server, and how retailers' systems connect to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from deploy.local_certificates import Certificates
from deploy.stack.environment import socket_folder
from deploy.stack.postgres import Cluster
from models.database import Database
from tests.soap_api.filing import Filing
from tests.support.certificates import make_certificates, register_issued, trust_the_foreign_authority
from tests.support.database import free_port
from tests.support.settings import settings_for
from tests.support.soap_server import Connection, SoapServer, running_soap_server
from tests.support.temporal import TemporalServer
from tests.support.use_case_fixtures import certificates, parts, retailers, settings

__all__ = ["certificates", "parts", "retailers", "settings"]

Connect = Callable[[str], Connection]


@pytest.fixture(scope="session")
def soap_process(
    cluster: Cluster,
    certificates: Certificates,
    temporal_server: TemporalServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SoapServer]:
    with _running(
        cluster, certificates, folder=tmp_path_factory.mktemp("soap"), temporal=temporal_server.address
    ) as server:
        yield server


@pytest.fixture(scope="session")
def soap_process_alone(
    cluster: Cluster, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SoapServer]:
    """Run the SOAP server while Temporal is away: what it stores stays as it was stored, whatever worker runs."""
    nowhere = f"localhost:{free_port()}"
    with _running(cluster, certificates, folder=tmp_path_factory.mktemp("soap-alone"), temporal=nowhere) as server:
        yield server


@pytest.fixture
def soap_process_of_two_authorities(cluster: Cluster, tmp_path: Path) -> Iterator[SoapServer]:
    """Run the SOAP server where a second authority's certificates are trusted too."""
    certificates = make_certificates(tmp_path / "tls")
    trust_the_foreign_authority(certificates)
    with _running(cluster, certificates, folder=tmp_path, temporal=f"localhost:{free_port()}") as server:
        yield server


def _running(
    cluster: Cluster, certificates: Certificates, *, folder: Path, temporal: str
) -> AbstractContextManager[SoapServer]:
    port = free_port()
    settings = settings_for(
        cluster.url,
        certificates,
        soap_port=port,
        soap_public_url=f"https://localhost:{port}",
        answer_within=3.0,
        front_request_within=4.0,
        web_port=free_port(),
        front_metrics_port=free_port(),
        socket_folder=socket_folder(folder),
        grid_url=f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}",
    )
    return running_soap_server(settings, certificates, folder=folder, environment={"TEMPORAL_ADDRESS": temporal})


@pytest.fixture
def connect(soap_process: SoapServer, retailers: Database) -> Iterator[Connect]:
    """Connect a retailer's system, by the retailer's code, with its registered certificate."""
    with _connecting(soap_process, retailers) as connect:
        yield connect


@pytest.fixture
def filing(soap_process_alone: SoapServer, retailers: Database) -> Iterator[Filing]:
    """Send applications on their own."""
    with _connecting(soap_process_alone, retailers) as connect:
        yield Filing(connect, retailers)


@contextmanager
def _connecting(process: SoapServer, retailers: Database) -> Iterator[Connect]:
    with ExitStack() as open_connections:

        def connect(code: str) -> Connection:
            issued = process.certificates.make_for_retailer(code)
            register_issued(retailers, issued, retailer=code)
            return open_connections.enter_context(process.connect(issued.path))

        yield connect
