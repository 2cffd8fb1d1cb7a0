"""The README says what there is."""

import json
import re
from pathlib import Path

import pytest

from deploy.stack.ports import names, setting
from runtime.settings.processes import PROCESSES
from soap_api.services import SERVICES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
_SETTINGS = {variable for kind in PROCESSES.values() for variable in kind.variables().values()}
_PORTS = {setting(name) for name in names()}


def test_it_names_every_setting() -> None:
    assert set(re.findall(r"`((?:HUB|DATABASE)_[A-Z_]+)`", README)) >= _SETTINGS | _PORTS


def test_it_names_no_setting_that_there_is_not() -> None:
    named = set(re.findall(r"`(HUB_[A-Z_]+)`", README))

    assert named <= _SETTINGS | _PORTS | {"HUB_FOLDER"}


def test_it_lists_every_interface_that_is_served() -> None:
    served = {interface.number for service in SERVICES for interface in service.interfaces}
    assert served <= set(re.findall(r"\b1[0-9]{4}\b", README))


def test_it_names_the_pinned_versions_of_other_kinds_of_clients() -> None:
    pins = dict(re.findall(r"^([a-z-]+)==(\S+)", (ROOT / "requirements/clients.txt").read_text(), re.MULTILINE))
    pins |= json.loads((ROOT / "tests/clients/package.json").read_text())["dependencies"]

    for package in ("zeep", "suds-community", "soap"):
        assert re.search(rf"\| {package} \([^|]* \| {re.escape(pins[package])}\b", README), package


@pytest.mark.parametrize(
    "document", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda path: path.name
)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []
