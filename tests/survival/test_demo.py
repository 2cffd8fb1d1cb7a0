"""The demonstration: plays a switch to 完了, continues what a killed one left, and leaves nothing running."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.demo.performance import DEMO_SETTINGS
from deploy.samples import PEOPLE
from deploy.stack.environment import base_environment
from deploy.stack.ports import Ports, setting
from deploy.stack.supervisor import ROOT, Stack

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    ports = {setting(name): str(number) for name, number in vars(Ports.free()).items()}
    environment = base_environment() | DEMO_SETTINGS | ports | {"HUB_FOLDER": str(tmp_path_factory.mktemp("demo"))}
    yield environment
    _stack(environment).down()


def _stack(environment: dict[str, str]) -> Stack:
    return Stack.from_environment(environment, folder=Path(environment["HUB_FOLDER"]))


def _demo(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        (sys.executable, "-m", "deploy.demo", *arguments),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _read_until(demo: subprocess.Popen[str], words: str) -> list[str]:
    assert demo.stdout is not None
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


def _processes_of(folder: str) -> list[str]:
    """Find them by their environment, so that what lost its pid file is found too."""
    processes = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"HUB_FOLDER={folder}\0".encode() in (entry / "environ").read_bytes():
                processes.append(f"{entry.name} {(entry / 'cmdline').read_text()}")
        except OSError:
            continue
    return processes


def _run(environment: dict[str, str], module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", module, *arguments)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def killed(environment: dict[str, str]) -> str:
    """Kill a demonstration, with everything else, right after its registration, and give the number of its case."""
    demo = _demo(environment)
    case_number = _read_until(demo, " 12110 ")[-1].partition("廃止取次番号 ")[2][:22]
    demo.kill()
    for part in _stack(environment).parts.values():
        part.process.kill()
    demo.wait(10)
    return case_number


@pytest.fixture(scope="module")
def up_again(environment: dict[str, str], killed: str) -> subprocess.CompletedProcess[str]:
    """Read what ``make up`` says after the kill."""
    return _run(environment, "deploy.stack", "up")


def test_after_a_kill_everything_comes_up_and_is_well(
    environment: dict[str, str], up_again: subprocess.CompletedProcess[str]
) -> None:
    parts = len(_stack(environment).parts)
    assert (up_again.returncode, up_again.stdout.count("稼働中")) == (0, parts), up_again.stdout + up_again.stderr
    assert _run(environment, "deploy.stack", "status").returncode == 0
    with urllib.request.urlopen(f"http://localhost:{environment['HUB_WEB_PORT']}/healthz") as answer:
        assert json.load(answer)["status"] == "ok"


@pytest.mark.usefixtures("up_again")
def test_what_the_readme_offers_for_pasting_works(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "var").symlink_to(environment["HUB_FOLDER"])
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / "docs/calling.md").read_text(), re.DOTALL)
    (register,) = (block for block in blocks if "registerReferral" in block)
    (stop_area,) = (block for block in blocks if "/control/03" in block)

    first, again = _paste(register, environment, tmp_path), _paste(register, environment, tmp_path)

    assert re.search("<caseNumber>SW03L[0-9]{17}</caseNumber>", first), first
    assert again == first
    assert "HUB-I001" in _paste(register.replace("not_needed", "needed"), environment, tmp_path)
    assert "HUB-F001" in _paste(register.replace("0123<", "<"), environment, tmp_path)
    assert json.loads(_paste(stop_area, environment, tmp_path))["down"] is True
    assert json.loads(_paste(stop_area.replace("true", "false"), environment, tmp_path))["down"] is False


def test_the_next_demonstration_continues_what_was_killed_and_leaves_nothing_running(
    environment: dict[str, str], killed: str
) -> None:
    done = _run(environment, "deploy.demo", "--once")

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"続けます: {killed}" in done.stdout
    assert f"{killed} は「完了」になりました" in done.stdout
    assert done.stdout.count("\n■ 完了") == 1
    for person in PEOPLE:
        assert f"{person.user_id}  {person.password} " in done.stdout
    for number in ("10110", "10610", "10620", "10710", "10720", "11110", "12110", "12210", "12310", "12410", "13110"):
        assert f"\n  {number} " in done.stdout
    assert _processes_of(environment["HUB_FOLDER"]) == []
    assert _run(environment, "deploy.stack", "status").returncode == 3


def _paste(command: str, environment: dict[str, str], folder: Path) -> str:
    """Paste at a terminal in a clone that uses the usual ports."""
    for name in ("SOAP", "GRID_STUB"):
        usual = getattr(Ports(), name.lower())
        command = command.replace(f"localhost:{usual}", f"localhost:{environment[f'HUB_{name}_PORT']}")
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_one_that_is_interrupted_stops_everything(environment: dict[str, str]) -> None:
    _stack(environment).down()
    demo = _demo(environment, "--once")
    _read_until(demo, " を起動しました")

    os.kill(demo.pid, signal.SIGINT)
    output, _ = demo.communicate(timeout=60)

    assert demo.returncode == 130, output
    assert _processes_of(environment["HUB_FOLDER"]) == []
