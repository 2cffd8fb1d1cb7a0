"""A person who follows every link and presses every button of the screens, and notes where each leads."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
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

Fill = Callable[[str, Mapping[str, str]], Mapping[str, Any]]
"""Gives what a person types into a form, by the endpoint that takes it and the arguments of its address."""

_IN_HEADER = "ancestor::header[@class='header'] | ancestor::footer"
_OF_THE_CATALOGUE = ("requests.show", "inquiries.show", "bulk.show")
_LOGIN, _ENDING = "/login", ProcessKind.WITHDRAW.label
_MOST = {"figure": 1, "case_number": 30, "subject": 6, "message_id": 4, "kind": 2, "segment": 3, "user_id": 6}
"""So many addresses that differ in this argument alone are visited: they show the same screen, of other cases."""
_MOST_OTHERWISE = 6
"""As many that differ in what is asked alone: filters, pages."""
_MOST_FORMS = {"case_number": 3}
"""Of one form are sent, of as many cases: with one of them something else may have been done before."""


@dataclass(frozen=True)
class Form:
    """A form that was seen, and the button that sends it."""

    begin: str
    address: str
    method: str
    words: str
    values: Mapping[str, Any]
    names: frozenset[str]
    """Of its fields."""
    in_header: bool


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
    _visits: Counter[str] = field(default_factory=Counter)

    @property
    def _of_role(self) -> Counter[str]:
        """Visits of all who have the role: the forms of the catalogue are the same for each of them."""
        return self.notes.visits[self.person]

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
        seen = self._of_role if endpoint in _OF_THE_CATALOGUE and "subject" not in arguments else self._visits
        screen, most = _screen(endpoint, arguments), _most(_MOST, arguments, otherwise=_MOST_OTHERWISE)
        if seen[address] or endpoint == ELSEWHERE or seen[screen] >= most:
            return False
        seen[address] += 1
        seen[screen] += 1
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
        if answer.status_code in (302, 303):
            return self._read(self.client.get(answer.location), answer.location)
        endpoint, _ = self._where(address, method)
        assert answer.status_code < 500 or answer.mimetype != "text/html", address
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
            in_header = bool(link.xpath(_IN_HEADER))
            self.notes.way(begin, end, LINK, link.get("aria-label") or words_of(link), header=in_header)
            self.waiting.append(address.partition("#")[0])

    def _forms(self, begin: str, page: html.HtmlElement) -> None:
        for form in page.xpath("//form"):
            for button in form.xpath(".//button[not(@type='button')]"):
                pressed = _pressed(begin, form, button)
                if pressed.in_header:
                    self._note_of_header(pressed)
                elif self._is_another(pressed):
                    (self.last_forms if _ENDING in pressed.words else self.forms).append(pressed)

    def _note_of_header(self, form: Form) -> None:
        """Note where it leads, and send it once at the end; but for the one that ends all."""
        end, _ = self._where(form.address, form.method)
        self.notes.way(form.begin, end, BUTTON, form.words, header=True)
        if form.method == "GET" and self._is_another(replace(form, begin="")):
            self.forms.append(form)

    def _is_another(self, form: Form) -> bool:
        """Tell whether a form is not one that was sent already, of another case."""
        endpoint, arguments = self._where(form.address, form.method)
        known = f"{form.begin} {_screen(endpoint, arguments)} {form.words}"
        self._visits[known] += 1
        return self._visits[known] <= _most(_MOST_FORMS, arguments, otherwise=1)

    def _send(self, form: Form, typed: Mapping[str, Any]) -> None:
        values = {**form.values, **{name: value for name, value in typed.items() if name in form.names}}
        if form.method == "GET":
            answer = self.client.get(form.address, query_string=values)
        else:
            answer = self.client.post(form.address, data=values)
            self.notes.sent.add(self._where(form.address, form.method)[0])
        end = self._read(answer, form.address, method=form.method)
        self.notes.way(form.begin, end, BUTTON, form.words, header=form.in_header)


def _pressed(begin: str, form: html.HtmlElement, button: html.HtmlElement) -> Form:
    return Form(
        begin,
        address=str(form.get("action")),
        method=str(form.get("method")).upper(),
        words=words_of(button),
        values=form_values(form, button),
        names=frozenset(map(str, form.xpath(".//@name"))),
        in_header=bool(form.xpath(_IN_HEADER)),
    )


def _screen(endpoint: str, arguments: Mapping[str, str]) -> str:
    """Name what addresses have in common that show the same screen."""
    return f"{endpoint} { {name: value for name, value in arguments.items() if name not in _MOST} }"


def _most(limits: Mapping[str, int], arguments: Mapping[str, str], *, otherwise: int) -> int:
    return next((most for name, most in limits.items() if name in arguments), otherwise)
