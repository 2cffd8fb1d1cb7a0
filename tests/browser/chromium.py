"""The browser of these tests: the system's Chromium with a Japanese font, installed where apt and root allow."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from deploy.stack.exclusive import one_at_a_time


@dataclass(frozen=True)
class Needs:
    """What has to be installed to show pages for a purpose."""

    packages: tuple[str, ...]
    """Of Debian."""
    programs: tuple[str, ...]
    """Any of them will do."""
    files: tuple[Path, ...] = ()


_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FOR_TESTS = Needs(("chromium-headless-shell",), ("chromium-headless-shell", *_PROGRAMS))
"""It has no window around its pages, and takes a third less of processor time."""
FOR_PICTURES = Needs(("chromium", "chromium-l10n"), ("chromium",), (Path("/usr/lib/chromium/locales/ja.pak"),))
"""It writes its own words in Japanese too, as those of an empty date field."""
SWITCHES = (
    "--lang=ja-JP",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""It runs unprivileged pages of ours only, finds no host but this one, and keeps no process ready for the next page."""

_FONT_PACKAGE, _FONT_FILE = "fonts-noto-cjk", "NotoSansCJK-Regular.ttc"
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


class NoBrowser(Exception):
    """There is no browser, or no Japanese font for it; the text has the line that installs them."""


def program(needs: Needs = FOR_TESTS) -> str:
    """Give the path of the browser.

    :raises NoBrowser: when it or its font is not there.
    """
    executable = _find_program(needs)
    if executable is None or not _has_japanese_font():
        raise NoBrowser(
            "画面の試験には Chromium と日本語フォントが要ります。次の1行で入ります。 / "
            f"The browser tests need Chromium and a Japanese font; this installs them:\n  sudo {_by_hand(needs)}"
        )
    return executable


def launch(playwright: Playwright, needs: Needs = FOR_TESTS) -> Browser:
    environment: dict[str, str | float | bool] = {**os.environ, "LANG": "ja_JP.UTF-8", "LANGUAGE": "ja"}
    return playwright.chromium.launch(executable_path=program(needs), args=SWITCHES, env=environment)


def install(needs: Needs = FOR_TESTS) -> None:
    """Install what is missing, where this process may; :func:`program` tells the outcome."""
    with one_at_a_time(Path("/tmp/switching-hub-chromium.lock")):
        if _find_program(needs) is not None and _has_japanese_font():
            return
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            return
        sys.__stderr__ and sys.__stderr__.write(f"Chromium を入れます / installing Chromium: {_by_hand(needs)}\n")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update -qq", _by_hand(needs).replace("install -y", "install -y -qq")):
            subprocess.run(command.split(), env=environment, stdout=subprocess.DEVNULL, check=False)


def _by_hand(needs: Needs) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join((*needs.packages, _FONT_PACKAGE))}"


def _find_program(needs: Needs) -> str | None:
    if not all(file.exists() for file in needs.files):
        return None
    return next((path for name in needs.programs if (path := shutil.which(name))), None)


def _has_japanese_font() -> bool:
    font_list = shutil.which("fc-list")
    if font_list is not None:
        return bool(subprocess.run([font_list, ":lang=ja", "family"], capture_output=True, check=False).stdout.strip())
    return any(True for folder in _FONT_FOLDERS for _ in folder.rglob(_FONT_FILE))
