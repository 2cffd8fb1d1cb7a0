"""Reading a message: from raw text to a typed message, or every finding on it at once.

Raw text is the same for XML, forms and CSV: a mapping from the element's name to its text, to a
mapping (a group) or to a list of these. Structure (unknown or repeated elements) is the reader's
own business; values and required fields are checked here and nowhere else.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeVar, cast

from schemas.codes import ProcessKind
from schemas.contract import Member, members
from schemas.fields import Field, Form
from schemas.findings import Finding

RawValue = str | Mapping[str, "RawValue"] | Sequence["RawValue"]
RawMessage = Mapping[str, RawValue]
Message = TypeVar("Message")


@dataclass(frozen=True)
class Faulty:
    """A message that cannot be read, with all that is wrong with it."""

    findings: tuple[Finding, ...]


def read(message: type[Message], raw: RawMessage) -> Message | Faulty:
    """This function will read raw text into a message, or say all that is wrong with it."""
    findings: list[Finding] = []
    values = _read_group(message, raw, path="", findings=findings)
    if findings:
        return Faulty(tuple(findings))
    return message(**values)


def _read_group(message: type, raw: RawMessage, *, path: str, findings: list[Finding]) -> dict[str, object]:
    kind = _process_kind(raw)
    known = {member.xml_name: member for member in members(message)}
    for name in raw:
        if name not in known:
            findings.append(
                Finding(
                    path + name,
                    "",
                    "unknown-field",
                    "定義されていない項目です。",
                    "外部インターフェース仕様書にある項目だけを送信してください。",
                )
            )
    return {
        member.name: _read_member(member, raw.get(name), path=path + name, kind=kind, findings=findings)
        for name, member in known.items()
    }


def _process_kind(raw: RawMessage) -> ProcessKind | None:
    try:
        return ProcessKind(cast(str, raw.get("processKind")))
    except ValueError:
        return None


def _read_member(
    member: Member, raw: RawValue | None, *, path: str, kind: ProcessKind | None, findings: list[Finding]
) -> object:
    label = member.field.label
    if member.repeated:
        items = [] if raw is None else list(raw) if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
        limit = member.field.max_items
        if limit is not None and len(items) > limit:
            findings.append(
                Finding(path, label, "max-items", f"{label}は{limit}件までです。", "件数を減らして送信してください。")
            )
            return ()
        return tuple(
            _read_value(member, item, path=f"{path}[{number}]", findings=findings)
            for number, item in enumerate(items, start=1)
        )
    if raw is None or raw == "":
        if member.required or (member.needed is not None and kind in member.needed.kinds):
            findings.append(Finding(path, label, "required", f"{label}は必須です。", f"{label}を設定してください。"))
        return None
    for_kinds = member.needed or member.allowed
    if for_kinds is not None and kind is not None and kind not in for_kinds.kinds:
        findings.append(
            Finding(
                path,
                label,
                "not-for-this-process-kind",
                f"処理区分「{kind.label}」では{label}を指定できません。",
                f"{label}を除いて送信してください。",
            )
        )
        return None
    return _read_value(member, raw, path=path, findings=findings)


def _read_value(member: Member, raw: RawValue, *, path: str, findings: list[Finding]) -> object:
    if member.item is not None:
        if not isinstance(raw, Mapping):
            findings.append(
                Finding(
                    path, member.field.label, "group", "項目のまとまりが必要です。", "下位の項目を設定してください。"
                )
            )
            return None
        before = len(findings)
        values = _read_group(member.item, raw, path=path + "/", findings=findings)
        return member.item(**values) if len(findings) == before else None
    if not isinstance(raw, str):
        findings.append(
            Finding(
                path,
                member.field.label,
                "plain-value",
                "値が1つだけ必要です。",
                "下位の項目や繰り返しを除いてください。",
            )
        )
        return None
    value, fault = check(member.field, raw)
    if fault is not None:
        rule, message = fault
        findings.append(Finding(path, member.field.label, rule, message, f"{member.field.label}を直してください。"))
    return value


def check(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    """This function will turn the text of one field into its value, or tell the broken rule and the words for it."""
    if field.form is not Form.TEXT:
        text = text.strip(" \t\r\n")  # as XML Schema reads these types
    if field.form is Form.CODE:
        return _check_code(field, text)
    if field.form is Form.DATE:
        return _check_date(field, text)
    if field.form is Form.MOMENT:
        return _check_moment(field, text)
    if field.form is Form.INTEGER:
        return _check_integer(field, text)
    return _check_text(field, text)


def _check_code(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    assert field.code is not None
    try:
        return field.code(text), None
    except ValueError:
        values = "、".join(f"{value.value}（{value.label}）" for value in field.code)
        return None, ("code", f"{field.label}は次のいずれかです: {values}")


def _check_date(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text), None
        except ValueError:
            pass
    return None, ("date", f"{field.label}は実在する日付をYYYY-MM-DDで指定します。")


def _check_moment(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    fault = ("moment", f"{field.label}は時差付きの日時（例: {field.example}）で指定します。")
    if not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})", text
    ):
        return None, fault
    try:
        return datetime.fromisoformat(text), None
    except ValueError:
        return None, fault


def _check_integer(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    low, high = field.minimum or 0, field.maximum or 999_999_999
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text), None
    return None, ("integer", f"{field.label}は{low}以上{high}以下の整数です。")


def _check_text(field: Field, text: str) -> tuple[object, tuple[str, str] | None]:
    longest = field.max_length
    if len(text) < field.min_length or (longest is not None and len(text) > longest):
        wanted = f"{longest}文字" if field.min_length == longest else f"{field.min_length}文字以上{longest}文字以下"
        return None, ("length", f"{field.label}は{wanted}です（{len(text)}文字でした）。")
    if field.pattern is not None and not _compiled(field.pattern).fullmatch(text):
        return None, ("pattern", f"{field.label}の形式は「{field.pattern_label}」です。")
    if field.characters is not None:
        for position, character in enumerate(text, start=1):
            if not field.characters(character):
                return None, (
                    "characters",
                    (
                        f"{field.label}の{position}文字目（U+{ord(character):04X}）は使えません。"
                        f"使える文字: {field.characters_label}"
                    ),
                )
    return text, None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
