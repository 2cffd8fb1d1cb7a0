"""What browsers load besides the pages."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

STATIC = Path(__file__).parents[2] / "web" / "static"


@pytest.mark.parametrize(("path", "kind"), [("hub.css", "text/css"), ("icon.svg", "image/svg+xml")])
def test_it_may_be_kept_by_the_browser(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(f"/static/{path}")

    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.cache_control.max_age == 3600


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|http", sheet.read_text())


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"),
        ("quiet", "ground"),
        ("key", "ground"),
        ("well", "paper"),
        ("away", "paper"),
        ("ink", "well-ground"),
        ("ink", "away-ground"),
        ("paper", "key"),
        ("ink", "focus"),
    ],
)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (STATIC / "hub.css").read_text()))

    lighter, darker = sorted((_luminance(colours[ink]), _luminance(colours[ground])), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
