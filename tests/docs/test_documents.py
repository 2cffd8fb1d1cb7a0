"""The documents say what there is."""

import json
import re
from pathlib import Path

import pytest

from deploy.stack.ports import names, setting
from docs.write_access import access_page
from docs.write_settings import settings_page
from runtime.settings.processes import PROCESSES
from soap_api.services import SERVICES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
CALLING = (ROOT / "docs/calling.md").read_text()
SETTINGS = (ROOT / "docs/settings.md").read_text()
_SETTINGS = {variable for kind in PROCESSES.values() for variable in kind.variables().values()}
_PORTS = {setting(name) for name in names()}
_A_SCREEN = 45
"""Lines that a reader sees at once."""


def test_the_readme_fits_on_three_screens() -> None:
    assert len(README.splitlines()) <= 3 * _A_SCREEN


def test_the_settings_page_names_every_setting() -> None:
    assert set(re.findall(r"`((?:HUB|DATABASE)_[A-Z_]+)`", SETTINGS)) >= _SETTINGS | _PORTS


def test_it_names_no_setting_that_there_is_not() -> None:
    named = set(re.findall(r"`(HUB_[A-Z_]+)`", SETTINGS))

    assert named <= _SETTINGS | _PORTS | {"HUB_FOLDER"}


def test_the_page_of_rights_is_what_the_table_says() -> None:
    assert (ROOT / "docs/access.md").read_text(encoding="utf-8") == access_page()


def test_who_calls_reads_of_every_interface_that_is_served() -> None:
    served = {interface.number for service in SERVICES for interface in service.interfaces}
    assert served <= set(re.findall(r"\b1[0-9]{4}\b", CALLING))


def test_who_calls_reads_the_pinned_versions_of_other_kinds_of_clients() -> None:
    pins = dict(re.findall(r"^([a-z-]+)==(\S+)", (ROOT / "requirements/clients.txt").read_text(), re.MULTILINE))
    pins |= json.loads((ROOT / "tests/clients/package.json").read_text())["dependencies"]

    for package in ("zeep", "suds-community", "soap"):
        assert re.search(rf"\| {package} \([^|]* \| {re.escape(pins[package])}\b", CALLING), package


@pytest.mark.parametrize(
    "document",
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "client/README.md"]),
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_no_line_of_a_setting_ends_within_a_link() -> None:
    for text, target in re.findall(r"\[([^]]+)\]\(([^)]+)\)", SETTINGS):
        assert text == target


def test_the_settings_page_is_the_one_that_the_settings_write() -> None:
    assert (ROOT / "docs/settings.md").read_text() == settings_page(), "write it anew: make docs"


@pytest.mark.parametrize(
    "document", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda path: path.name
)
def test_modules_and_files_that_are_named_are_there(document: Path) -> None:
    text = document.read_text()
    modules = [name for name in re.findall(r"`([a-z_]+(?:\.\w+)+)(?:\(.*?\))?`", text) if _of_ours(name.split(".")[0])]
    files = [name for name in re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", text) if _of_ours(name.split("/")[0])]

    assert [name for name in modules if not _is_there(name)] == []
    assert [name for name in files if not (ROOT / name).exists()] == []


def _of_ours(room: str) -> bool:
    return (ROOT / room / "__init__.py").exists()


def _is_there(name: str) -> bool:
    """Look for a module, or for something that a module or a room has."""
    parts = name.split(".")
    for known in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:known])
        sources = [path.with_suffix(".py")] if path.with_suffix(".py").exists() else sorted(path.glob("*.py"))
        if sources:
            rest = parts[known : known + 1]
            return known > 1 and all(
                any(re.search(rf"\b{one}\b", file.read_text()) for file in sources) for one in rest
            )
    return False
