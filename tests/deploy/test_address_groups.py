"""What an address may open at the front: who opens too much is sent away, and let in again afterwards."""

import json
import re
import ssl
from contextlib import ExitStack
from pathlib import Path
from socket import create_connection

import pytest

from deploy.front.address_groups import chains, matcher
from deploy.front.limits import Limits
from deploy.front.places import front_of
from deploy.local_certificates import Certificates
from deploy.stack.ports import Ports
from tests.support.certificates import make_certificates
from tests.support.front import running_front
from tests.support.polling import until
from tests.support.settings import Settings, settings_for

ONE, ANOTHER = "127.0.0.1", "127.0.0.2"
"""Two addresses of different groups."""


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "tls")


def front_settings(certificates: Certificates, folder: Path, **changes: object) -> Settings:
    ports = Ports.free()
    own = {"soap_port": ports.soap, "web_port": ports.web, "front_metrics_port": ports.front_metrics}
    return settings_for("postgresql://nobody/", certificates, socket_folder=folder / "sockets", **own, **changes)


def is_let_in(port: int, certificates: Certificates, *, address: str) -> bool:
    context = ssl.create_default_context(cafile=certificates.authority)
    try:
        line = create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0))
        with context.wrap_socket(line, server_hostname="localhost"):
            return True
    except OSError:
        return False


@pytest.mark.parametrize(
    "changes",
    [{"front_connections_per_address": 20}, {"front_new_per_address": 10}],
    ids=["too-many-open", "too-many-new"],
)
def test_an_address_that_opened_too_many_is_let_in_again_when_it_has_let_go(
    certificates: Certificates, tmp_path: Path, changes: dict[str, object]
) -> None:
    settings = front_settings(certificates, tmp_path, **changes)
    with running_front(front_of(settings, folder=tmp_path / "front")):
        with ExitStack() as opened:
            for _ in range(400):
                opened.enter_context(create_connection(("127.0.0.1", settings.soap_port), source_address=(ONE, 0)))
            assert not is_let_in(settings.soap_port, certificates, address=ONE)
            assert is_let_in(settings.soap_port, certificates, address=ANOTHER)

        until(lambda: is_let_in(settings.soap_port, certificates, address=ONE))


def test_each_group_is_one_of_those_that_the_hash_chooses_from() -> None:
    limits = Limits(request=30.0, connections=1, connections_per_address=1, new_per_address=1)

    chosen = re.findall(r'"value": "(group-\d+)"', json.dumps(matcher(limits)))

    assert sorted(chosen) == sorted(str(chain["name"]) for chain in chains(limits, onwards={}))
    assert len(set(chosen)) == limits.address_groups >= 4096
