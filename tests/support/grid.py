"""The grid stub as a process of the tests, over real mutual TLS."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any
from uuid import uuid4

import requests

from deploy.authority import Authority, issue_client_certificate, issue_server_certificate, make_authority
from grid_client.client import GridClient
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import day_of
from runtime.settings.shared import GridCallSettings
from schemas.codes import ApplicationKind, Area
from schemas.grid import HUB_ITSELF, GridAnswer, grid_interface
from schemas.interfaces.processing_status import (
    ProcessingStatus,
    ProcessingStatusListResponse,
    ProcessingStatusResponse,
)
from tests.support.grid_requests import NUMBERS, SEGMENT, end_request, start_request, withdrawal_request
from tests.support.processes import running_module, wait_until

STEP = timedelta(seconds=600)
"""Business time of a working step: long, so that nothing completes while a test looks."""
BEFORE_LATE = timedelta(days=40)

_STATUSES = {ApplicationKind.START: "10620", ApplicationKind.END: "10720"}


@dataclass(frozen=True)
class GridServer:
    """Where the stub runs and what opens it."""

    port: int
    authority: Authority
    environment: Mapping[str, str]
    log: Path

    def run(self) -> AbstractContextManager[Popen[bytes]]:
        return running_module("grid_stub.server", port=self.port, log=self.log, environment=self.environment)

    def url(self, path: str) -> str:
        """Give an address of the stub."""
        return f"https://localhost:{self.port}{path}"

    def settings(self, **changes: Any) -> GridCallSettings:
        """Give the settings of a process that calls the stub."""
        values: dict[str, Any] = {
            "grid_url": self.url("/grid/{area}/{segment}"),
            "tls_authority": self.authority.certificate,
            "grid_client_certificate": self.environment["HUB_GRID_CLIENT_CERTIFICATE"],
            "grid_read_timeout": 10.0,
        }
        return GridCallSettings(**(values | changes))


def grid_server(url: str, folder: Path, *, port: int) -> GridServer:
    """Prepare a stub on a port, with certificates in a folder."""
    authority = make_authority(folder)
    server = issue_server_certificate(authority, folder / "grid.pem").path
    client = issue_client_certificate(authority, folder / "hub.pem", common_name="hub").path
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "HUB_GRID_STUB_PORT": str(port),
        "HUB_GRID_STUB_STEP_SECONDS": str(STEP.total_seconds()),
        "HUB_TLS_AUTHORITY": str(authority.certificate),
        "HUB_GRID_CLIENT_CERTIFICATE": str(client),
        "HUB_GRID_STUB_CERTIFICATE": str(server),
    }
    return GridServer(port, authority, environment, folder / "grid.log")


class Grid:
    """The stub as tests use it."""

    def __init__(self, server: GridServer, client: GridClient, database: Database) -> None:
        self.server = server
        self.client = client
        self.database = database
        self._day: date | None = None
        self._lines = requests.Session()

    def tell(self, area: Area, **controls: object) -> dict[str, Any]:
        """Tell an area how to behave."""
        return self._control("POST", area.value, json=controls)

    def intervene(self, number: str, **wanted: object) -> dict[str, Any]:
        """Have the grid operator do something with an application by itself."""
        return self._control("POST", f"applications/{number}", json=wanted)

    def wait_for_late_one(self, area: Area) -> None:
        """Wait until the area has taken what its caller gave up.

        It would take what the next test orders for its own, such as a cut line.
        """
        wait_until(lambda: self.counters(area)["applications"], what="what came late")

    def counters(self, area: Area) -> dict[str, Any]:
        """Give what an area has counted."""
        counted: dict[str, Any] = self._control("GET", "counters")[area.value]
        return counted

    def _control(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        response = self.request(method, f"/control/{path}", **more)
        response.raise_for_status()
        content: dict[str, Any] = response.json()
        return content

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        """Make a plain HTTP request with the hub's certificate."""
        return self._lines.request(
            method,
            self.server.url(path),
            cert=self.server.environment["HUB_GRID_CLIENT_CERTIFICATE"],
            verify=str(self.server.authority.certificate),
            timeout=20,
            **more,
        )

    def now(self) -> datetime:
        with self.database.transaction() as session:
            return business_now(session)

    def move_clock(self, by: timedelta) -> datetime:
        self._day = None
        with self.database.transaction() as session:
            return move_clock(session, by=by)

    def day(self) -> date:
        """Give an effective date that is far enough away; the same until the clock is moved."""
        if self._day is None:
            self._day = day_of(self.now()) + BEFORE_LATE
        return self._day

    def today(self) -> date:
        """Give the day of the business clock."""
        return self.day() - BEFORE_LATE

    def send(self, kind: ApplicationKind, request: Any, *, client: GridClient | None = None) -> GridAnswer:
        answer = (client or self.client).call(
            area=Area(request.application_number[2:4]),
            segment=SEGMENT,
            interface_number=NUMBERS[kind],
            request=request,
        )
        assert isinstance(answer, GridAnswer)
        return answer

    def start(self, **changes: Any) -> GridAnswer:
        return self.send(ApplicationKind.START, start_request(**({"effective_date": self.day()} | changes)))

    def end(self, **changes: Any) -> GridAnswer:
        return self.send(ApplicationKind.END, end_request(**({"effective_date": self.day()} | changes)))

    def withdraw(self, kind: ApplicationKind, number: str, **changes: Any) -> GridAnswer:
        return self.send(kind, withdrawal_request(kind, number, **changes))

    def status(self, kind: ApplicationKind, number: str, *, retailer: str = HUB_ITSELF) -> ProcessingStatus:
        """Ask where an application stands."""
        request = grid_interface(_STATUSES[kind], SEGMENT).request(
            message_id=str(uuid4()), retailer_code=retailer, application_number=number
        )
        answer = self.client.call(
            area=Area(number[2:4]), segment=SEGMENT, interface_number=_STATUSES[kind], request=request
        )
        assert isinstance(answer, ProcessingStatusResponse)
        return answer.status

    def statuses(
        self,
        area: Area,
        *,
        retailer: str = HUB_ITSELF,
        changed_since: datetime | None = None,
        cursor: str | None = None,
        **filters: Any,
    ) -> ProcessingStatusListResponse:
        """Ask for a page of an area's applications."""
        request = grid_interface("11110", SEGMENT).request(
            message_id=str(uuid4()),
            retailer_code=retailer,
            area=area,
            changed_since=changed_since,
            cursor=cursor,
            **filters,
        )
        answer = self.client.call(area=area, segment=SEGMENT, interface_number="11110", request=request)
        assert isinstance(answer, ProcessingStatusListResponse)
        return answer
