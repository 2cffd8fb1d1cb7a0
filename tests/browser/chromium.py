"""The browser of these tests: the system's Chromium with a Japanese font, installed where apt and root allow."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from deploy.stack.exclusive import one_at_a_time

PACKAGES = {"chromium-headless-shell": "chromium-headless-shell", "fonts-noto-cjk": "NotoSansCJK-Regular.ttc"}
"""Debian package, and the file by which it is known to be there."""
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

_BY_HAND = f"apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
# The one that has no windows of its own around the pages takes a third of the processor time less.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


class NoBrowser(Exception):
    """There is no browser, or no Japanese font for it; the text has the line that installs them."""


def program() -> str:
    """This function will give the path of the browser.

    :raises NoBrowser: when it or its font is not there.
    """
    found = _find_program()
    if found is None or not _has_japanese_font():
        raise NoBrowser(
            "画面の試験には Chromium と日本語フォントが要ります。次の1行で入ります。 / "
            f"The browser tests need Chromium and a Japanese font; this installs them:\n  sudo {_BY_HAND}"
        )
    return found


def launch(playwright: Playwright) -> Browser:
    """This function will start the browser, its own words in Japanese."""
    environment: dict[str, str | float | bool] = {**os.environ, "LANG": "ja_JP.UTF-8", "LANGUAGE": "ja"}
    return playwright.chromium.launch(executable_path=program(), args=SWITCHES, env=environment)


def install() -> None:
    """This function will install what is missing, where this process may; :func:`program` tells the outcome."""
    with one_at_a_time(Path("/tmp/switching-hub-chromium.lock")):
        if _find_program() is not None and _has_japanese_font():
            return
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            return
        sys.__stderr__ and sys.__stderr__.write(f"Chromium を入れます / installing Chromium: {_BY_HAND}\n")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update -qq", _BY_HAND.replace("install -y", "install -y -qq")):
            subprocess.run(command.split(), env=environment, stdout=subprocess.DEVNULL, check=False)


def _find_program() -> str | None:
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def _has_japanese_font() -> bool:
    listed = shutil.which("fc-list")
    if listed is not None:
        return bool(subprocess.run([listed, ":lang=ja", "family"], capture_output=True, check=False).stdout.strip())
    return any(True for folder in _FONT_FOLDERS for _ in folder.rglob(PACKAGES["fonts-noto-cjk"]))
