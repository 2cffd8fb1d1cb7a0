"""Answers against the contract, as an area was told to give them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from lxml import etree


def spoiling(application: WSGIApplication, spoilt: Mapping[str, str | None]) -> WSGIApplication:
    """Have an application answer with other texts, or without elements, than it would."""

    def called(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda data: None

        body = _spoil(b"".join(application(environ, note)), spoilt)
        status, headers = started[-1]
        remaining = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*remaining, ("Content-Length", str(len(body)))])
        return [body]

    return called


def _spoil(body: bytes, spoilt: Mapping[str, str | None]) -> bytes:
    root = etree.fromstring(body)
    for path, value in spoilt.items():
        number, _, name = path.rpartition("/")
        for element in list(_named(root, name, number)):
            if value is None:
                if (parent := element.getparent()) is not None:
                    parent.remove(element)
            else:
                element.text = value
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _named(root: etree._Element, name: str, number: str) -> Iterator[etree._Element]:
    for element in root.iter(f"{{*}}{name}"):
        parent = element.getparent()
        if not number or (parent is not None and parent.findtext("{*}applicationNumber") == number):
            yield element
