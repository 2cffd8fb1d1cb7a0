"""All pages as files: what they hold, and writing them."""

from pathlib import Path

from docs.specification_pages import (
    case_states,
    character_table,
    checks,
    code_tables,
    division,
    faq,
    files,
    flows,
    index,
    interfaces,
    manual,
    messages,
    screens,
)
from docs.specification_pages.examples import FOLDER
from docs.specification_pages.site import Page, render, style_sheet

BUILT = FOLDER.parent
"""Where the built pages are committed."""

_DOCUMENTS = (
    interfaces,
    checks,
    messages,
    screens,
    code_tables,
    files,
    division,
    faq,
    flows,
    character_table,
    case_states,
    manual,
)
"""In the order of the index."""


def all_pages() -> tuple[Page, ...]:
    """Make every page, the index first."""
    pages = [page for document in _DOCUMENTS for page in document.pages()]
    return (*index.pages(pages), *pages)


def built() -> dict[str, bytes]:
    """Build every file of the documents but the exchanged examples, by its name."""
    return {page.file: render(page) for page in all_pages()} | {"specification.css": style_sheet()}


def write(folder: Path = BUILT) -> tuple[str, ...]:
    """Write what differs, take away pages that there are no more, and name what it changed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = built()
    changed = []
    for path in sorted(folder.glob("*.*")):
        if path.name not in pages:
            path.unlink()
            changed.append(path.name)
    for name, content in pages.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(name)
    return tuple(changed)
