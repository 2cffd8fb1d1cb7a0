"""The SOAP 1.1 envelope: read strictly, before anything looks at what it carries."""

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from lxml import etree

from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.envelope_reader import MOST_PIECES, PIECES, EnvelopeReader
from soap.names import BODY, ENVELOPE, SOAP_ENVELOPE

RULES = Rulebook(code=RefusalCode.NOT_WELL_FORMED)
UNKNOWN_ENCODING = RULES.declare("encoding", message="電文の文字コードはUTF-8またはUTF-16です。")
OTHER_ENCODING = RULES.declare("encoding", message="電文を{encoding}として読み取れません。")
BROKEN_AT = RULES.declare("well-formed", message="電文の{line}行{column}文字目付近がXMLとして正しくありません。")

ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"})
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_AT_ONCE = 64 * 1024
"""Characters. A message that is refused is not parsed beyond the piece that it is refused for."""
_NO_MEMORY = 1
"""XML_ERROR_NO_MEMORY, which ``xml.parsers.expat.errors`` names by its words alone."""


def read_envelope(body: bytes, *, charset: str | None, most_pieces: int = MOST_PIECES) -> Element:
    """Give the one element in the Body of a SOAP 1.1 envelope.

    ``charset`` is that of the Content-Type; it goes before what the XML says of itself. In the element an
    ``xsi:type`` names its type as ElementTree writes names, ``{namespace}name``.

    :param most_pieces: so many elements, attributes and namespaces are looked at.
    :raises Refused: with HUB-T005 (not XML), HUB-T006 (DOCTYPE), HUB-T007 (not an envelope), HUB-T009 (a header
        that must be understood) or HUB-F001 (more pieces than that, or more names than the contract can have).
    :raises MemoryError: where there is none left, which says nothing of the message.
    """
    text = _decode(body, charset)
    # Before a parser sees it, and on the decoded text, so that no encoding hides it.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(Refusal(RefusalCode.DOCTYPE))
    if text.count("=") > most_pieces:  # the parser tells of an element's attributes when it has read them all
        raise Refused(PIECES.refusal(most=most_pieces))
    try:
        return _parse(text, most_pieces)
    except Refused as refused:
        if refused.refusal.code is RefusalCode.BAD_ENVELOPE:
            _refuse_broken(text)  # what is not XML at all is told so, wherever it breaks
        raise


def _decode(body: bytes, charset: str | None) -> str:
    encoding = (charset or _own_encoding(body)).lower()
    if encoding not in ENCODINGS:
        raise Refused(UNKNOWN_ENCODING.refusal())
    try:
        return body.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Refused(OTHER_ENCODING.refusal(encoding=encoding)) from None


def _own_encoding(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if body.startswith(b"<\x00"):
        return "utf-16le"
    if body.startswith(b"\x00<"):
        return "utf-16be"
    declared = _DECLARED.match(body.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].decode("ascii") if declared else "utf-8"


def _parse(text: str, most_pieces: int) -> Element:
    parser = XMLParser(target=EnvelopeReader(most_pieces=most_pieces))  # noqa: S314  # no DOCTYPE, so no entities
    try:
        for start in range(0, len(text), _AT_ONCE):
            parser.feed(text[start : start + _AT_ONCE])
        return parser.close()
    except ParseError as error:
        raise _broken(error.code, *error.position) from None


def _refuse_broken(text: str) -> None:
    try:
        expat.ParserCreate(namespace_separator="}").Parse(text, True)
    except expat.ExpatError as error:
        raise _broken(error.code, error.lineno, error.offset) from None


def _broken(code: int, line: int, column: int) -> Exception:
    # The parser's own words are not passed on, only the place.
    return MemoryError() if code == _NO_MEMORY else Refused(BROKEN_AT.refusal(line=line, column=column + 1))


def in_envelope(element: etree._Element) -> etree._Element:
    """Put an element into the Body of a new envelope."""
    envelope = etree.Element(ENVELOPE, nsmap={"soapenv": SOAP_ENVELOPE})
    etree.SubElement(envelope, BODY).append(element)
    return envelope


def to_bytes(envelope: etree._Element) -> bytes:
    """Write an envelope as it travels, in UTF-8."""
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
