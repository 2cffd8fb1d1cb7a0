"""A browser on the real web server, with real cases behind it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.samples import Person, load_samples
from deploy.stack.ports import Ports
from deploy.stack.supervisor import Stack
from models.database import Database
from tests.browser import chromium
from tests.browser.people import log_in
from tests.browser.window import Window, open_window
from tests.support.cast import CAST
from tests.support.sample_cases import sample_office
from tests.support.sample_office import SampleOffice

Windows = dict[Person | None, Window]
"""A window for each person."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """Install before the first test, so that no test's time limit counts it."""
    if any(
        "tests/browser/" in item.nodeid and "browser" in getattr(item, "fixturenames", ()) for item in session.items
    ):
        chromium.install()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Run what the screens need: web server, database, Temporal with a worker for deciding, the stub for inquiries."""
    running = Stack(
        tmp_path_factory.mktemp("stack"),
        ports=Ports.free(),
        hub=("worker", "grid_stub", "web"),
        settings={"HUB_SESSIONS_EACH": "1000"},  # windows of one person stay open beside those of each test
        durable=False,
    )
    with running:
        yield running


@pytest.fixture(scope="session")
def base_url(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.ports.web}"


@pytest.fixture(scope="session")
def seen(stack: Stack) -> Iterator[Database]:
    """Register the sample participants and people in the database behind the screens."""
    database = Database(stack.environment["DATABASE_URL"])
    load_samples(database, stack.certificates)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def office(seen: Database) -> SampleOffice:
    """Make the sample cases; tests that change one take one that no other test looks at."""
    return sample_office(seen)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium for this room alone, as its event loop would be in the way of other rooms' tests."""
    with sync_playwright() as playwright:
        launched = chromium.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def window(browser: Browser, base_url: str, office: SampleOffice) -> Iterator[Window]:
    """Open a window of a person who is not logged in."""
    opened = open_window(browser, base_url)
    yield opened
    opened.page.context.close()
    assert opened.troubles == []


@pytest.fixture(scope="package")
def windows(browser: Browser, base_url: str, office: SampleOffice) -> Iterator[Windows]:
    """Open a window for each person, who logged in once, and one of nobody; for tests that leave them as they are."""
    opened: Windows = {}
    for person in (None, *CAST):
        opened[person] = open_window(browser, base_url)
        if person is not None:
            log_in(opened[person], person)
    yield opened
    for window in opened.values():
        window.page.context.close()
        assert window.troubles == []
