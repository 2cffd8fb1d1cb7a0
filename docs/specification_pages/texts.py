"""Texts of ``data``, which name figures and link to other places: templates of one line, so that none is typed."""

from functools import cache

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from docs.specification_pages.figures import figures
from schemas.refusal_codes import RefusalCode


@cache
def _environment() -> Environment:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals |= {**figures(), "code": _code, "link": _link}
    return environment


def shown(text: str) -> Markup:
    """Fill figures and links into a text.

    :raises UndefinedError: where it names a figure that there is not.
    """
    return Markup(_environment().from_string(text).render())  # noqa: S704  # escaped by its template


def _code(name: str) -> Markup:
    """Link to a message code.

    :raises ValueError: where there is no such code.
    """
    return Markup('<a href="messages.html#{0}"><code>{0}</code></a>').format(RefusalCode(name))


def _link(place: str, words: str) -> Markup:
    """Link to a place of these documents."""
    return Markup('<a href="{}">{}</a>').format(place, words)
