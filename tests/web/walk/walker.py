"""A person who follows every link and presses every button of the screens, and notes where each leads."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from docs.specification_pages.walked import ELSEWHERE
from schemas.codes import ProcessKind
from tests.web.pages import form_values, words_of
from tests.web.walk.notes import BUTTON, LINK, Notes

Fill = Callable[[str, Mapping[str, str]], Mapping[str, str | list[str]]]
"""Gives what a person types into a form, by the endpoint that takes it and the arguments of its address."""

_MOST_VISITS, _MOST_CASES = 6, 30
"""To one screen: with more the same one is seen again, with another filter or of another case."""
_LOGIN, _ENDING = "/login", ProcessKind.WITHDRAW.label
_OF_ONE_CASE = ("case_number", "subject", "message_id", "segment")
"""Arguments in which addresses differ that show the same screen."""


@dataclass(frozen=True)
class Form:
    """A form that was seen, and the button that sends it."""

    begin: str
    address: str
    method: str
    words: str
    values: Mapping[str, str | list[str]]
    names: frozenset[str]
    """Of its fields."""


@dataclass
class Walker:
    """One person, from login to logout."""

    app: Flask
    client: FlaskClient
    person: str
    notes: Notes
    fill: Fill
    waiting: deque[str] = field(default_factory=deque)
    forms: deque[Form] = field(default_factory=deque)
    last_forms: deque[Form] = field(default_factory=deque)
    """Those that take something back, after which nothing else can be done with it."""
    _seen: set[str] = field(default_factory=set)
    _visits: Counter[str] = field(default_factory=Counter)

    @property
    def _addresses(self) -> MapAdapter:
        return self.app.url_map.bind("localhost")

    def look_around(self) -> None:
        """Follow every link."""
        while self.waiting:
            address = self.waiting.popleft()
            if self._is_new(address):
                self._read(self.client.get(address), address)

    def act(self) -> None:
        """Press every button too: as the form stands, and filled in."""
        while self.forms or self.last_forms:
            form = (self.forms or self.last_forms).popleft()
            endpoint, arguments = self._where(form.address, form.method)
            for typed in ({}, self.fill(endpoint, arguments)):
                self._send(form, typed)
                self.look_around()

    def log_in(self, role: str, **typed: str) -> None:
        """Note only where the login leads somebody who has a role."""
        self.waiting.append(_LOGIN)
        self.look_around()
        self.person = role
        self._send(self.forms.popleft(), typed)

    def _is_new(self, address: str) -> bool:
        endpoint, arguments = self._where(address, "GET")
        kinds = {name: value for name, value in arguments.items() if name not in _OF_ONE_CASE}
        screen, most = f"{endpoint} {kinds}", _MOST_VISITS if len(kinds) == len(arguments) else _MOST_CASES
        if address in self._seen or endpoint == ELSEWHERE or self._visits[screen] >= most:
            return False
        self._seen.add(address)
        self._visits[screen] += 1
        return True

    def _where(self, address: str, method: str) -> tuple[str, Mapping[str, str]]:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return ELSEWHERE, {}
        try:
            endpoint, arguments = self._addresses.match(parts.path, method=method)
        except HTTPException:
            return ELSEWHERE, {}
        return endpoint, arguments

    def _read(self, answer: TestResponse, address: str, *, method: str = "GET") -> str:
        """Note what a page shows, and give the endpoint of the screen that it is."""
        if answer.status_code == 303:
            return self._read(self.client.get(answer.location), answer.location)
        endpoint, _ = self._where(address, method)
        assert answer.status_code < 500, address
        if answer.status_code in (403, 404) or answer.mimetype != "text/html":
            if answer.status_code == 200:
                self.notes.opened[endpoint].add(self.person)
            return endpoint
        page = html.document_fromstring(answer.get_data(as_text=True))
        self.notes.page(endpoint, self.person, page)
        self._links(endpoint, page)
        self._forms(endpoint, page)
        return endpoint

    def _links(self, begin: str, page: html.HtmlElement) -> None:
        for link in page.xpath("//a[not(starts-with(@href, '#'))]"):
            address = str(link.get("href"))
            end, _ = self._where(address, "GET")
            in_header = bool(link.xpath("ancestor::header | ancestor::footer"))
            self.notes.way(begin, end, LINK, link.get("aria-label") or words_of(link), header=in_header)
            self.waiting.append(address.partition("#")[0])

    def _forms(self, begin: str, page: html.HtmlElement) -> None:
        for form in page.xpath("//form"):
            in_header = bool(form.xpath("ancestor::header"))
            for button in form.xpath(".//button[not(@type='button')]"):
                pressed = _pressed(begin, form, button)
                if in_header:
                    end, _ = self._where(pressed.address, pressed.method)
                    self.notes.way(begin, end, BUTTON, pressed.words, header=True)
                elif self._is_another(pressed):
                    (self.last_forms if _ENDING in pressed.words else self.forms).append(pressed)

    def _is_another(self, form: Form) -> bool:
        """Tell whether a form is not one that was sent already, of another case."""
        endpoint, arguments = self._where(form.address, form.method)
        kinds = {name: value for name, value in arguments.items() if name not in _OF_ONE_CASE}
        known = f"{form.begin} {endpoint} {kinds} {form.words}"
        if known in self._seen:
            return False
        self._seen.add(known)
        return True

    def _send(self, form: Form, typed: Mapping[str, str | list[str]]) -> None:
        values = {**form.values, **{name: value for name, value in typed.items() if name in form.names}}
        if form.method == "GET":
            answer = self.client.get(form.address, query_string=values)
        else:
            answer = self.client.post(form.address, data=values)
        end = self._read(answer, form.address, method=form.method)
        self.notes.way(form.begin, end, BUTTON, form.words)


def _pressed(begin: str, form: html.HtmlElement, button: html.HtmlElement) -> Form:
    return Form(
        begin,
        address=str(form.get("action")),
        method=str(form.get("method")).upper(),
        words=words_of(button),
        values=form_values(form, button),
        names=frozenset(map(str, form.xpath(".//@name"))),
    )
