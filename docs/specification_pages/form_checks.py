"""The form checks (形式の検査): what each element must be like by itself, with the words that a broken rule gets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docs.specification_pages.elements import Row
from docs.specification_pages.samples import sample_text
from schemas.codes import ProcessKind, Segment
from schemas.contract import members
from schemas.fields import Field, Form
from schemas.findings import Finding
from schemas.interfaces.decision import DECISION
from schemas.interfaces.referral import REFERRAL
from schemas.interfaces.referral_result import REFERRAL_RESULT
from schemas.reading import Faulty, read

_BLANKS = " \u3000"
_SEGMENT = Segment.LOW_VOLTAGE


@dataclass(frozen=True)
class FormRule:
    """A rule of form, and what is said to a message that breaks it."""

    name: str
    condition: str
    said: Finding


def rules_of(row: Row) -> tuple[str, ...]:
    """Name the rules that an element is held to, in the order they are tried."""
    return (*_presence(row), *_occurrence(row), *_value(row.field))


def _presence(row: Row) -> Iterator[str]:
    if row.member.required or row.member.needed is not None:
        yield "required"
    if row.member.needed is not None or row.member.allowed is not None:
        yield "not-for-this-process-kind"


def _occurrence(row: Row) -> Iterator[str]:
    if row.member.repeated and row.field.max_items is not None:
        yield "max-items"
    if row.member.item is not None:
        yield "group"


def _value(field: Field) -> Iterator[str]:
    if field.form is Form.GROUP:
        return
    if field.form is not Form.TEXT:
        yield field.form.value
        return
    yield "length"
    if field.pattern is not None:
        yield "pattern"
    if field.characters is not None:
        yield "characters"
    if field.pattern is None and (field.characters is None or any(map(field.characters, _BLANKS))):
        yield "blank"


def form_rules() -> tuple[FormRule, ...]:
    """Give every rule of form with the words it gets, taken from a message that breaks it."""
    return tuple(
        FormRule(name, condition, _finding_of(name, message, broken)) for name, condition, message, broken in _RULES
    )


def _finding_of(rule: str, message: type, broken: Callable[[dict[str, Any]], None]) -> Finding:
    raw = _raw(message)
    broken(raw)
    result: object = read(message, raw, segment=_SEGMENT)
    assert isinstance(result, Faulty), rule
    (finding,) = (finding for finding in result.findings if finding.rule == rule)
    return finding


def _raw(message: type) -> dict[str, Any]:
    """Fill a sound message, as one of 処理区分 登録."""
    raw: dict[str, Any] = {}
    for member in members(message, _SEGMENT):
        for_kinds = member.needed or member.allowed
        if (for_kinds is not None and ProcessKind.REGISTER in for_kinds.kinds) or (
            for_kinds is None and member.required
        ):
            raw[member.xml_name] = sample_text(member, _SEGMENT) if member.item is None else _raw(member.item)
    return raw


def _setting(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda raw: raw.update({name: value})


_REFERRAL, _DECISION, _RESULT = REFERRAL.request, DECISION.request, REFERRAL_RESULT.request

_RULES: tuple[tuple[str, str, type, Callable[[dict[str, Any]], None]], ...] = (
    ("required", "必須の項目がある（空の要素も、ないものとして扱う）", _REFERRAL, _setting("wishedDate", "")),
    (
        "not-for-this-process-kind",
        "処理区分で指定できない項目がない",
        _REFERRAL,
        _setting("caseNumber", "SW03L20260812000000019"),
    ),
    (
        "unknown-field",
        "定義されていない項目がない（画面とファイル。電文では unknown-element）",
        _REFERRAL,
        _setting("memo", "-"),
    ),
    (
        "once",
        "繰り返さない項目が1つだけ（画面とファイル。電文では repeated-element）",
        _REFERRAL,
        _setting("address", ["東京都", "東京都"]),
    ),
    ("max-items", "繰り返す項目が上限の件数まで", _DECISION, _setting("rejectionReasons", ["09"] * 1000)),
    ("group", "まとまりには下位の項目がある", _REFERRAL, _setting("consent", "あり")),
    ("plain-value", "値の項目に下位の項目がない", _REFERRAL, _setting("address", {"city": "江東区"})),
    ("length", "文字数が範囲内", _REFERRAL, _setting("contractNumber", "9" * 31)),
    ("pattern", "決められた形式", _REFERRAL, _setting("pointNumber", "9" * 22)),
    ("characters", "使える文字だけ", _REFERRAL, _setting("holderName", "ﾀｶﾊｼ")),
    ("blank", "空白だけではない", _REFERRAL, _setting("holderName", "　")),
    ("code", "コード定義書にある値", _REFERRAL, _setting("meterWork", "maybe")),
    ("date", "2000年から2199年までの実在する日付", _REFERRAL, _setting("wishedDate", "2026-02-30")),
    ("moment", "2000年から2199年までの時差付きの日時", _RESULT, _setting("changedSince", "2026-08-12 10:00")),
    ("integer", "範囲内の整数", _DECISION, _setting("version", "0")),
)
"""Rule, what must hold, and how a message is broken to hear what is said."""
