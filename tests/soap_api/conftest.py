"""What the tests of the SOAP face share: parts around a real database and Temporal, and a real server."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.certificates import Certificates
from deploy.stack.postgres import Cluster
from grid_client.client import GridClient
from models.database import Database
from rules.calendar import JapaneseCalendar
from soap_api.parts import Parts
from temporal.deliver import OutcomeOpen
from tests.soap_api.lone import Filing
from tests.support.cases import register_retailers
from tests.support.certificates import make_certificates, register_issued, trust_the_foreign_authority
from tests.support.database import free_port
from tests.support.grid import Grid
from tests.support.hub import Hub
from tests.support.settings import Settings, settings_for
from tests.support.soap_server import Connection, SoapServer, running_soap_server
from tests.support.temporal import TemporalServer

Connect = Callable[[str], Connection]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def retailers(database: Database) -> Database:
    """The database with the three retailers of the demo."""
    with database.transaction() as session:
        register_retailers(session)
    return database


@pytest.fixture
def settings(database_url: str, certificates: Certificates) -> Settings:
    """Settings under which no grid operator can be reached."""
    nowhere = f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}"
    return settings_for(database_url, certificates, grid_url=nowhere)


@pytest.fixture
def parts(retailers: Database, settings: Settings) -> Parts:
    """Parts around the database alone: Temporal and the grid operators are away."""

    def away(case_number: str) -> None:
        raise OutcomeOpen

    return Parts(
        settings=settings,
        database=retailers,
        deliver=away,
        start=lambda case_number: None,
        grid=GridClient(settings),
        calendar=JapaneseCalendar(),
    )


@pytest.fixture
def live_parts(parts: Parts, grid: Grid) -> Parts:
    """Parts that reach the grid stub."""
    return replace(parts, grid=grid.client)


@pytest.fixture
def working_parts(parts: Parts, hub: Hub) -> Parts:
    """Parts that reach Temporal, where a worker works."""
    return replace(parts, deliver=hub.deliver)


@pytest.fixture(scope="session")
def soap_process(
    cluster: Cluster,
    certificates: Certificates,
    temporal_server: TemporalServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SoapServer]:
    """The SOAP server, running for the session."""
    with _running(
        cluster, certificates, folder=tmp_path_factory.mktemp("soap"), temporal=temporal_server.address
    ) as server:
        yield server


@pytest.fixture(scope="session")
def soap_process_alone(
    cluster: Cluster, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SoapServer]:
    """The SOAP server while Temporal is away: what it stores stays as it was stored, whatever worker runs."""
    nowhere = f"localhost:{free_port()}"
    with _running(cluster, certificates, folder=tmp_path_factory.mktemp("soap-alone"), temporal=nowhere) as server:
        yield server


@pytest.fixture
def soap_process_of_two_authorities(cluster: Cluster, tmp_path: Path) -> Iterator[SoapServer]:
    """The SOAP server where a second authority's certificates are trusted too."""
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
        soap_patience=4.0,
        grid_url=f"https://localhost:{free_port()}/grid/{{area}}/{{segment}}",
    )
    return running_soap_server(settings, certificates, folder=folder, environment={"TEMPORAL_ADDRESS": temporal})


@pytest.fixture
def connect(soap_process: SoapServer, retailers: Database) -> Iterator[Connect]:
    """Connects a retailer's system, by the retailer's code, with its registered certificate."""
    with _connecting(soap_process, retailers) as connect:
        yield connect


@pytest.fixture
def filing(soap_process_alone: SoapServer, retailers: Database) -> Iterator[Filing]:
    """Sends applications on their own."""
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
