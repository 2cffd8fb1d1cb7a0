"""The dashboard and the alarms speak of figures that the processes show, and of what to do people can read."""

import json
import re
from pathlib import Path

import pytest
import yaml

from deploy.stack.supervisor import ROOT

MONITORING = ROOT / "deploy" / "monitoring"
OPERATIONS = ROOT / "docs" / "operations.md"
_DEFINED = re.compile(r"(Gauge|Counter|Histogram)\(\s*\"(hub_\w+)\"")
_USED = re.compile(r"\bhub_\w+")


def shown() -> set[str]:
    """Name the figures of all processes as Prometheus does."""
    names = set()
    for file in (*ROOT.glob("*/figures.py"), *ROOT.glob("*/*/figures.py")):
        for kind, name in _DEFINED.findall(file.read_text()):
            names.add(name + {"Gauge": "", "Counter": "_total", "Histogram": "_bucket"}[kind])
    assert names
    return names


def dashboard_queries() -> list[str]:
    panels = json.loads((MONITORING / "grafana-dashboard.json").read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def alarms() -> list[dict[str, str]]:
    (group,) = yaml.safe_load((MONITORING / "prometheus-alerts.yml").read_text())["groups"]
    rules: list[dict[str, str]] = group["rules"]
    return rules


def test_the_dashboard_shows_every_figure_and_no_other() -> None:
    assert {name for query in dashboard_queries() for name in _USED.findall(query)} == shown()


@pytest.mark.parametrize("alarm", alarms(), ids=lambda alarm: alarm["alert"])
def test_an_alarm_asks_for_figures_there_are_and_is_explained(alarm: dict[str, str]) -> None:
    assert set(_USED.findall(alarm["expr"])) <= shown()
    assert f"### {alarm['alert']}" in OPERATIONS.read_text()


def test_what_is_explained_has_an_alarm() -> None:
    explained = set(re.findall(r"^### (\w+)$", OPERATIONS.read_text(), re.MULTILINE))

    assert explained == {alarm["alert"] for alarm in alarms()}


def test_every_picture_is_there() -> None:
    for picture in re.findall(r"\]\((images/[^)]+)\)", OPERATIONS.read_text()):
        assert (Path(OPERATIONS).parent / picture).is_file(), picture
