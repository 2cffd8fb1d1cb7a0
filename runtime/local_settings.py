"""The settings of the local stack, left in a file for commands that a person gives at a terminal.

Shell can read it as well: ``set -a; . var/environment; set +a``.
"""

import os
import shlex
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "var"
_NAME = "environment"
_NAMED_BY = "DATABASE_URL"
"""Where the environment has it, it is a process's own, and no file is looked at."""


def settings_file(folder: Path) -> Path:
    return folder / _NAME


def leave_settings(folder: Path, settings: Mapping[str, str]) -> None:
    """Write the settings down; they hold secrets, so that their owner alone may read them."""
    path = settings_file(folder)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in sorted(settings.items())))
    draft.replace(path)


def left_settings(folder: Path) -> dict[str, str]:
    """Read what :func:`leave_settings` wrote down; nothing where it did not."""
    path = settings_file(folder)
    if not path.exists():
        return {}
    return {
        name: value for name, _, value in (assignment.partition("=") for assignment in shlex.split(path.read_text()))
    }


def take_settings(environment: MutableMapping[str, str] = os.environ) -> None:
    """Add the local stack's settings to an environment that names no database; what it has goes before them.

    It says so at the terminal: nobody shall take the local stack for another.
    """
    folder = Path(environment.get("HUB_FOLDER", _FOLDER))
    path = settings_file(folder)
    if _NAMED_BY in environment or not path.exists():
        return
    for name, value in left_settings(folder).items():
        environment.setdefault(name, value)
    sys.stderr.write(f"環境変数 {_NAMED_BY} がないため、手元の環境の設定を使います ({path})\n")
