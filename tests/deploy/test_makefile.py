"""The Makefile explains itself, and every target in it says what it does."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_help_lists_every_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    output = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"^  make ([a-z-]+) ", output, re.MULTILINE)) == targets
    assert {"demo", "demo-once", "up", "down", "status", "test", "check", "wsdl", "clean"} <= targets


def test_requirements_name_no_address_and_pin_every_package_with_hashes() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text()
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)

        assert "://" not in text
        assert pins and len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
