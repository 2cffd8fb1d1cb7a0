"""Reading a message from XML: the structure here, the values by the catalogue, every fault at once."""

from collections.abc import Mapping
from functools import cache
from typing import TypeVar
from xml.etree.ElementTree import Element

from schemas import fields, reading
from schemas.codes import Segment
from schemas.contract import Member, members
from schemas.fields import Form
from schemas.findings import Finding, Rulebook
from schemas.reading import Faulty, RawValue
from schemas.refusal_codes import RefusalCode
from soap.names import XML_SCHEMA, XML_SCHEMA_INSTANCE, in_namespace

Message = TypeVar("Message")

RULES = Rulebook(code=RefusalCode.FORM)
_AT = ("{path}", "{label}")
TEXT_BETWEEN = RULES.declare(
    "text", _AT, message="項目の間に文字があります。", action="要素の外の文字を除いて送信してください。"
)
UNKNOWN_ELEMENT = RULES.declare(
    "unknown-element",
    ("{path}", ""),
    message="定義されていない項目です。",
    action="外部インターフェース仕様書にある項目だけを送信してください。",
)
NAMESPACE = RULES.declare(
    "namespace", _AT, message="項目の名前空間が違います。", action="名前空間を「{namespace}」にしてください。"
)
ELEMENT_ORDER = RULES.declare(
    "element-order", _AT, message="項目の順序が違います。", action="WSDLにある順に並べて送信してください。"
)
REPEATED_ELEMENT = RULES.declare(
    "repeated-element", _AT, message="この項目は1つだけ指定できます。", action="繰り返しを除いて送信してください。"
)
NIL = RULES.declare("nil", _AT, message="xsi:nilは使えません。", action="値がない項目は、要素ごと省いてください。")
EMPTY = RULES.declare("empty", _AT, message="項目に値がありません。", action="値がない項目は、要素ごと省いてください。")
NO_ATTRIBUTES = RULES.declare("attribute", _AT, message="属性は使えません。", action="属性を除いて送信してください。")
OTHER_TYPE = RULES.declare(
    "attribute",
    _AT,
    message="xsi:typeがWSDLの型と違います。",
    action="xsi:typeを省くか、WSDLにある型の名前にしてください。",
)

MAX_STRUCTURAL_FINDINGS = 100
"""Enough to mend a message by; a message of thousands of strange elements is not answered in kind."""

_NIL = f"{{{XML_SCHEMA_INSTANCE}}}nil"
_TYPE = f"{{{XML_SCHEMA_INSTANCE}}}type"
_WHERE_SCHEMAS_ARE = frozenset(
    f"{{{XML_SCHEMA_INSTANCE}}}{name}" for name in ("schemaLocation", "noNamespaceSchemaLocation")
)
"""Hints that say nothing of the message; XML Schema allows them everywhere, and no schema is ever fetched."""
_MOST_ATTRIBUTES = 1 + len(_WHERE_SCHEMAS_ARE)
"""Where there are more, one of them is wrong; to look at 60,000 takes 20 seconds."""
_BUILT_IN = {Form.TEXT: "string", Form.DATE: "date", Form.MOMENT: "dateTime", Form.INTEGER: "integer", Form.GROUP: ""}
_LONGEST_NAME = 100


def from_xml(
    element: Element, message: type[Message], *, segment: Segment | None = None, empty_is_none: bool = True
) -> Message | Faulty:
    """Read the element of a request or response into ``message``, or say all that is wrong.

    :param segment: whose service it travels through; elements of another are unknown.
    :param empty_is_none: whether an element without text is none at all, as forms and many systems write it.
    """
    namespace, name = _split(element)
    structure = _Structure(namespace=namespace, segment=segment, empty_is_none=empty_is_none)
    raw = structure.read_group(element, message, path="", type_name=name)
    if structure.full:
        return Faulty(tuple(structure.findings))
    result = reading.read(message, raw, segment=segment)
    if not isinstance(result, Faulty):
        return Faulty(tuple(structure.findings)) if structure.findings else result
    values = tuple(finding for finding in result.findings if finding.field not in structure.unread)
    return Faulty((*structure.findings, *values))


def message_id_of(element: Element) -> str | None:
    """Give the message id of a request where one can be read, however wrong the rest is."""
    for child in element.findall("{*}messageId"):
        if child.text:
            value, finding = reading.check(fields.MESSAGE_ID, child.text)
            return value if finding is None and isinstance(value, str) else None
    return None


