"""The elements of a message as rows of a table: what the catalogue says of each, in Japanese."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.fields import Field, Form

_FORMS = {
    Form.DATE: "日付（YYYY-MM-DD）",
    Form.MOMENT: "時差付きの日時",
    Form.INTEGER: "整数",
    Form.CODE: "コード",
    Form.GROUP: "下位の項目を持つまとまり",
}
_DAY_LENGTH, _MOMENT_LENGTH = "10", "20から32"


@dataclass(frozen=True)
class Row:
    """One element of a message."""

    path: str
    """Where it stands, as findings name it: ``consent/obtainedOn``."""
    member: Member

    @property
    def field(self) -> Field:
        """What the catalogue says of it."""
        return self.member.field

    @property
    def depth(self) -> int:
        """How many groups it stands in."""
        return self.path.count("/")

    @property
    def required(self) -> str:
        """When it must be there."""
        if self.member.needed is not None:
            return f"{_kinds(self.member.needed.kinds)}で必須、ほかは指定不可"
        if self.member.allowed is not None:
            return f"{_kinds(self.member.allowed.kinds)}で任意、ほかは指定不可"
        return "必須" if self.member.required else "任意"

    @property
    def times(self) -> str:
        """How often it may occur."""
        if not self.member.repeated:
            return "1" if self.member.required else "0..1"
        return f"0..{self.field.max_items or 'n'}"

    @property
    def length(self) -> str:
        """How many letters it has; of an integer between which values it lies."""
        field = self.field
        if field.form is Form.INTEGER:
            return f"値 {field.minimum}から{field.maximum}"
        if field.form is Form.DATE:
            return _DAY_LENGTH
        if field.form is Form.MOMENT:
            return _MOMENT_LENGTH
        if field.form is not Form.TEXT:
            return ""
        if field.max_length is None:
            return f"{field.min_length}以上"
        return (
            str(field.max_length)
            if field.min_length == field.max_length
            else f"{field.min_length}から{field.max_length}"
        )

    @property
    def characters(self) -> str:
        """Of which characters it is made, or in which form."""
        field = self.field
        return field.pattern_label or field.characters_label or _FORMS.get(field.form, "文字（制限なし）")

    @property
    def code(self) -> str:
        """Name of the code whose values it takes."""
        return "" if self.field.code is None else self.field.code.__name__


def rows_of(message: type, segment: Segment | None, *, before: str = "") -> Iterator[Row]:
    """Give the elements of a message in a segment, as they travel, each group before its own."""
    for member in members(message, segment):
        row = Row(before + member.xml_name, member)
        yield row
        if member.item is not None:
            yield from rows_of(member.item, segment, before=row.path + "/")


def _kinds(kinds: frozenset[ProcessKind]) -> str:
    return "・".join(kind.label for kind in ProcessKind if kind in kinds)
