"""The way of one inquiry, from a system and from a screen: the same use case, few files, no way back to a floor."""

from typing import Any

import pytest

from models.database import Database
from runtime.settings.processes import WebSettings
from schemas.interfaces.facility_inquiry import FACILITY_INQUIRY, FacilityInquiryRequest, FacilityInquiryResponse
from tests.soap_support.examples import raw_example, typed_example
from tests.support.answering_grid import AnsweringGrid
from tests.support.cast import NEW, NEW_SIDE, register_retailers
from tests.support.soap_in_process import answer_to_system
from tests.support.walks import files_on_the_way, floors_of
from tests.web.conftest import Applications, Browsers
from tests.web.inquiries.test_facility_inquiry import ASK, FORM, TYPED
from tests.web.pages import get, page_of, send
from usecases.hub import Hub

MOST_STAYS = 10
USE_CASE = ["usecases/facility_inquiry.py", "usecases/point_inquiries.py", "usecases/grid_inquiries.py"]


class Walk:
    """Where an inquiry has come through when its grid operator is asked."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def answer(self, request: Any) -> object:
        self.files = files_on_the_way()
        return typed_example(FacilityInquiryResponse, point_number=request.point_number)

    def holds(self) -> None:
        """Make sure that it is short, and that no floor is come to twice."""
        assert self.files[-len(USE_CASE) :] == USE_CASE
        assert len(self.files) <= MOST_STAYS, self.files
        assert floors_of(self.files) == ["face", "usecases"], self.files


@pytest.fixture
def walk() -> Walk:
    return Walk()


def test_from_a_screen(settings: WebSettings, database: Database, application: Applications, walk: Walk) -> None:
    client = Browsers(application(settings, grid=AnsweringGrid(walk.answer)), database).of(NEW_SIDE)

    page_of(send(client, get(client, FORM), TYPED, button=ASK))

    walk.holds()
    assert walk.files[0] == "web/inquiries/views.py"


def test_from_a_system(database: Database, walk: Walk) -> None:
    with database.transaction() as session:
        register_retailers(session)
    hub = Hub(database=database, message_key=b"key", hand_over=_nothing, grid=AnsweringGrid(walk.answer))

    answer = answer_to_system(NEW, FACILITY_INQUIRY, raw_example(FacilityInquiryRequest), hub=hub)

    assert b"getFacilityResponse" in answer
    walk.holds()
    assert walk.files[-len(USE_CASE) - 1] == "soap_api/wsgi.py"


def _nothing(case_number: str) -> None:
    """Deliver nothing: an inquiry has nothing to deliver."""
