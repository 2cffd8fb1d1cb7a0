"""Following the events of one message: the envelope is held to its form, and of it the request alone is kept.

What a caller wrote is expat's and Python's while it is read, and nobody's afterwards. libxml2 keeps a dictionary
of names for every thread and never gives one back, so no name that a caller chose is shown to it.
"""

from collections import defaultdict
from xml.etree.ElementTree import Element, TreeBuilder

from schemas.findings import Refusal, Refused, Rulebook
from schemas.refusal_codes import RefusalCode
from soap.names import BODY, ENVELOPE, HEADER, SOAP_ENVELOPE, XML_SCHEMA_INSTANCE, in_namespace

_MUST_UNDERSTAND = in_namespace(SOAP_ENVELOPE, "mustUnderstand")
_ACTOR = in_namespace(SOAP_ENVELOPE, "actor")
_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"
_TYPE = in_namespace(XML_SCHEMA_INSTANCE, "type")
_WHITE = " \t\r\n"

RULES = Rulebook(code=RefusalCode.BAD_ENVELOPE)
SOAP_VERSION = RULES.declare("soap-version", message="SOAP 1.1の名前空間のEnvelopeではありません。")
ROOT = RULES.declare("envelope", message="最上位の要素がEnvelopeではありません。")
PARTS = RULES.declare("envelope", message="Envelopeの中は、Header（省略可）とBodyが1つずつです。")
TEXT = RULES.declare(
    "envelope-text",
    message="Envelope・Header・Bodyの直下に文字があります。",
    action="要素の外の文字を除いて送信してください。",
)
NO_REQUEST = RULES.declare("body", message="Bodyの中に要求がありません。")
ONE_REQUEST = RULES.declare("body", message="Bodyの中の要求は1つです。")
DEPTH = RULES.declare(
    "depth",
    code=RefusalCode.NOT_WELL_FORMED,
    message="電文の要素の重なりが{most}段を超えています。",
    action="WSDLにあるとおりの電文を送信してください。",
)
PIECES = RULES.declare(
    "pieces",
    code=RefusalCode.FORM,
    message="要求の要素・属性・名前空間宣言が、合わせて{most}個を超えています。",
    action="WSDLにあるとおりの電文を送信してください。",
)
NAMES = RULES.declare(
    "names",
    code=RefusalCode.FORM,
    message="電文の要素と属性の名前が、{most}種類を超えています。",
    action="WSDLにあるとおりの電文を送信してください。",
)

MOST_NAMES = 300
"""Different names of elements and attributes; a whole WSDL has some 150, and a header of a security library 30."""
MOST_PIECES = 10_000
"""Of elements, attributes and declared namespaces in one request; the largest that is sound has some hundreds."""
DEEPEST = 256
"""Elements within one another; a request has no more than seven, a header of a security library twenty."""

_ENVELOPE_LEVEL, _PART_LEVEL, _REQUEST_LEVEL = 1, 2, 3


class EnvelopeReader:
    """The target of a parser: its events come in here, and ``close`` gives the one element in the Body.

    :raises Refused: from whichever event shows that the message is no envelope with one request.
    """

    def __init__(self, *, most_pieces: int) -> None:
        self._request = TreeBuilder()
        self._most_pieces = most_pieces
        self._pieces = 0
        self._names: set[str] = set()
        self._depth = 0
        self._parts: list[str] = []
        self._in_body = False
        self._requests = 0
        self._namespaces: defaultdict[str, list[str]] = defaultdict(list)
        """What each prefix stands for, the innermost last."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        depth = self._depth = self._depth + 1
        self._names.add(tag)
        if attributes:
            self._names.update(attributes)
        if len(self._names) > MOST_NAMES:
            raise Refused(NAMES.refusal(most=MOST_NAMES))
        if depth <= _REQUEST_LEVEL:
            self._check_place(tag, attributes)
        elif depth > DEEPEST:
            raise Refused(DEPTH.refusal(most=DEEPEST))
        if depth >= _REQUEST_LEVEL and self._in_body:
            self._count(1 + len(attributes))
            if attributes and _TYPE in attributes:
                attributes[_TYPE] = self._qualified(attributes[_TYPE])
            self._request.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._depth >= _REQUEST_LEVEL and self._in_body:
            self._request.end(tag)
        self._depth -= 1

    def data(self, text: str) -> None:
        """Take text, or a piece of it."""
        if self._depth < _REQUEST_LEVEL:
            if text.strip(_WHITE):
                raise Refused(TEXT.refusal())
        elif self._in_body:
            self._request.data(text)

    def start_ns(self, prefix: str, namespace: str) -> None:
        """Take a namespace that holds in the element to start next."""
        self._namespaces[prefix].append(namespace)
        if self._in_body:
            self._count(1)

    def end_ns(self, prefix: str) -> None:
        """Take the end of where a namespace holds."""
        self._namespaces[prefix].pop()

    def doctype(self, *_: object) -> None:
        """Refuse a document type, wherever it hid."""
        raise Refused(Refusal(RefusalCode.DOCTYPE))

    def close(self) -> Element:
        """Give the request when all has come in."""
        if not self._in_body:
            raise Refused(PARTS.refusal())
        if not self._requests:
            raise Refused(NO_REQUEST.refusal())
        return self._request.close()

    def _check_place(self, tag: str, attributes: dict[str, str]) -> None:
        if self._depth == _ENVELOPE_LEVEL:
            if tag != ENVELOPE:
                raise Refused((SOAP_VERSION if tag.rpartition("}")[2] == "Envelope" else ROOT).refusal())
        elif self._depth == _PART_LEVEL:
            self._parts.append(tag)
            if self._parts not in ([HEADER], [BODY], [HEADER, BODY]):
                raise Refused(PARTS.refusal())
            self._in_body = tag == BODY
        elif self._in_body:
            self._requests += 1
            if self._requests > 1:
                raise Refused(ONE_REQUEST.refusal())
        else:
            _refuse_to_be_understood(attributes)

    def _count(self, pieces: int) -> None:
        self._pieces += pieces
        if self._pieces > self._most_pieces:
            raise Refused(PIECES.refusal(most=self._most_pieces))

    def _qualified(self, name: str) -> str:
        """Write the name of a type with its namespace; what its prefix stands for is known only here."""
        prefix, _, local = name.strip(_WHITE).rpartition(":")
        holding = self._namespaces[prefix]
        return in_namespace(holding[-1] if holding else "", local)


def _refuse_to_be_understood(header: dict[str, str]) -> None:
    meant_for_us = header.get(_ACTOR, _NEXT) in ("", _NEXT)
    if meant_for_us and header.get(_MUST_UNDERSTAND, "0").strip() not in ("0", "false"):
        raise Refused(Refusal(RefusalCode.MUST_UNDERSTAND))
