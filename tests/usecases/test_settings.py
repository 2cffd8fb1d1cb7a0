"""Settings with a grammar of their own: what cannot be read is named, with its right form, and nothing is started."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from rules.deadlines import DEADLINE_PROFILES
from runtime.settings.reading import UnusableSettings
from runtime.settings.shared import DeadlineSettings
from tests.support.processes import ROOT
from tests.support.settings import Settings, environment_for
from usecases.settings import readable

WRONG = {
    "maintenance_windows": ("* sunday 00:00-06:00", "`* sun 00:00-06:00; 06 sat 22:00-24:00; 10 none`"),
    "grid_rate": ("06 often", "`* 5; 06 1`"),
    "areas": ("01,11", "`01,02,06`"),
}
"""What cannot be read, and how it has to look, by setting."""
STARTED = {
    ("-m", "soap_api.server"): "maintenance_windows",
    ("-m", "web.server"): "maintenance_windows",
    ("-m", "sweeper"): "maintenance_windows",
    ("worker.py",): "areas",
}
"""A setting that each process reads."""


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_named_with_how_it_has_to_look(settings: Settings, name: str) -> None:
    wrong, example = WRONG[name]

    with pytest.raises(UnusableSettings) as refused:
        readable(settings.model_copy(update={name: wrong}))

    (line,) = str(refused.value).splitlines()[1:-1]
    assert line.strip().startswith(f"HUB_{name.upper()}: 「{wrong}」を読み取れません")
    assert example in line


def test_what_can_be_read_is_given_back(settings: Settings) -> None:
    assert readable(settings) is settings


def test_each_process_says_so_in_place_of_starting(settings: Settings, tmp_path: Path) -> None:
    started = []
    for command, name in STARTED.items():
        chosen = settings.model_copy(update={name: WRONG[name][0], "socket_folder": tmp_path / "sockets"})
        started.append(
            subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment_for(chosen, folder=tmp_path),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    said = [process.communicate(timeout=60)[0] for process in started]

    assert [process.returncode for process in started] == [1] * len(STARTED)
    for words, name in zip(said, STARTED.values(), strict=True):
        assert f"HUB_{name.upper()}: " in words and "Traceback" not in words


def test_the_profiles_of_deadlines_are_those_there_are() -> None:
    assert set(get_args(DeadlineSettings.model_fields["deadline_profile"].annotation)) == set(DEADLINE_PROFILES)
