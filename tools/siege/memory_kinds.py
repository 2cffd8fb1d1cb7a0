"""Messages that are refused, each of a kind that could leave something in the memory of who reads it.

No two of a kind are alike: what is kept for one of them is kept once more for the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from soap.guard import MAX_BODY
from soap.names import SOAP_ENVELOPE, XML_SCHEMA_INSTANCE
from soap_api.services import LOW_VOLTAGE

_NUMBER = "0000000"
"""Stands in a template where the number of the message goes."""
_LONG = "n" * 180
_USUAL = "text/xml; charset=utf-8"


@dataclass(frozen=True)
class Message:
    """What is sent."""

    body: bytes
    content_type: str = _USUAL


@dataclass(frozen=True)
class MemoryKind:
    """One kind: how its first message is written, of which the others differ in a number alone."""

    first: Callable[[int], str]
    """Takes the size in bytes that it shall nearly have."""
    encoding: str = "utf-8"
    content_type: str = _USUAL

    def message(self, number: int, *, size: int = MAX_BODY) -> Message:
        """Make the message with that number."""
        written = f"{number:07}"
        text = _first(self, size).replace(_NUMBER, written)
        return Message(text.encode(self.encoding), self.content_type.replace(_NUMBER, written))


@cache
def _first(kind: MemoryKind, size: int) -> str:
    return kind.first(size)


def _envelope(inside: str, *, header: str = "", attributes: str = "") -> str:
    return (
        f'<e:Envelope xmlns:e="{SOAP_ENVELOPE}">{header}<e:Body><h:registerReferral xmlns:h="{LOW_VOLTAGE.namespace}"'
        f' xmlns:xsi="{XML_SCHEMA_INSTANCE}"{attributes}>{inside}</h:registerReferral></e:Body></e:Envelope>'
    )


def _copies(item: str, size: int) -> str:
    """Write an item again and again, each time with a sequence of letters of its own for ``#``."""
    numbered = item.replace("#", "x10000")
    return "".join(item.replace("#", f"x{place:05x}") for place in range((size - 1024) // len(numbered.encode())))


def _full(item: str, *, wrap: str = "{}") -> Callable[[int], str]:
    return lambda size: _envelope(wrap.replace("{}", _copies(item, size)))


def _in_header(item: str) -> Callable[[int], str]:
    return lambda size: _envelope("", header=f"<e:Header>{_copies(item, size)}</e:Header>")


def _in_attributes(item: str) -> Callable[[int], str]:
    return lambda size: _envelope("", attributes=_copies(item, size))


def _unclosed(size: int) -> str:
    return _NAMES(size).removesuffix("></e:Envelope>")


def _behind_doctype(size: int) -> str:
    return f"<!DOCTYPE a0000000{_LONG} [<!ENTITY x 'y'>]>" + _NAMES(size)


def _nested(size: int) -> str:
    return _envelope("<a0000000>" * (size // 25) + "</a0000000>" * (size // 25))


_TEXT = "<h:address>{}</h:address>"
_NAMES = _full(f"<a0000000#{_LONG}/>")

KINDS: Mapping[str, MemoryKind] = {
    "element-names": MemoryKind(_NAMES),
    "element-names-short": MemoryKind(_full("<a0000000#/>")),
    "element-names-utf-16": MemoryKind(
        lambda size: _NAMES(size // 2), encoding="utf-16", content_type="text/xml; charset=utf-16"
    ),
    "element-names-with-bom": MemoryKind(_NAMES, encoding="utf-8-sig"),
    "element-names-unclosed": MemoryKind(_unclosed),
    "element-names-behind-doctype": MemoryKind(_behind_doctype),
    "header-names": MemoryKind(_in_header(f"<a0000000#{_LONG}/>")),
    "operations": MemoryKind(lambda size: _envelope("").replace("registerReferral", f"r0000000{'n' * (size // 3)}")),
    "one-long-name": MemoryKind(lambda size: _envelope(f"<a0000000{'n' * (size - 1024)}/>")),
    "attribute-names": MemoryKind(_in_attributes(f" a0000000#{_LONG}=''")),
    "attribute-values": MemoryKind(_full("<h:address a='0000000#'/>")),
    "prefixes": MemoryKind(_in_attributes(f" xmlns:a0000000#{_LONG}='u'")),
    "namespaces": MemoryKind(_full(f"<a xmlns='urn:0000000#{_LONG}'/>")),
    "namespaces-in-header": MemoryKind(_in_header(f"<a xmlns='urn:0000000#{_LONG}'/>")),
    "types": MemoryKind(_full(f"<h:address xsi:type='h:a0000000#{_LONG}'/>")),
    "deep": MemoryKind(_nested),
    "deep-over-and-over": MemoryKind(_full("<a>" * 200 + "0000000" + "</a>" * 200)),
    "wide": MemoryKind(_full("<a/>", wrap="{}0000000")),
    "wide-repeated": MemoryKind(_full("<h:consent/>", wrap="{}0000000")),
    "instructions": MemoryKind(_full(f"<?a0000000#{_LONG} b?>")),
    "comments": MemoryKind(_full("<!-- 0000000# -->")),
    "sections": MemoryKind(_full("<![CDATA[0000000#]]>", wrap=_TEXT)),
    "one-text": MemoryKind(_full("長", wrap="<h:address>0000000{}</h:address>")),
    "short-texts": MemoryKind(_full("<h:address>#</h:address>", wrap="{}0000000")),
    "references": MemoryKind(_full("&lt;", wrap="<h:address>0000000{}</h:address>")),
    "entities": MemoryKind(_full(f"&e0000000#{_LONG};", wrap=_TEXT)),
    "content-types": MemoryKind(
        lambda size: _envelope("<h:messageId>0000000</h:messageId>"),
        content_type=f"text/xml; charset=utf-8; a0000000={'n' * 7_000}",
    ),
}
