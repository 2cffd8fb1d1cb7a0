"""Input made to do harm, as it goes over the wire: whole HTTP requests, and what is to be said to each."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from soap.guard import MAX_BODY
from soap.names import SOAP_ENVELOPE
from soap_api.services import LOW_VOLTAGE, path_of
from tests.soap_support.envelopes import envelope

NS = LOW_VOLTAGE.namespace
MARK = "hostile-secret"
"""Stands in every input; no answer and no log may hold it."""
_TYPE = "text/xml; charset=utf-8"
_HEAD = f"POST {path_of(LOW_VOLTAGE)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


Bytes = Callable[[], bytes]
"""Made when they are sent: a hundred messages of a mebibyte take seconds, and most test processes send none."""


@dataclass(frozen=True)
class Hostile:
    """One input."""

    make: Bytes
    answers: tuple[tuple[int, str | None], ...]
    """Status and message code, of which one pair is answered."""

    @property
    def wire(self) -> bytes:
        """All that is sent."""
        return self.make()


_STATUS = {"HUB-T002": 415, "HUB-T003": 415, "HUB-T004": 413, "HUB-T011": 400, "HUB-R009": 408}


def _with(*codes: str) -> tuple[tuple[int, str | None], ...]:
    return tuple((_STATUS.get(code, 500), code) for code in codes)


def _raw(make: Bytes, *answers: tuple[int, str | None]) -> Hostile:
    return Hostile(make, answers)


def _posted(make: Bytes, *codes: str, content_type: str = _TYPE, headers: str = "") -> Hostile:
    def wire() -> bytes:
        body = make()
        head = f"{_HEAD}Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        return head.encode() + body

    return Hostile(wire, _with(*codes))


def _chunked(pieces: Callable[[], Iterable[bytes]], *codes: str, end: Bytes = lambda: b"0\r\n\r\n") -> Hostile:
    def wire() -> bytes:
        head = f"{_HEAD}Content-Type: {_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces()) + end()

    return Hostile(wire, _with(*codes))


def _request(inside: str, *, attributes: str = "") -> bytes:
    """Write a registration with something inside."""
    return envelope(f"<h:registerReferral xmlns:h='{NS}'{attributes}>{inside}<!-- {MARK} --></h:registerReferral>")


def _full(item: str, *, wrap: str = "{}", attributes: bool = False) -> Bytes:
    """Fill as :func:`_filled` does, when it is sent."""
    return lambda: _filled(item, wrap=wrap, attributes=attributes)


def _filled(item: str, *, wrap: str = "{}", attributes: bool = False) -> bytes:
    """Fill a message up with numbered copies of something to just below the size limit."""
    room = MAX_BODY - len(_request(wrap)) - 64
    items: list[str] = []
    number = 0
    while room > 0:
        items.append(item.replace("#", str(number)))
        room -= len(items[-1].encode())
        number += 1
    inside = "".join(items[:-1])
    return _request("", attributes=inside) if attributes else _request(wrap.replace("{}", inside))


def _with_doctype(doctype: str, text: str = "&x;") -> bytes:
    return doctype.encode() + _request(f"<h:address>{text}</h:address>")


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_TELEPHONE = "<h:telephone>{}</h:telephone>"


@cache
def hostile_inputs() -> dict[str, Hostile]:
    """Give all inputs by name; the large ones are just below the size limit."""
    return {**_entities(), **_shapes(), **_full_messages(), **_encodings(), **_envelopes(), **_transports()}


def _declared(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + _request("x")


def _entities() -> dict[str, Hostile]:
    outside = {
        "file": 'SYSTEM "file:///etc/hostname"',
        "http": 'SYSTEM "http://127.0.0.1:9/x"',
        "public": 'PUBLIC "-//X//EN" "http://127.0.0.1:9/x"',
    }
    doctypes = {f"xxe-{name}": f"<!DOCTYPE a [<!ENTITY x {where}>]>" for name, where in outside.items()}
    doctypes["xxe-parameter"] = '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>'
    doctypes["xxe-external-dtd"] = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'
    doctypes["entity-bomb"] = f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}<!ENTITY x "&l9;">]>'
    inputs = {name: _posted(partial(_with_doctype, doctype), "HUB-T006") for name, doctype in doctypes.items()}
    inputs["entity-bomb-quadratic"] = _posted(
        lambda: _with_doctype(f'<!DOCTYPE a [<!ENTITY x "{"ha" * 200_000}">]>', "&x;" * 100_000), "HUB-T006"
    )
    late = _full("&x;", wrap="<h:address>{}</h:address>")
    inputs["entity-without-definition"] = _posted(late, "HUB-T005")
    inputs["xxe-in-utf-16"] = _posted(
        lambda: _with_doctype(doctypes["xxe-file"]).decode().encode("utf-16"),
        "HUB-T006",
        content_type="text/xml; charset=utf-16",
    )
    return inputs


def _shapes() -> dict[str, Hostile]:
    deep = "<a>" * 240 + "</a>" * 240
    return {
        "nested-100000": _posted(lambda: _request("<a>" * 100_000 + "</a>" * 100_000), "HUB-T005"),
        "nested-240-over-and-over": _posted(_full(deep), "HUB-F001"),
        "id-href-cycle": _posted(
            lambda: _request(
                "<h:messageId id='a' href='#b'>M-1</h:messageId><h:consent id='b' href='#a'>"
                "<h:method href='#b'/></h:consent>"
            ),
            "HUB-F001",
        ),
        "id-href-cycles-1-mib": _posted(_full("<h:consent id='i#' href='#i#'/>"), "HUB-F001"),
    }


def _full_messages() -> dict[str, Hostile]:
    wrong_headers = {
        "elements": _full("<a/>"),
        "elements-of-many-names": _full("<a#/>"),
        "elements-of-many-namespaces": _full("<a# xmlns='u#'/>"),
        "repeated-elements": _full("<h:address/>"),
        "repeated-groups": _full("<h:consent/>"),
        "repeated-parts": _full("<h:method/>", wrap="<h:consent>{}</h:consent>"),
        "attributes": _full(" a#=''", attributes=True),
        "attributes-on-a-value": _full(" a#=''", wrap="<h:address {}/>"),
        "attributes-on-many": _full("<h:address a='' b='' c=''/>"),
        "namespaces": _full(" xmlns:a#='u'", attributes=True),
        "qualified-attributes": _full(" xmlns:a#='u#' a#:b=''", attributes=True),
        "one-attribute": _full("x", wrap="<h:address a='{}'/>"),
        "one-text": _full("長", wrap="<h:address>{}</h:address>"),
        "one-number": _full("9", wrap="<h:messageId>{}</h:messageId>"),
        "references": _full("&lt;", wrap="<h:address>{}</h:address>"),
        "one-name": _full("n", wrap="<{}/>"),
        "comments": _full("<!---->", wrap="<h:address>{}</h:address>"),
        "instructions": _full("<?a?>", wrap="<h:address>{}</h:address>"),
        "sections": _full("<![CDATA[]]>x", wrap="<h:address>{}</h:address>"),
        "text-between": _full("<h:address/>x"),
        "white-space": _full(" "),
    }
    inputs = {f"1-mib-of-{name}": _posted(body, "HUB-F001") for name, body in wrong_headers.items()}
    inputs["1-mib-of-soap-headers"] = _posted(
        lambda: envelope(f"<h:nothing xmlns:h='{NS}'/>", header="<x/>" * 260_000), "HUB-T008"
    )
    inputs["1-mib-of-bodies"] = _posted(
        lambda: envelope(None).replace(b"</e:Envelope>", b"<e:Body/>" * 116_000 + b"</e:Envelope>"), "HUB-T007"
    )
    return inputs


def _encodings() -> dict[str, Hostile]:
    text = "<h:address>東京都①</h:address>"
    in_header = ("shift_jis", "cp932", "utf-7", "utf-32", "bogus", "unicode_escape", "x" * 4_000)
    inputs = {
        f"charset-{name[:20]}": _posted(lambda: _request(text), "HUB-T002", content_type=f"text/xml; charset={name}")
        for name in in_header
    }
    inputs |= {
        f"declared-{name}": _posted(partial(_declared, name), "HUB-T005", content_type="text/xml")
        for name in ("Shift_JIS", "UTF-7", "bogus")
    }
    inputs["bytes-of-shift_jis"] = _posted(lambda: _request(text).decode().encode("cp932"), "HUB-T005")
    inputs["bytes-of-nothing"] = _posted(
        lambda: _request("<h:address>{}</h:address>").replace(b"{}", b"\xff\xfe\x80" * 340_000), "HUB-T005"
    )
    inputs["utf-16-cut-in-half"] = _posted(
        lambda: _request(text).decode().encode("utf-16")[:-1], "HUB-T005", content_type="text/xml; charset=utf-16"
    )
    inputs["nul-bytes"] = _posted(lambda: b"\x00" * MAX_BODY, "HUB-T005")
    inputs["gzip"] = _posted(lambda: gzip.compress(b" " * 50_000_000), "HUB-T003", headers="Content-Encoding: gzip\r\n")
    inputs["gzip-unsaid"] = _posted(lambda: gzip.compress(b" " * 50_000_000), "HUB-T005")
    return inputs


def _envelopes() -> dict[str, Hostile]:
    sound = _request("<h:messageId>M-1</h:messageId>")
    return {
        "two-bodies": _posted(lambda: sound.replace(b"</e:Body>", b"</e:Body><e:Body/>"), "HUB-T007"),
        "two-requests": _posted(lambda: sound.replace(b"</e:Body>", b"<a/></e:Body>"), "HUB-T007"),
        "no-envelope": _posted(lambda: b"<a>" + MARK.encode() + b"</a>", "HUB-T007"),
        "soap-1.2": _posted(
            lambda: sound.replace(SOAP_ENVELOPE.encode(), b"http://www.w3.org/2003/05/soap-envelope"), "HUB-T007"
        ),
        "empty": _posted(bytes, "HUB-T005"),
    }


def _transports() -> dict[str, Hostile]:
    sound, room = _request("<h:messageId>M-1</h:messageId>"), MAX_BODY + 1
    whole = _full("<a/>")
    head = f"{_HEAD}Content-Type: {_TYPE}\r\n".encode()

    def announced(length: object) -> Bytes:
        return lambda: head + f"Content-Length: {length}\r\n\r\n".encode() + sound

    def pieces(size: int) -> Callable[[], Iterable[bytes]]:
        return lambda: [body[at : at + size] for body in [whole()] for at in range(0, len(body), size)]

    return {
        "truncated": _raw(announced(len(sound) + 10), *_with("HUB-R009")),
        "truncated-markup": _posted(lambda: sound[:-20], "HUB-T005"),
        "truncated-large": _posted(lambda: whole()[: MAX_BODY // 2], "HUB-F001"),
        "announced-too-long": _raw(announced(10**12), *_with("HUB-T004")),
        "too-long": _posted(lambda: whole() + b" " * room, "HUB-T004"),
        "length-no-number": _raw(announced("1e3"), *_with("HUB-T011")),
        "chunked-by-one": _chunked(pieces(1), "HUB-F001"),
        "chunked-by-fifty": _chunked(pieces(53), "HUB-F001"),
        "chunked-too-long": _chunked(lambda: [b" " * 60_000] * 20, "HUB-T004"),
        "chunked-truncated": _chunked(lambda: [sound[:100]], "HUB-R009", end=bytes),
        "chunked-wrong-size": _chunked(tuple, "HUB-T011", end=lambda: b"zz\r\nabc\r\n0\r\n\r\n"),
        "chunked-endless-size": _chunked(tuple, "HUB-T005", end=lambda: b"0" * 900_000 + b"1\r\na\r\n0\r\n\r\n"),
        "chunked-with-long-extensions": _chunked(
            tuple, "HUB-T005", end=lambda: (b"1;" + b"x" * 8_000 + b"\r\na\r\n") * 120 + b"0\r\n\r\n"
        ),
        "chunked-with-trailers": _chunked(
            lambda: [sound], "HUB-F001", "HUB-T005", end=lambda: b"0\r\n" + b"X: y\r\n" * 90 + b"\r\n"
        ),
        "headers-800-kib": _raw(lambda: head + (b"X: " + b"y" * 8_000 + b"\r\n") * 120 + b"\r\n", *_with("HUB-T011")),
        "headers-100000": _raw(lambda: head + b"X: y\r\n" * 100_000 + b"\r\n", *_with("HUB-T011")),
        "request-line-1-mib": _raw(lambda: b"POST /" + b"a" * MAX_BODY + b" HTTP/1.1\r\n\r\n", *_with("HUB-T011")),
        "no-http": _raw(lambda: MARK.encode() * 50_000 + b"\r\n\r\n", *_with("HUB-T011")),
    }
