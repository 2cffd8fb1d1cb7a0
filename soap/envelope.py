"""The SOAP 1.1 envelope: read strictly, before anything looks at what it carries."""

import re

from lxml import etree

from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.names import SOAP_ENVELOPE, in_namespace

ENVELOPE = in_namespace(SOAP_ENVELOPE, "Envelope")
HEADER = in_namespace(SOAP_ENVELOPE, "Header")
BODY = in_namespace(SOAP_ENVELOPE, "Body")
_MUST_UNDERSTAND = in_namespace(SOAP_ENVELOPE, "mustUnderstand")
_ACTOR = in_namespace(SOAP_ENVELOPE, "actor")
_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"

RULES = Rulebook(code=RefusalCode.NOT_WELL_FORMED)
PIECES = RULES.declare("pieces", message="電文の要素と属性が{most}個を超えています。")
UNKNOWN_ENCODING = RULES.declare("encoding", message="電文の文字コードはUTF-8またはUTF-16です。")
OTHER_ENCODING = RULES.declare("encoding", message="電文を{encoding}として読み取れません。")
BROKEN_AT = RULES.declare("well-formed", message="電文の{line}行{column}文字目付近がXMLとして正しくありません。")
BROKEN = RULES.declare("well-formed")
ROOT = RULES.declare("envelope", code=RefusalCode.BAD_ENVELOPE, message="最上位の要素がEnvelopeではありません。")
PARTS = RULES.declare(
    "envelope", code=RefusalCode.BAD_ENVELOPE, message="Envelopeの中は、Header（省略可）とBodyが1つずつです。"
)
ONE_REQUEST = RULES.declare(
    "body", code=RefusalCode.BAD_ENVELOPE, message="Bodyの中の要求は1つです（{count}件ありました）。"
)
SOAP_VERSION = RULES.declare(
    "soap-version", code=RefusalCode.BAD_ENVELOPE, message="SOAP 1.1の名前空間のEnvelopeではありません。"
)

ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"})
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def read_envelope(body: bytes, *, charset: str | None, most_pieces: int | None = None) -> etree._Element:
    """Give the one element in the Body of a SOAP 1.1 envelope.

    ``charset`` is that of the Content-Type; it goes before what the XML says of itself. Raises
    Refused with HUB-T005 (not XML), HUB-T006 (DOCTYPE), HUB-T007 (not an envelope) or HUB-T009
    (a header that must be understood).

    :param most_pieces: so many tags and attributes are parsed; where the body's size alone keeps them few, None.
    """
    text = _decode(body, charset)
    if most_pieces is not None and _pieces(text) > most_pieces:
        raise Refused(PIECES.refusal(most=most_pieces))
    return _only_body_child(_parse(text))


def _pieces(text: str) -> int:
    """Count at least so many as there are: quotes stand in texts, too."""
    return text.count("<") + (text.count('"') + text.count("'")) // 2


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


def _parse(text: str) -> etree._Element:
    # Before libxml2 sees it, and on the decoded text, so that no encoding hides it.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Refused(Refusal(RefusalCode.DOCTYPE))
    try:
        root = etree.fromstring(text.encode(), _safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(_broken(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Refusal(RefusalCode.DOCTYPE))
    return root


def _safe_parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _broken(error: Exception) -> Refusal:
    # libxml2's own words may quote the message, so only the place is told.
    line, column = getattr(error, "position", (0, 0))
    return BROKEN_AT.refusal(line=line, column=column) if line else BROKEN.refusal()


def _only_body_child(envelope: etree._Element) -> etree._Element:
    if envelope.tag != ENVELOPE:
        if etree.QName(envelope).localname == "Envelope":
            raise Refused(SOAP_VERSION.refusal())
        raise Refused(ROOT.refusal())
    parts = [child.tag for child in envelope]
    if parts not in ([BODY], [HEADER, BODY]):
        raise Refused(PARTS.refusal())
    if parts[0] == HEADER:
        _refuse_headers_to_be_understood(envelope[0])
    body = envelope[-1]
    if len(body) != 1:
        raise Refused(ONE_REQUEST.refusal(count=len(body)))
    return body[0]


def _refuse_headers_to_be_understood(header: etree._Element) -> None:
    for entry in header:
        meant_for_us = entry.get(_ACTOR, _NEXT) in ("", _NEXT)
        if meant_for_us and entry.get(_MUST_UNDERSTAND, "0").strip() not in ("0", "false"):
            raise Refused(Refusal(RefusalCode.MUST_UNDERSTAND))


def in_envelope(element: etree._Element) -> etree._Element:
    """Put an element into the Body of a new envelope."""
    envelope = etree.Element(ENVELOPE, nsmap={"soapenv": SOAP_ENVELOPE})
    etree.SubElement(envelope, BODY).append(element)
    return envelope


def to_bytes(envelope: etree._Element) -> bytes:
    """Write an envelope as it travels, in UTF-8."""
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)
