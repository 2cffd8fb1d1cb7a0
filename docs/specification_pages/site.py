"""What all pages have: their frame, a table of contents, and the list of changes (変更履歴)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

HERE = Path(__file__).parent
_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Page:
    """One page before it is written."""

    file: str
    title: str
    lead: str
    """One paragraph: what the page is for."""
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    """What its template shows."""
    depth: int = 3
    """How deep the headings are that its table of contents lists: 2 or 3."""
    document: str = ""
    """File of the document that it is a part of, whose changes it shows; its own where it stands for itself."""


@dataclass(frozen=True)
class Heading:
    """One line of a table of contents."""

    place: str
    words: str
    below: tuple["Heading", ...] = ()


@dataclass(frozen=True)
class Change:
    """One entry of the change list."""

    version: str
    day: str
    words: str
    documents: tuple[str, ...]
    """Files of the documents concerned; empty for all of them."""

    def concerns(self, document: str) -> bool:
        """Tell whether the entry belongs to a document's change list."""
        return not self.documents or document in self.documents


def data(name: str) -> Any:
    return yaml.safe_load((HERE / "data" / name).read_text(encoding="utf-8"))


@cache
def all_changes() -> tuple[Change, ...]:
    """Read the change list of all pages, the newest first."""
    return tuple(
        Change(str(entry["version"]), str(entry["day"]), entry["words"], tuple(entry.get("documents", ())))
        for entry in data("changes.yaml")
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(page: Page) -> bytes:
    """Write a page as HTML; the same bytes each time."""
    body = Markup(_template(page.template).render(page=page, **page.values))  # noqa: S704  # escaped by its template
    whole = _template("page.html").render(
        page=page,
        body=body,
        contents=contents_of(body, depth=page.depth),
        changes=[change for change in all_changes() if change.concerns(page.document or page.file)],
    )
    return whole.encode() + b"\n"


def contents_of(body: str, *, depth: int) -> tuple[Heading, ...]:
    """Read the table of contents off the headings of a page, so that it lists what there is."""
    headings: list[Heading] = []
    for level, place, inner in _HEADING.findall(body):
        heading = Heading(place, unescape(_TAG.sub("", inner)).strip())
        if level == "2":
            headings.append(heading)
        elif depth > 2:
            last = headings.pop()
            headings.append(Heading(last.place, last.words, (*last.below, heading)))
    return tuple(headings)


def style_sheet() -> bytes:
    """Write the style sheet: the tokens of the screens, and what the pages do with them."""
    screens = (HERE.parents[1] / "web" / "shared" / "static" / "hub.css").read_text(encoding="utf-8")
    tokens = screens[: screens.index("}\n") + 2]
    return (tokens + "\n" + (HERE / "pages.css").read_text(encoding="utf-8")).encode()


def _template(name: str) -> Template:
    return _templates().get_template(name)
