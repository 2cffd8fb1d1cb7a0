"""A browser window: what it shows, and everything that went wrong in it."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
_TELLS_VIOLATIONS = """
addEventListener("securitypolicyviolation", event => console.error(`policy: ${event.violatedDirective}`));
"""
_STATUS_OF_PAGE = "Failed to load resource: the server responded with a status of"
"""What Chromium logs of a page that is refused, as some are on purpose; parts of a page are watched below."""

_SIDEWAYS = """
[...document.querySelectorAll(".scroll:not(.tight)")].filter(list => list.scrollWidth > list.clientWidth)
  .map(list => `${list.ariaLabel}: ${list.scrollWidth}`)
"""
_TWO_FRAMES = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

WIDE, NARROW, LESS_NARROW, WIDEST = 1280, 375, 390, 1920
"""Widths of a window on a desk, of a small and a usual telephone and of a large screen, in CSS pixels."""


@dataclass
class Window:
    """A window of one browser session, and what went wrong in it so far."""

    page: Page
    base_url: str
    javascript: bool = True
    looks_closely: bool = True
    """False on the way to the page that a test is about: what lies there is looked at by tests of its own."""
    troubles: list[str] = field(default_factory=list)
    """Requests to elsewhere, errors in the console, violations of the content security policy, parts not loaded."""

    def go(self, path: str, *, status: int = 200) -> Page:
        """Open a page by its path and make sure that it is sound."""
        self.open(path, status=status)
        self.check()
        return self.page

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open a page by its path, one that is looked at closely elsewhere."""
        answer = self.page.goto(f"{self.base_url}{path}")
        assert answer is not None and answer.status == status, f"{path}: {answer and answer.status}"
        return self.page

    def press(self, label: str) -> Page:
        """Press the button of a name, and make sure that what comes is sound."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label, exact=True).click()
        self.check()
        return self.page

    def follow(self, label: str | Locator) -> Page:
        """Follow the link of a name, and make sure that what comes is sound."""
        link = self.page.get_by_role("link", name=label, exact=True) if isinstance(label, str) else label
        with self.page.expect_navigation():
            link.first.click()
        self.check()
        return self.page

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        """Path and query of the page that is shown."""
        return self.page.url.removeprefix(self.base_url)

    def check(self) -> None:
        """Make sure that the page that is shown is sound, for all who may read it.

        Without JavaScript axe cannot run either; the same pages are looked at with it elsewhere.
        """
        troubles = self.troubles + (self.defects() if self.javascript and self.looks_closely else [])
        assert not troubles, "\n".join(troubles)
        self.fits()

    def fits(self) -> None:
        """Make sure that nobody has to scroll the page sideways."""
        assert not self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), (
            f"{self.path} is wider than its window"
        )

    def stands_in_lines(self) -> None:
        """Make sure that nobody has to scroll a list of rows sideways either; figures that are compared are no list."""
        assert self.page.evaluate(_SIDEWAYS) == [], self.path

    def defects(self) -> list[str]:
        """List what axe finds against WCAG 2.2 A and AA on the page that is shown."""
        response: dict[str, Any] = Axe().run(self.page, options=_RULES | {"resultTypes": ["violations"]}).response
        return [
            f"{self.path} {violation['id']}: {node['html']} ({node['failureSummary']})"
            for violation in response["violations"]
            for node in violation["nodes"]
        ]

    def resize(self, width: int) -> None:
        """Give the window another width."""
        self.page.set_viewport_size({"width": width, "height": 800})

    def picture(self) -> bytes:
        """Take a picture of the whole page, as PNG.

        The window is made as high as the page: what lies outside of it may not be drawn yet.
        """
        before = self.page.viewport_size
        assert before is not None
        height: int = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": before["width"], "height": height})
        self.page.evaluate(_TWO_FRAMES)
        taken = self.page.screenshot(full_page=True, animations="disabled", caret="hide")
        self.page.set_viewport_size(before)
        return taken


def open_window(browser: Browser, base_url: str, *, javascript: bool = True, width: int = WIDE) -> Window:
    """Open a window with cookies of its own."""
    context = browser.new_context(
        java_script_enabled=javascript,
        viewport={"width": width, "height": 800},
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    window = Window(context.new_page(), base_url, javascript)
    _watch(context, window)
    return window


def _watch(context: BrowserContext, window: Window) -> None:
    def asks(request: Request) -> None:
        if not request.url.startswith(f"{window.base_url}/"):
            window.troubles.append(f"asked elsewhere: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            window.troubles.append(f"{response.status}: {response.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or the person went on before all had come
            window.troubles.append(f"{request.failure}: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_STATUS_OF_PAGE):
            window.troubles.append(f"console: {message.text}")

    context.add_init_script(_TELLS_VIOLATIONS)
    context.on("request", asks)
    context.on("response", answered)
    context.on("requestfailed", failed)
    context.on("console", said)
    context.on("weberror", lambda error: window.troubles.append(f"script: {error.error}"))
