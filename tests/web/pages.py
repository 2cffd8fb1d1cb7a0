"""Fetching a page as a person would, with what must hold of every page."""

from flask.testing import FlaskClient
from lxml import html

_LABELLED = ("aria-labelledby", "aria-describedby")


def get(client: FlaskClient, path: str, *, status: int = 200) -> html.HtmlElement:
    """This function will fetch a page, make sure that it is sound, and give it parsed."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    page = html.document_fromstring(answer.get_data(as_text=True))
    _is_sound(page)
    return page


def words(page: html.HtmlElement, expression: str) -> list[str]:
    """This function will give the texts of the elements an XPath finds, white space put right."""
    return [" ".join(element.text_content().split()) for element in page.xpath(expression)]


def _is_sound(page: html.HtmlElement) -> None:
    assert page.get("lang") == "ja"
    (title,) = words(page, "//title")
    assert title.endswith(" - スイッチング支援システム")
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    assert words(page, "//h1")[0] == title.partition(" - ")[0]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in _LABELLED:
        assert set(page.xpath(f"//@{name}")) <= set(ids)
    assert page.xpath("//script | //@style | //@onclick") == []
    loaded = page.xpath("//link/@href | //img/@src")
    assert all(address.startswith("/") for address in loaded), "nothing comes from elsewhere"
    assert page.xpath("//table[not(caption) and not(ancestor::*[@aria-labelledby])]") == []
    assert page.xpath("//th[not(@scope)]") == []
