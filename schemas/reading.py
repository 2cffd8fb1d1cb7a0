"""Reading a message: from raw text to a typed message, or every finding on it at once.

Raw text is the same for XML, forms and CSV: a mapping from the element's name to its text, to a
mapping (a group) or to a list of these. What only one of them knows (an XML attribute, a CSV column)
is its reader's own business; values and required fields are checked here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard, TypeVar

from schemas.checks import check, trimmed
from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.findings import Finding

__all__ = ["Faulty", "RawMessage", "RawValue", "check", "read"]

RawValue = str | Mapping[str, "RawValue"] | Sequence["RawValue"]
RawMessage = Mapping[str, RawValue]
Message = TypeVar("Message")


@dataclass(frozen=True)
class Faulty:
    """A message that cannot be read, with all that is wrong with it."""

    findings: tuple[Finding, ...]


def read(message: type[Message], raw: RawMessage, *, segment: Segment | None = None) -> Message | Faulty:
    """Read raw text into a message, or say all that is wrong with it.

    :param segment: the elements of the others are unknown to it; for None all are known.
    """
    reader = _Reader(segment)
    values = reader.read_group(message, raw, path="")
    if reader.findings:
        return Faulty(tuple(reader.findings))
    return message(**values)


@dataclass
class _Reader:
    segment: Segment | None
    findings: list[Finding] = field(default_factory=list)

    def read_group(self, message: type, raw: RawMessage, *, path: str) -> dict[str, object]:
        known = {member.xml_name: member for member in members(message, self.segment)}
        for name in raw:
            if name not in known:
                self.findings.append(Finding(path + name, "", "unknown-field", *_UNKNOWN))
        kind = _process_kind(raw)
        return {
            member.name: self._read_member(member, raw.get(name), path=path + name, kind=kind)
            for name, member in known.items()
        }

    def _read_member(self, member: Member, raw: RawValue | None, *, path: str, kind: ProcessKind | None) -> object:
        label = member.field.label
        if raw is None or raw == "" or raw == []:
            if member.required or (member.needed is not None and kind in member.needed.kinds):
                self._note(path, member, "required", f"{label}は必須です。", f"{label}を設定してください。")
            return () if member.repeated else None
        for_kinds = member.needed or member.allowed
        if for_kinds is not None and kind is not None and kind not in for_kinds.kinds:
            words = f"処理区分「{kind.label}」では{label}を指定できません。"
            self._note(path, member, "not-for-this-process-kind", words, f"{label}を除いて送信してください。")
            return None
        if member.repeated:
            return self._read_items(member, raw if _is_list(raw) else [raw], path=path)
        return self._read_value(member, raw, path=path)

    def _read_items(self, member: Member, items: Sequence[RawValue], *, path: str) -> tuple[object, ...]:
        limit = member.field.max_items
        if limit is not None and len(items) > limit:
            words = f"{member.field.label}は{limit}件までです（{len(items)}件でした）。"
            self._note(path, member, "max-items", words, "件数を減らして送信してください。")
            return ()
        return tuple(
            self._read_value(member, item, path=f"{path}[{number}]") for number, item in enumerate(items, start=1)
        )

    def _read_value(self, member: Member, raw: RawValue, *, path: str) -> object:
        if _is_list(raw):
            self._note(path, member, "once", f"{member.field.label}は1つだけです。", "繰り返しを除いてください。")
            return None
        if member.item is not None:
            return self._read_item(member, member.item, raw, path=path)
        if not isinstance(raw, str):
            self._note(path, member, "plain-value", f"{member.field.label}は値です。", "下位の項目を除いてください。")
            return None
        value, fault = check(member.field, raw)
        if fault is not None:
            self._note(path, member, *fault, f"{member.field.label}を直してください。")
        return value

    def _read_item(self, member: Member, item: type, raw: RawValue, *, path: str) -> object:
        if not isinstance(raw, Mapping):
            words = f"{member.field.label}は下位の項目を持つまとまりです。"
            self._note(path, member, "group", words, "下位の項目を設定してください。")
            return None
        before = len(self.findings)
        values = self.read_group(item, raw, path=path + "/")
        return item(**values) if len(self.findings) == before else None

    def _note(self, path: str, member: Member, rule: str, message: str, action: str) -> None:
        self.findings.append(Finding(path, member.field.label, rule, message, action))


_UNKNOWN = ("定義されていない項目です。", "外部インターフェース仕様書にある項目だけを送信してください。")


def _process_kind(raw: RawMessage) -> ProcessKind | None:
    """The 処理区分 as its own check reads it; None where it is none, which that check then tells."""
    text = raw.get("processKind")
    try:
        return ProcessKind(trimmed(text)) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_list(raw: RawValue) -> TypeGuard[Sequence[RawValue]]:
    return not isinstance(raw, str) and isinstance(raw, Sequence)  # most are text, and it is asked first