def _split(element: Element) -> tuple[str, str]:
    namespace, _, name = element.tag.rpartition("}")
    return namespace[1:], name


@cache
def _places(message: type, segment: Segment | None) -> Mapping[str, tuple[int, Member]]:
    """Give the members of a message by the names of their elements, each with its place in their order."""
    return {member.xml_name: (place, member) for place, member in enumerate(members(message, segment))}


class _Structure:
    """Turns elements into raw text, and notes what the XML Schema forbids."""

    def __init__(self, *, namespace: str, segment: Segment | None, empty_is_none: bool) -> None:
        self.namespace = namespace
        self.segment = segment
        self.empty_is_none = empty_is_none
        self.findings: list[Finding] = []
        self.unread: set[str] = set()
        """Paths of elements without a value to check: of these one finding is enough."""

    @property
    def full(self) -> bool:
        """True where so much is wrong that the rest is not looked at: a million bytes may be 260,000 elements."""
        return len(self.findings) >= MAX_STRUCTURAL_FINDINGS

    def read_group(
        self, element: Element, message: type, *, path: str, type_name: str, label: str = ""
    ) -> dict[str, RawValue]:
        """Read the children of ``element``, which stands at ``path`` and is called ``label``."""
        by_name = _places(message, self.segment)
        raw: dict[str, RawValue] = {}
        furthest, text = 0, element.text
        if element.attrib:
            self._check_attributes(
                element, path=path.rstrip("/"), label=label, declared=in_namespace(self.namespace, type_name)
            )
        for child in element:
            if self.full:
                break
            text = text if text and text.strip() else child.tail
            namespace, name = _split(child)
            if name not in by_name:
                self._note(UNKNOWN_ELEMENT.finding(path=path + name[:_LONGEST_NAME]))
                continue
            place, member = by_name[name]
            if namespace != self.namespace:
                finding = NAMESPACE.finding(path=path + name, label=member.field.label, namespace=self.namespace)
                self._note(finding)
            if place < furthest:
                self._note(ELEMENT_ORDER.finding(path=path + name, label=member.field.label))
            furthest = max(furthest, place)
            if member.repeated:
                self._add_item(raw.setdefault(name, []), child, member, path=path + name)
            elif name in raw:
                self._note(REPEATED_ELEMENT.finding(path=path + name, label=member.field.label))
            else:
                raw[name] = self._value(child, member, path=path + name)
        if text and text.strip():
            self._note(TEXT_BETWEEN.finding(path=path.rstrip("/"), label=label))
        return raw

    def _add_item(self, items: RawValue, element: Element, member: Member, *, path: str) -> None:
        assert isinstance(items, list)
        limit = member.field.max_items
        if limit is not None and len(items) > limit:
            items.append("")  # counted, but no longer read
        else:
            items.append(self._value(element, member, path=f"{path}[{len(items) + 1}]"))

    def _value(self, element: Element, member: Member, *, path: str) -> RawValue:
        if element.get(_NIL) is not None:
            self._note(NIL.finding(path=path, label=member.field.label))
            self.unread.add(path)
            return ""
        label = member.field.label
        if member.item is not None and (len(element) or not (element.text or "").strip()):
            type_name = member.item.__name__
            return self.read_group(element, member.item, path=path + "/", type_name=type_name, label=label)
        if element.attrib:
            self._check_attributes(element, path=path, label=label, declared=self._declared(member))
        if len(element):
            return {}
        if not element.text and not self.empty_is_none:
            self._note(EMPTY.finding(path=path, label=label))
            self.unread.add(path)
        return element.text or ""

    def _declared(self, member: Member) -> str:
        """Give the type of a plain value: a code has one of its own, what is nameless in the WSDL is built on it."""
        code = member.field.code
        if code is None:
            return in_namespace(XML_SCHEMA, _BUILT_IN[member.field.form])
        return in_namespace(self.namespace, code.__name__)

    def _check_attributes(self, element: Element, *, path: str, label: str, declared: str) -> None:
        for name, value in element.attrib.items() if len(element.attrib) <= _MOST_ATTRIBUTES else [("", "")]:
            if name in _WHERE_SCHEMAS_ARE or (name == _TYPE and value == declared):
                continue
            self._note((OTHER_TYPE if name == _TYPE else NO_ATTRIBUTES).finding(path=path, label=label))
            return  # one finding is enough

    def _note(self, finding: Finding) -> None:
        if not self.full:
            self.findings.append(finding)
