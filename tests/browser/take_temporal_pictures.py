"""Takes the pictures of docs/operations.md: how cases look to operations people in the Temporal UI.

``python -m tests.browser.take_temporal_pictures`` starts a system of its own, plays the cases, and writes the pictures.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from deploy.demo.performance import DEMO_SETTINGS
from deploy.stack.supervisor import ROOT
from schemas.codes import Area, CasePhase
from tests.browser import chromium
from tests.browser.small_png import small_png
from tests.support.whole_system import set_right, whole_system
from tests.support.world import World

FOLDER = ROOT / "docs" / "images" / "operations"
WITH_DETAILS = ("grid_away", "defective")
"""Of which cases what their details say is shown too."""
_QUICK = {"HUB_GRID_STUB_STEP_SECONDS": "1", "HUB_WATCH_EVERY": "0.5"}


def play(world: World) -> dict[str, str]:
    """Bring a case into each state that is shown, and give their numbers by picture."""
    cases = {"awaiting_decision": world.registered(world.customer())}

    away = world.customer(Area.KANSAI)
    cases["grid_away"] = world.accepted(away)
    world.grid(Area.KANSAI, down=True)
    world.new.file_start(cases["grid_away"], away, effective=world.new.result(cases["grid_away"]).effectiveDate)

    defective = world.customer(Area.CHUBU)
    cases["defective"] = world.accepted(defective)
    world.grid(Area.CHUBU, defects_left=1)
    day = world.new.result(cases["defective"]).effectiveDate
    world.new.file_start(cases["defective"], defective, effective=day)

    later = world.customer(Area.TOHOKU)
    registered = world.new.register(later, current=world.current, wished=world.today() + timedelta(days=20))
    cases["matched"] = registered.caseNumber
    world.current.decide(cases["matched"])
    world.file_both(cases["matched"], later)
    world.wait_for(cases["matched"], CasePhase.MATCHED)

    done = world.customer()
    cases["completed"] = world.accepted(done)
    world.file_both(cases["completed"], done)
    world.wait_for(cases["completed"], CasePhase.COMPLETED)
    return cases


def take(page: Page, blank: Page, *, url: str, name: str, until: str, tab: str = "") -> None:
    """Open a page of the Temporal UI, wait for a text, and keep what it shows.

    :param tab: which tab of a workflow, if not the first.
    """
    page.goto(url)
    page.get_by_text(until).first.wait_for(timeout=60_000)
    if tab:
        page.get_by_text(tab).first.click()
    page.wait_for_timeout(8_000)  # for the rest, which it draws after that
    (FOLDER / f"{name}.png").write_bytes(small_png(blank, page.screenshot()))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        whole_system(Path(folder), settings=DEMO_SETTINGS | _QUICK) as world,
        sync_playwright() as playwright,
    ):
        cases = play(set_right(world))
        browser = chromium.launch(playwright, chromium.FOR_PICTURES)
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="ja-JP", timezone_id="Asia/Tokyo")
        blank = browser.new_page()
        workflows = f"http://127.0.0.1:{world.stack.ports.temporal_ui}/namespaces/default/workflows"
        query = quote("ExecutionStatus = 'Running' AND CasePhase = 'awaiting_decision'")
        take(page, blank, url=f"{workflows}?query={query}", name="list", until=cases["awaiting_decision"])
        for name, case_number in cases.items():
            take(page, blank, url=f"{workflows}/{case_number}", name=name, until=case_number)
            sys.stdout.write(f"{name}: {case_number}\n")
        for name in WITH_DETAILS:
            url = f"{workflows}/{cases[name]}"
            take(page, blank, url=url, name=f"{name}_details", until=cases[name], tab="User Metadata")
        browser.close()


if __name__ == "__main__":
    main()
