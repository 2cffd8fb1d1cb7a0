"""What a walk through the screens notes: nothing that another walk would have otherwise, as numbers and days."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml
from lxml.html import HtmlElement
from werkzeug.routing import Map

from docs.specification_pages.walked import ELSEWHERE, FILE

LINK, BUTTON = "link", "button"
_UNLABELLED = ("hidden", "submit")
_FORMS_OF_THE_CATALOGUE = ("requests.show", "requests.send", "inquiries.show", "inquiries.ask")
"""Their fields are the catalogue's."""
_PLACEHOLDERS = (
    (re.compile(r"(?:SW|AP)[0-9A-Z]{20}|CSV[0-9]{8}-[0-9A-Z]{10}"), "〔番号〕"),
    (re.compile(r"\d{22}"), "〔地点〕"),
    (re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?|\d{4}年\d\d?月\d\d?日|\d\d?月\d\d?日|\d\d?/\d\d?"), "〔日〕"),
    (re.compile(r"\d[\d,]*(?=[件行])"), "〔数〕"),
)
_MOST_WORDS = 12
"""So many different words of one way are written down; more are a list of what there is."""
_MANY = "〔一覧の項目〕"


@dataclass(frozen=True)
class Way:
    """One way from a screen to another."""

    begin: str
    end: str
    kind: str


@dataclass
class Notes:
    """What was seen so far."""

    visits: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How often each role came to what."""
    ways: dict[Way, set[str]] = field(default_factory=lambda: defaultdict(set))
    everywhere: dict[Way, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Ways of the header, which all pages have; their begin is empty."""
    opened: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Who came to a screen, by its endpoint."""
    sent: set[str] = field(default_factory=set)
    """Endpoints that somebody sent a form to, of which those that lead on at once are no screens."""
    fields: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    """What a person can put in on a screen, by its endpoint, in the order of the page."""

    def way(self, begin: str, end: str, kind: str, words: str, *, header: bool = False) -> None:
        """Note a way, by what stands on its link or button."""
        noted = self.everywhere if header else self.ways
        noted[Way("" if header else begin, end, kind)].add(without_numbers(words))

    def page(self, endpoint: str, person: str, page: HtmlElement) -> None:
        """Note who sees a screen, and what can be put in there."""
        self.opened[endpoint].add(person)
        if endpoint not in _FORMS_OF_THE_CATALOGUE:
            for name in _fields(page):
                self.fields[endpoint].setdefault(name)

    def text(self, rules: Map) -> str:
        """Write all of it, with the addresses there are."""
        endpoints = sorted({rule.endpoint for rule in rules.iter_rules()})
        known = {endpoint: self._screen(endpoint, rules) for endpoint in (*endpoints, ELSEWHERE)}
        everything = {
            "everywhere": _written(self.everywhere.items()),
            "screens": {name: screen for name, screen in known.items() if screen},
        }
        written: str = yaml.safe_dump(everything, allow_unicode=True, sort_keys=False, width=1000)
        return _HEAD + written

    def _screen(self, endpoint: str, rules: Map) -> dict[str, object]:
        own = [rule for rule in rules.iter_rules() if rule.endpoint == endpoint]
        methods = {method for rule in own for method in rule.methods or ()} - {"HEAD", "OPTIONS"}
        ways = [(way, words) for way, words in self.ways.items() if way.begin == endpoint]
        screen: dict[str, object] = {
            "addresses": sorted({rule.rule for rule in own}),
            "methods": sorted(methods),
            "opened_by": sorted(self.opened[endpoint]) if endpoint in self.opened else [],
            "fields": list(self.fields.get(endpoint, ())),
            "ways": _written(ways),
        }
        return {name: value for name, value in screen.items() if value}


_HEAD = """\
# 画面の遷移と入力項目。見本の案件を、すべての登場人物が実際の画面でたどった記録です (手で書き換えないでください)。
# 書き直すには: pytest tests/web/walk --record-walk
"""


def without_numbers(words: str) -> str:
    """Write a placeholder for what is another in another walk."""
    for pattern, placeholder in _PLACEHOLDERS:
        words = pattern.sub(placeholder, words)
    return words


def _written(ways: Iterable[tuple[Way, set[str]]]) -> list[dict[str, object]]:
    ordered = sorted(ways, key=lambda pair: (pair[0].end, pair[0].kind))
    return [
        {"to": way.end, "by": way.kind, "words": sorted(words) if len(words) <= _MOST_WORDS else [_MANY]}
        for way, words in ordered
    ]


def _fields(page: HtmlElement) -> list[str]:
    """List what the fields of a page are called, a group of choices once, with the mark of what is required."""
    names = []
    for control in page.xpath("//main//input | //main//select | //main//textarea"):
        if control.get("type") in _UNLABELLED:
            continue
        group = control.xpath("ancestor::fieldset[1]/legend")
        chosen = control.get("type") in ("radio", "checkbox") and group
        labels = group if chosen else page.xpath("//label[@for=$id]", id=control.get("id"))
        names += [without_numbers(" ".join(label.text_content().split())) for label in labels]
    return names


def record(text: str) -> None:
    """Make a walk the one that the document tells of."""
    FILE.write_text(text, encoding="utf-8")
