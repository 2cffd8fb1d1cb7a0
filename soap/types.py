"""The catalogue's messages as spyne types, for the WSDL."""

from decimal import Decimal
from typing import Any

from spyne import ComplexModel, Date, DateTime, Fault, Integer, Unicode

from schemas import characters
from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.fields import Field, Form

_TEXT = r"\t\n\r｡-ﾟ"
"""Not in any text. Which kanji there are, no pattern of a tolerable length tells: the 文字コード表 does."""
_ANY = r"[\s\S]*[^\s　][\s\S]*"
_KANA = "ァ-ヶＡ-Ｚａ-ｚ０-９ーヽヾ・（）－−．，’＆／"
_XSD_PATTERNS = {
    characters.is_identifier: r"[0-9A-Za-z\-]+",
    characters.is_hub_text: rf"[^{_TEXT}]*[^{_TEXT} 　][^{_TEXT}]*",
    characters.is_kana: f"[{_KANA}　]*[{_KANA}][{_KANA}　]*",
}
"""Of texts with a rule for their characters; none of them may be blank, nor may others."""


class NameTaken(Exception):
    """Two different types of one WSDL would have the same name; spyne would silently keep one of them."""


class TypeFactory:
    """Makes each type of one namespace once, as the segment has it that the namespace is for."""

    def __init__(self, namespace: str, segment: Segment | None) -> None:
        self._namespace = namespace
        self._segment = segment
        self._made: dict[str, Any] = {}
        self._owners: dict[str, type] = {}

    def group(self, message: type, *, name: str | None = None) -> Any:
        """Make the complex type of a message or group, named after its class or ``name``."""
        return self._make(message, name or message.__name__, base=ComplexModel)

    def fault(self, message: type) -> Any:
        """Make the type that operations declare as their fault."""
        return self._make(message, message.__name__, base=Fault)

    def _make(self, message: type, name: str, *, base: Any) -> Any:
        self._claim(name, message)
        if name not in self._made:
            attributes = {
                "__namespace__": self._namespace,
                "__type_name__": name,
                "_type_info": [(member.xml_name, self._member(member)) for member in members(message, self._segment)],
            }
            self._made[name] = type(base)(name, (base,), attributes)
        return self._made[name]

    def _member(self, member: Member) -> Any:
        occurs: dict[str, Any] = {
            "min_occurs": 1 if member.required else 0,
            "max_occurs": (member.field.max_items or Decimal("inf")) if member.repeated else 1,
            "nillable": False,
            "doc": documentation(member),
        }
        if member.item is not None:
            return self.group(member.item).customize(**occurs)
        simple_type = _simple(member.field, **occurs)
        if member.field.code is not None:
            self._claim(member.field.code.__name__, member.field.code)
            simple_type.__namespace__ = self._namespace
        return simple_type

    def _claim(self, name: str, owner: type) -> None:
        if self._owners.setdefault(name, owner) is not owner:
            raise NameTaken(name)


def _simple(field: Field, **occurs: Any) -> Any:
    if field.form is Form.DATE:
        return Date(**occurs)
    if field.form is Form.MOMENT:
        return DateTime(**occurs)
    if field.form is Form.INTEGER:
        return Integer(ge=field.minimum or 0, le=field.maximum or 999_999_999, **occurs)
    if field.code is not None:
        return Unicode(values=[code.value for code in field.code], type_name=field.code.__name__, **occurs)
    facets: dict[str, Any] = {"min_len": field.min_length}
    if field.max_length is not None:
        facets["max_len"] = field.max_length
    facets["pattern"] = field.pattern or (_ANY if field.characters is None else _XSD_PATTERNS[field.characters])
    return Unicode(**facets, **occurs)


def documentation(member: Member) -> str:
    """Write what a reader of the WSDL is told about an element, in Japanese."""
    field = member.field
    sentences = [f"{field.label}。{field.meaning}"]
    if field.pattern_label or field.characters_label:
        sentences.append(f"形式: {field.pattern_label or field.characters_label}")
    if member.needed is not None:
        sentences.append(f"処理区分が{_kinds(member.needed.kinds)}のとき必須、それ以外では指定不可")
    if member.allowed is not None:
        sentences.append(f"処理区分が{_kinds(member.allowed.kinds)}のとき指定可、それ以外では指定不可")
    if field.example:
        sentences.append(f"例: {field.example}")
    return " ".join(sentences)


def _kinds(kinds: frozenset[ProcessKind]) -> str:
    return "・".join(f"「{kind.label}」" for kind in ProcessKind if kind in kinds)
