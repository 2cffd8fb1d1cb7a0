"""Looking into built pages."""

from typing import Any

from lxml import html


def page_of(content: bytes) -> Any:
    return html.fromstring(content)
