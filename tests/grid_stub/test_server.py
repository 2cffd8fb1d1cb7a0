"""The stub as a process: who gets in, and what a kill leaves."""

import os
import signal
from pathlib import Path
from subprocess import Popen

import pytest
import requests

from deploy.authority import issue_client_certificate, make_authority
from deploy.stack.postgres import Cluster
from grid_client.client import GridClient
from models.database import Database
from schemas.codes import ApplicationKind, ApplicationState, Area
from tests.support.database import free_port
from tests.support.grid import Grid, grid_server
from tests.support.processes import listens, wait_until


def kill_with_workers(process: Popen[bytes]) -> None:
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    for worker in workers:
        os.kill(int(worker), signal.SIGKILL)
    process.wait(10)


def test_a_caller_without_a_certificate_ends_in_the_handshake(grid: Grid) -> None:
    with pytest.raises(requests.ConnectionError):
        requests.get(
            f"https://localhost:{grid.server.port}/control/03",
            verify=str(grid.server.authority.certificate),
            timeout=10,
        )


def test_a_caller_of_an_unknown_authority_ends_in_the_handshake(grid: Grid, tmp_path: Path) -> None:
    stranger = issue_client_certificate(make_authority(tmp_path), tmp_path / "stranger.pem", common_name="hub").path

    with pytest.raises(requests.ConnectionError):
        requests.get(
            f"https://localhost:{grid.server.port}/control/03",
            cert=str(stranger),
            verify=str(grid.server.authority.certificate),
            timeout=10,
        )


def test_a_kill_loses_neither_applications_nor_controls(cluster: Cluster, database: Database, tmp_path: Path) -> None:
    server = grid_server(cluster.url, tmp_path, port=free_port())
    grid = Grid(server, GridClient(server.settings()), database)
    with server.run() as process:
        number = grid.start().application_number
        grid.tell(Area.CHUBU, down=True)
        kill_with_workers(process)
    wait_until(lambda: not listens(server.port), what="the killed stub to let go of its port")

    grid = Grid(server, GridClient(server.settings()), database)  # whose connections are not those that were cut
    with server.run() as process:
        assert grid.status(ApplicationKind.START, number).application_state is ApplicationState.RECEIVED
        assert grid.request("GET", "/control/04").json()["down"] is True
        kill_with_workers(process)  # quicker than asking it
