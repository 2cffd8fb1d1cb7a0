"""The documents, built once for all tests of the room."""

from collections.abc import Mapping

import pytest

from docs.specification_pages.building import built


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    """Build every file, by its name."""
    return built()
