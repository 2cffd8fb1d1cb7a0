"""The way of one inquiry, from a system and from a screen: the same use case, few files, no way back to a floor."""

import traceback
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder

from models.database import Database
from models.participants.operations import register_certificate
from runtime.client_certificates import ClientCertificate
from runtime.serving import PEER_CERTIFICATE
from runtime.settings.processes import WebSettings
from schemas.catalogue import namespace
from schemas.interfaces.facility_inquiry import FacilityInquiryRequest, FacilityInquiryResponse
from soap_api.wsgi import hub_wsgi
from tests.soap_support.envelopes import request_bytes
from tests.soap_support.examples import raw_example, typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import NEW, NEW_SIDE, register_retailers
from tests.web.conftest import Applications, Browsers
from tests.web.inquiries.test_facility_inquiry import ASK, FORM, TYPED
from tests.web.pages import get, page_of, send
from usecases.hub import Hub

ROOT = Path(__file__).parents[3]
MOST_STAYS = 10
FACE = ("web", "soap_api", "soap")
"""The adapter of SOAP carries bytes to what soap_api has it call: both are one floor."""
USE_CASE = ["usecases/facility_inquiry.py", "usecases/point_inquiries.py", "usecases/grid_inquiries.py"]


class Walk:
    """Where an inquiry has come through when its grid operator is asked."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def answer(self, request: Any) -> object:
        stack = (Path(frame.filename) for frame in traceback.extract_stack())
        inside = [str(file.relative_to(ROOT)) for file in stack if file.is_relative_to(ROOT)]
        ours = [file for file in inside if not file.startswith(("tests/", ".venv"))]
        self.files = [file for file, _ in groupby(ours)]
        return typed_example(FacilityInquiryResponse, point_number=request.point_number)

    def holds(self) -> None:
        """Make sure that it is short, and that no floor is come to twice."""
        rooms = (file.partition("/")[0] for file in self.files)
        floors = [floor for floor, _ in groupby("face" if room in FACE else room for room in rooms)]
        assert self.files[-len(USE_CASE) :] == USE_CASE
        assert len(self.files) <= MOST_STAYS, self.files
        assert floors == ["face", "usecases"], self.files


@pytest.fixture
def walk() -> Walk:
    return Walk()


def test_from_a_screen(settings: WebSettings, database: Database, application: Applications, walk: Walk) -> None:
    client = Browsers(application(settings, grid=AnsweringGrid(walk.answer)), database).of(NEW_SIDE)

    page_of(send(client, get(client, FORM), TYPED, button=ASK))

    walk.holds()
    assert walk.files[0] == "web/inquiries/views.py"


def test_from_a_system(database: Database, walk: Walk) -> None:
    now = datetime.now(UTC)
    until = now + timedelta(days=1)
    with database.transaction() as session:
        register_retailers(session)
        register_certificate(session, issuer="CN=Field", serial="a1", retailer_code=NEW, expires_at=until)
    hub = Hub(database=database, message_key=b"key", deliver=_nothing, grid=AnsweringGrid(walk.answer))
    peer = ClientCertificate("CN=Field", "a1", "CN=1001", valid_from=now - timedelta(days=1), expires_at=until)

    assert b"getFacilityResponse" in _called(hub, peer)

    walk.holds()
    assert walk.files[-len(USE_CASE) - 1] == "soap_api/wsgi.py"


def _nothing(case_number: str) -> None:
    """Deliver nothing: an inquiry has nothing to deliver."""


def _called(hub: Hub, peer: ClientCertificate) -> bytes:
    body = request_bytes("getFacility", raw_example(FacilityInquiryRequest), namespace=namespace("low_voltage"))
    environ = EnvironBuilder(
        "/soap/low_voltage",
        method="POST",
        input_stream=BytesIO(body),
        content_type="text/xml; charset=utf-8",
        content_length=len(body),
        environ_overrides={PEER_CERTIFICATE: peer, "REMOTE_ADDR": "203.0.113.7"},
    ).get_environ()
    return b"".join(hub_wsgi(hub, public_url="https://localhost")(environ, lambda *given: lambda data: None))
