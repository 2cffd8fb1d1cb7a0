"""Reading a message: from raw text to a typed message, or every finding on it at once.

Raw text is the same for XML, forms and CSV: a mapping from the element's name to its text, to a
mapping (a group) or to a list of these. What only one of them knows (an XML attribute, a CSV column)
is its reader's own business; values and required fields are checked here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeGuard, TypeVar

from schemas.checks import check, trimmed
from schemas.codes import ProcessKind, Segment
from schemas.contract import Member, members
from schemas.findings import Finding, Rulebook
from schemas.refusal_codes import RefusalCode

__all__ = ["Faulty", "RawMessage", "RawValue", "check", "read"]

RawValue = str | Mapping[str, "RawValue"] | Sequence["RawValue"]
RawMessage = Mapping[str, RawValue]
Message = TypeVar("Message")

RULES = Rulebook(code=RefusalCode.FORM)
_AT = ("{path}", "{label}")
UNKNOWN_FIELD = RULES.declare(
    "unknown-field",
    ("{path}", ""),
    message="定義されていない項目です。",
    action="外部インターフェース仕様書にある項目だけを送信してください。",
)
REQUIRED = RULES.declare("required", _AT, message="{label}は必須です。", action="{label}を設定してください。")
NOT_FOR_THIS_PROCESS_KIND = RULES.declare(
    "not-for-this-process-kind",
    _AT,
    message="処理区分「{kind}」では{label}を指定できません。",
    action="{label}を除いて送信してください。",
)
MAX_ITEMS = RULES.declare(
    "max-items",
    _AT,
    message="{label}は{most}件までです（{count}件でした）。",
    action="件数を減らして送信してください。",
)
ONCE = RULES.declare("once", _AT, message="{label}は1つだけです。", action="繰り返しを除いてください。")
PLAIN_VALUE = RULES.declare("plain-value", _AT, message="{label}は値です。", action="下位の項目を除いてください。")
GROUP = RULES.declare(
    "group", _AT, message="{label}は下位の項目を持つまとまりです。", action="下位の項目を設定してください。"
)


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


@cache
def _by_name(message: type, segment: Segment | None) -> Mapping[str, Member]:
    return {member.xml_name: member for member in members(message, segment)}


@dataclass
class _Reader:
    segment: Segment | None
    findings: list[Finding] = field(default_factory=list)

    def read_group(self, message: type, raw: RawMessage, *, path: str) -> dict[str, object]:
        by_name = _by_name(message, self.segment)
        for name in raw:
            if name not in by_name:
                self.findings.append(UNKNOWN_FIELD.finding(path=path + name))
        kind = _process_kind(raw)
        return {
            member.name: self._read_member(member, raw.get(name), path=path + name, kind=kind)
            for name, member in by_name.items()
        }

    def _read_member(self, member: Member, raw: RawValue | None, *, path: str, kind: ProcessKind | None) -> object:
        if raw is None or raw == "" or raw == []:
            if member.required or (member.needed is not None and kind in member.needed.kinds):
                self.findings.append(REQUIRED.finding(path=path, label=member.field.label))
            return () if member.repeated else None
        for_kinds = member.needed or member.allowed
        if for_kinds is not None and kind is not None and kind not in for_kinds.kinds:
            self.findings.append(
                NOT_FOR_THIS_PROCESS_KIND.finding(path=path, label=member.field.label, kind=kind.label)
            )
            return None
        if member.repeated:
            return self._read_items(member, raw if _is_list(raw) else [raw], path=path)
        return self._read_value(member, raw, path=path)

    def _read_items(self, member: Member, items: Sequence[RawValue], *, path: str) -> tuple[object, ...]:
        limit = member.field.max_items
        if limit is not None and len(items) > limit:
            self.findings.append(MAX_ITEMS.finding(path=path, label=member.field.label, most=limit, count=len(items)))
            return ()
        return tuple(
            self._read_value(member, item, path=f"{path}[{number}]") for number, item in enumerate(items, start=1)
        )

    def _read_value(self, member: Member, raw: RawValue, *, path: str) -> object:
        if _is_list(raw):
            self.findings.append(ONCE.finding(path=path, label=member.field.label))
            return None
        if member.item is not None:
            return self._read_item(member, member.item, raw, path=path)
        if not isinstance(raw, str):
            self.findings.append(PLAIN_VALUE.finding(path=path, label=member.field.label))
            return None
        value, finding = check(member.field, raw)
        if finding is not None:
            self.findings.append(replace(finding, field=path))
        return value

    def _read_item(self, member: Member, item: type, raw: RawValue, *, path: str) -> object:
        if not isinstance(raw, Mapping):
            self.findings.append(GROUP.finding(path=path, label=member.field.label))
            return None
        before = len(self.findings)
        values = self.read_group(item, raw, path=path + "/")
        return item(**values) if len(self.findings) == before else None


def _process_kind(raw: RawMessage) -> ProcessKind | None:
    """Read the 処理区分 as its own check does; None where it is none, which that check then tells."""
    text = raw.get("processKind")
    try:
        return ProcessKind(trimmed(text)) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_list(raw: RawValue) -> TypeGuard[Sequence[RawValue]]:
    return not isinstance(raw, str) and isinstance(raw, Sequence)  # most are text, and it is asked first
