"""Fetching a page as a person would, with what must hold of every page; sending its forms as a browser does."""

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from justhtml import JustHTML
from lxml import html
from werkzeug.test import TestResponse

_LABELLED = ("aria-labelledby", "aria-describedby")
_UNLABELLED_KINDS = ("hidden", "submit")

_TOKEN = re.compile(r'name="csrf_token"[^>]*')
_VALUES = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+|[\u3040-\u9fff]+")
"""What differs from one page of a kind to the next: ids, numbers, Japanese words."""
_parsed: set[int] = set()
"""Shapes of pages that were parsed already; a parser that knows all rules takes its time."""

Values = Mapping[str, str | list[str]]


def get(client: FlaskClient, path: str, *, status: int = 200) -> html.HtmlElement:
    """Fetch a page, make sure that it is sound, and give it parsed."""
    return page_of(client.get(path), status=status)


def page_of(answer: TestResponse, *, status: int = 200) -> html.HtmlElement:
    """Make sure that an answer is a sound page, and give it parsed."""
    assert answer.status_code == status, answer.headers.get("Location")
    assert answer.content_type == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    _parses_by_the_letter(text)
    page = html.document_fromstring(text)
    is_sound(page)
    return page


def _parses_by_the_letter(text: str) -> None:
    """Make sure that no browser has to guess what a page means; pages that differ in numbers and names once."""
    shape = _VALUES.sub("0", _TOKEN.sub("", text))
    if hash(shape) not in _parsed:
        JustHTML(shape, strict=True, sanitize=False)
        _parsed.add(hash(shape))


def status_and_text(answer: TestResponse) -> tuple[int, str]:
    """Give all that an answer tells: status and text, but for the CSRF token."""
    return answer.status_code, _TOKEN.sub("", answer.get_data(as_text=True))


def send(client: FlaskClient, page: html.HtmlElement, values: Values | None = None, *, button: str) -> TestResponse:
    """Fill in the form that a button belongs to, and press it. Redirects are not followed."""
    (pressed,) = [control for control in page.xpath("//button") if words_of(control) == button]
    (form,) = pressed.xpath("ancestor::form")
    data = form_values(form, pressed)
    names = {*form.xpath(".//@name"), *(field.get("name") for field in _fields_of(form))}
    for name, value in (values or {}).items():
        assert name in names, f"the form has no {name}"
        data[name] = value
    if form.get("method") == "get":
        return client.get(form.get("action"), query_string=data)
    return client.post(form.get("action"), data=data)


def form_values(form: html.HtmlElement, pressed: html.HtmlElement) -> dict[str, Any]:
    """Give what a browser sends of a form as it stands when a button is pressed."""
    data: dict[str, Any] = {}
    for field in _fields_of(form):
        field_value = _value(field)
        if field_value is not None:
            data.setdefault(field.get("name"), []).append(field_value)
    if pressed.get("name"):
        data[pressed.get("name")] = pressed.get("value", "")
    return data


def _fields_of(form: html.HtmlElement) -> list[html.HtmlElement]:
    """List what belongs to a form: what stands in it, and what says so from elsewhere."""
    fields = form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]")
    elsewhere = form.getroottree().xpath("//input[@name and @form=$id]", id=form.get("id") or "")
    return [*fields, *elsewhere]


def words(page: html.HtmlElement, expression: str) -> list[str]:
    """Give the texts of the elements an XPath finds, white space put right."""
    return [words_of(element) for element in page.xpath(expression)]


def is_sound(page: html.HtmlElement) -> None:
    """Make sure of what must hold of every page."""
    assert page.get("lang") == "ja"
    (title,) = words(page, "/html/head/title")
    assert title.endswith(" - スイッチング支援システム")
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1
    _errors_come_first(page, title)
    assert words(page, "//h1")[0] == title.removeprefix("エラー: ").partition(" - ")[0]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in _LABELLED:
        for value in page.xpath(f"//@{name}"):
            assert set(value.split()) <= set(ids), value
    assert page.xpath("//script[not(starts-with(@src, '/static/')) or text() or not(@defer)]") == []
    assert page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []
    loaded = page.xpath("//link/@href | //img/@src | //script/@src")
    assert all(address.startswith("/") for address in loaded), "nothing comes from elsewhere"
    assert page.xpath("//table[not(caption) and not(ancestor::*[@aria-labelledby])]") == []
    assert page.xpath("//th[not(@scope)]") == []
    assert page.xpath("//img[not(@alt)]") == []
    _links_lead_somewhere(page, set(ids))
    _fields_have_labels(page)
    _forms_are_safe(page)
    _headings_go_step_by_step(page)


def _errors_come_first(page: html.HtmlElement, title: str) -> None:
    """Make sure that a title begins with what was wrong, and the focus is on what says so, under a heading."""
    focused = page.xpath("//*[@autofocus]")
    assert title.startswith("エラー: ") == bool(focused)
    for summary in focused:
        assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
        assert words(summary, "./h2") == ["エラーがあります"]
    assert bool(page.xpath("//*[@aria-invalid='true'] | //*[contains(@class, 'field__error')]")) <= bool(focused)
    assert len(focused) <= 1


def _links_lead_somewhere(page: html.HtmlElement, ids: set[str]) -> None:
    for link in page.xpath("//a"):
        address = link.get("href")
        assert address, f"a link without address: {words_of(link)}"
        assert words_of(link) or link.get("aria-label"), f"a link without words: {address}"
        if address.startswith("#"):
            assert address[1:] in ids, f"nothing is at {address}"


def _fields_have_labels(page: html.HtmlElement) -> None:
    labelled = set(page.xpath("//label/@for"))
    assert labelled <= set(page.xpath("//@id")), "a label of nothing"
    for field in page.xpath("//input | //select | //textarea"):
        if field.get("type") not in _UNLABELLED_KINDS:
            assert field.get("id") in labelled, f"a field without label: {field.get('name')}"
            assert field.get("name"), "a field that is not sent"
    for kind in ("radio", "checkbox"):
        for group in page.xpath(f"//fieldset[.//input[@type='{kind}']]"):
            assert words(group, "./legend") != [""], "a group without name"
    assert all(words_of(button) for button in page.xpath("//button")), "a button without words"


def _forms_are_safe(page: html.HtmlElement) -> None:
    for form in page.xpath("//form"):
        assert form.get("method") in ("get", "post"), "a form without method"
        assert form.get("action", "").startswith("/"), "a form that leads nowhere"
        assert form.xpath(".//button"), "a form that cannot be sent"
        tokens = form.xpath(".//input[@name='csrf_token']/@value")
        assert len(tokens) == (1 if form.get("method") == "post" else 0), "CSRF tokens"


def _headings_go_step_by_step(page: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def _value(field: html.HtmlElement) -> str | None:
    """Give what a browser sends of a field as it stands; None for nothing."""
    if field.tag == "select":
        chosen = field.xpath("./option[@selected]") or field.xpath("./option")[:1]
        return str(chosen[0].get("value", chosen[0].text_content())) if chosen else None
    if field.tag == "textarea":
        return str(field.text_content())
    if field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
        return None
    return str(field.get("value", ""))


def words_of(element: html.HtmlElement) -> str:
    """Give the text of an element, white space put right."""
    return " ".join(element.text_content().split())
