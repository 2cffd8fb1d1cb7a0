"""What the tests of serving share: certificates, and a small server behind the real front."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.front.places import Front
from tests.support.small_front import describe_front, make_small_certificates, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tls")
    make_small_certificates(made)
    return made


@pytest.fixture(scope="session")
def front(folder: Path) -> Iterator[Front]:
    described = describe_front(folder)
    with serving(described, folder, screens=True):
        yield described
