"""``make screens``: a picture of every screen for everybody, and the page that shows them."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from deploy.samples import Person, load_samples
from deploy.stack.ports import Ports
from deploy.stack.supervisor import ROOT, Stack
from models.database import Database
from tests.browser import chromium
from tests.browser.people import DESCRIPTIONS, log_in
from tests.browser.screens import ALSO_NARROW, SCREENS, Screen
from tests.browser.small_png import small_png
from tests.browser.window import NARROW, WIDE, Window, open_window
from tests.support.sample_cases import sample_office
from tests.support.sample_office import SampleOffice

PAGE = ROOT / "docs" / "screens.md"
PICTURES = ROOT / "docs" / "images" / "screens"
_INTRODUCTION = """\
# 画面

見本の案件で撮った、すべての画面です。`make screens` で撮り直します（手で書き換えないでください）。
氏名と契約は架空のものです。
どの画面も、幅 1280px と 375px で、axe-core（WCAG 2.2 A・AA）の指摘がないことを試験で確かめています（`tests/browser`）。
"""


def main() -> int:
    """Take the pictures on a stack of its own."""
    chromium.install(chromium.FOR_PICTURES)
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), ports=Ports.free(), hub=_PARTS, durable=False)
        with stack:
            database = Database(stack.environment["DATABASE_URL"])
            load_samples(database, stack.certificates)
            office = sample_office(database)
            database.dispose()
            take_all(f"http://127.0.0.1:{stack.ports.web}", office)
    PAGE.write_text(index(), encoding="utf-8")
    sys.stdout.write(f"{len(list(PICTURES.glob('*.png')))} 枚を {PICTURES.relative_to(ROOT)} に置きました\n")
    return 0


_PARTS = ("worker", "grid_stub", "soap", "web")
"""All that the front page looks at; no sweeper, which would move the sample cases on."""


def take_all(base_url: str, office: SampleOffice) -> None:
    """Take a picture of each screen, and drop those of screens that are no more."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, bytes] = {}
    windows: dict[Person | None, Window] = {}
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, chromium.FOR_PICTURES)
        for screen in SCREENS:
            if screen.person not in windows:
                windows[screen.person] = open_window(browser, base_url)
                if screen.person is not None:
                    log_in(windows[screen.person], screen.person)
            pictures |= _take(windows[screen.person], office, screen)
        blank = browser.new_page()
        for name, picture in pictures.items():
            (PICTURES / f"{name}.png").write_bytes(small_png(blank, picture))
        browser.close()
    for old in PICTURES.glob("*.png"):
        if old.stem not in pictures:
            old.unlink()


def _take(window: Window, office: SampleOffice, screen: Screen) -> dict[str, bytes]:
    window.resize(WIDE)
    screen.show(window, office)
    pictures = {screen.name: window.picture()}
    if screen.name in ALSO_NARROW:
        window.resize(NARROW)
        pictures[f"{screen.name}-narrow"] = window.picture()
    return pictures


def index() -> str:
    """Write the page of all pictures."""
    lines = [_INTRODUCTION]
    for screen in SCREENS:
        who = DESCRIPTIONS[screen.person] if screen.person else "ログイン前の人"
        lines += [f"\n## {screen.caption}\n\n", f"見る人: {who}\n\n", _shown(screen.caption, screen.name)]
        if screen.name in ALSO_NARROW:
            lines.append("\n" + _shown(f"{screen.caption}、幅375px", f"{screen.name}-narrow"))
    return "".join(lines)


def _shown(words: str, name: str) -> str:
    return f"![{words}](images/screens/{name}.png)\n"


if __name__ == "__main__":
    sys.exit(main())
