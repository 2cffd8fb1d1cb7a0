"""What browsers load besides the pages."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

STATIC = Path(__file__).parents[3] / "web" / "shared" / "static"


@pytest.mark.parametrize(("path", "kind"), [("hub.css", "text/css"), ("icon.svg", "image/svg+xml")])
def test_it_may_be_kept_by_the_browser(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.get(f"/static/{path}")

    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.cache_control.max_age == 3600


def test_style_sheets_load_nothing_from_elsewhere() -> None:
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"url\(|@import|http", sheet.read_text())


def test_on_paper_there_is_nothing_to_press() -> None:
    sheet = (STATIC / "print.css").read_text()
    (hidden,) = re.findall(r"\*/\s*([^{}]*)\{\s*display: none;", sheet)
    assert {".form", ".button", ".pager", ".counts", ".download"} <= set(re.split(r",\s*", hidden.strip()))


_TONES = ("wait", "go", "well", "warn", "away", "still", "low", "high", "fit", "key")


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((ink, ground) for ink in ("ink", "quiet", "key", "away") for ground in ("paper", "ground", "head")),
        *((tone, f"{tone}-ground") for tone in _TONES),
        *(("ink", f"{tone}-ground") for tone in _TONES),
        ("paper", "key"),
        ("paper", "key-dark"),
        ("paper", "away"),
        ("ink", "focus"),
    ],
)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_edges_of_fields_stand_out_from_their_ground(ground: str) -> None:
    assert _contrast("edge", ground) >= 3  # WCAG 2.2, 1.4.11


def _contrast(one: str, other: str) -> float:
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (STATIC / "hub.css").read_text()))
    lighter, darker = sorted((_luminance(colours[one]), _luminance(colours[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
