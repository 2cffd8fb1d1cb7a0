"""Fixtures of the activities' tests."""

import pytest

from tests.support.filed_case import FiledCase, file_both
from tests.support.grid import Grid


@pytest.fixture
def filed(grid: Grid) -> FiledCase:
    """Make a case whose two applications wait to be sent to the grid stub."""
    return file_both(grid)
