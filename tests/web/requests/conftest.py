"""Who sends requests, and the hub that they send them to."""

import pytest

from models.database import Database
from temporal.handover import OutcomeOpen
from tests.support.cast import register_cast
from tests.support.settings import Settings
from tests.web.conftest import Applications, Browsers


@pytest.fixture
def retailers(database: Database) -> None:
    with database.transaction() as session:
        register_cast(session)


@pytest.fixture
def open_browsers(settings: Settings, database: Database, application: Applications) -> Browsers:
    """Give browsers of a hub whose Temporal does not answer in time."""

    def away(case_number: str) -> None:
        raise OutcomeOpen

    return Browsers(application(settings, hand_over=away), database)
