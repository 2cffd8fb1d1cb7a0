"""Rows of tables whose cells say what they are, for windows too narrow for a line of headings above them."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from web.shared.headings import Heading

_CELL = re.compile(r"<t[dh](?=[ >])(?![^>]*colspan)")


def labelled(cells: Markup, columns: Iterable[str | Heading]) -> Markup:
    """Write the word of its column on each cell of a row, but on those that go over several columns."""
    words = (column.label if isinstance(column, Heading) else column for column in columns)
    written = _CELL.sub(lambda cell: f'{cell[0]} data-label="{escape(next(words, ""))}"', str(cells))
    return Markup(written)  # noqa: S704  # the cells are, and the words are escaped
