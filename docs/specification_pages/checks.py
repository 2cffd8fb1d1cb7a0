"""入力チェック仕様書: form checks of each element, business and state checks with their rules, and their tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import soap.envelope
import soap.envelope_reader
import soap.guard
import soap.reading
from docs.specification_pages.form_checks import form_rules, rules_of
from docs.specification_pages.interfaces import all_specified, segment_label
from docs.specification_pages.site import Page
from grid_client import failures
from models import paging
from models.cases import commands as stored_commands
from models.messages import claiming
from rules import contract_basis, point_order, supply_terms, usage_period
from rules.bulk import faults as bulk_faults
from rules.contract_basis import TRANSITIONS
from rules.deadlines import DEADLINE_RULES, DeadlineTopic, value_words
from rules.lone_application import dates as lone_dates
from rules.lone_application import refusals as lone_refusals
from rules.lone_application import registration as lone_registration
from rules.lone_application.kinds import KINDS
from rules.point_order import procedure_name, sides_held
from rules.procedure import consent, interventions, refusals, validity
from rules.switching import commands, dates, decision_form, filing, registration
from rules.switching import interventions as switching_interventions
from rules.switching import refusals as switching_refusals
from rules.switching.commands import ALLOWED_PHASES
from schemas.codes import ApplicationKind, Segment
from schemas.findings import FindingRule
from usecases import grid_inquiries, slots

UNKNOWN = "〔…〕"
"""Stands for what only the moment tells: a date, a number, the words of a state."""
_GRID_OPERATORS_RULE = "（一般送配電事業者が示した規則）"

CHECKS: tuple[tuple[str, str, tuple[FindingRule, ...]], ...] = (
    (
        "電文の形",
        "すべてのインターフェース",
        (*soap.envelope.RULES, *soap.envelope_reader.RULES, *soap.guard.RULES, *soap.reading.RULES),
    ),
    (
        "メッセージIDと要求の数",
        "登録・訂正・取消・判断をする要求",
        (*claiming.RULES, refusals.OWN_CASE, *stored_commands.RULES),
    ),
    ("一覧の続き", "続きの位置を持つ照会", (*paging.RULES,)),
    ("自社の案件・申請", "番号を指定する要求", (*refusals.RULES,)),
    ("本人同意", "本人同意を含む要求", (*consent.RULES,)),
    ("参加の最終日", "異動日・異動希望日を指定する登録・訂正", (*validity.RULES,)),
    ("異動並びチェック", "地点に手続きを登録する要求", (*point_order.RULES,)),
    ("廃止取次の登録と訂正", "12110", (*dates.RULES, *registration.RULES)),
    (
        "廃止取次の訂正・判断と期限",
        "12110、12410",
        (*commands.RULES, switching_refusals.DECISION_DEADLINE, switching_refusals.APPLICATION_CUT_OFF),
    ),
    ("廃止取次判断の内容", "12410", (*decision_form.RULES,)),
    (
        "案件状態",
        "12110の訂正・取消、12410、10610、10710",
        (switching_refusals.CASE_OPEN, refusals.OWN_CASE, switching_refusals.PHASE_OF_COMMAND),
    ),
    (
        "廃止取次による開始申請・廃止申請",
        "10610、10710",
        (*filing.RULES, switching_refusals.APPLICATION_CUT_OFF),
    ),
    (
        "単独の申請",
        "10210、10410、10510、10610、10710、10810、10910",
        (*lone_refusals.RULES, *lone_dates.RULES, *lone_registration.RULES),
    ),
    ("契約決定方法", "10410、10610", (*contract_basis.RULES,)),
    ("一般送配電事業者への照会", "一般送配電事業者へ連携する照会", (*failures.RULES, *grid_inquiries.RULES)),
    ("同時に処理できる数", "すべての要求", (*slots.RULES,)),
    ("一括処理のファイル", "画面での12110・10610・10710の一括登録と12410の一括判断", (*bulk_faults.RULES,)),
    (
        "そのほか",
        "関係する項目を持つ要求",
        (*switching_interventions.RULES, *interventions.RULES, *supply_terms.RULES, *usage_period.RULES),
    ),
)
"""Title, the interfaces it applies to, and what can be said."""


@dataclass(frozen=True)
class Group:
    """Checks that belong together."""

    number: int
    title: str
    applies_to: str
    checks: tuple[FindingRule, ...]


def groups() -> tuple[Group, ...]:
    """Give the business and state checks by what they are about, in the words they are told in."""
    return tuple(
        Group(number, title, applies_to, tuple(shown for rule in rules for shown in _rules_as_shown(rule)))
        for number, (title, applies_to, rules) in enumerate(CHECKS, start=1)
    )


def _rules_as_shown(rule: FindingRule) -> Iterator[FindingRule]:
    """Show it as the page does, under each name that it stands for."""
    if rule is switching_refusals.PHASE_OF_COMMAND:
        names = tuple(f"{kind.value.replace('_', '-')}-phase" for kind in ALLOWED_PHASES)
    else:
        names = (_GRID_OPERATORS_RULE,) if rule.rule == "{rule}" else (rule.rule,)
    example = rule.finding(**dict.fromkeys(rule.names, UNKNOWN))
    for name in names:
        yield replace(
            rule, rule=name, field=example.field, label=example.label, message=example.message, action=example.action
        )


def first_day_words(kind: ApplicationKind, segment: Segment) -> str:
    """Write from which day on an application of a kind can take effect."""
    window = KINDS[kind].window
    if window is None:
        return "異動日なし"
    if window.first_day is None:
        return "標準処理期間の後"
    days = window.first_day[segment]
    return "申請の当日から" if days == 0 else f"申請の{abs(days)}日{'前' if days < 0 else '後'}から"


def pages() -> Iterator[Page]:
    yield Page(
        "checks.html",
        "入力チェック仕様書",
        "要求の入力項目に対する検査です。形式の検査は電文・画面・ファイルに共通で、誤りのある項目のすべてを一度に指摘します。",
        "checks.html",
        {
            "rules": form_rules(),
            "groups": groups(),
            "specified": list(all_specified()),
            "rules_of": rules_of,
            "segment_label": segment_label,
            "deadlines": DEADLINE_RULES,
            "topics": tuple(DeadlineTopic),
            "value_words": value_words,
            "kinds": KINDS,
            "segments": tuple(Segment),
            "first_day": first_day_words,
            "sides_held": sides_held,
            "procedure_name": procedure_name,
            "transitions": TRANSITIONS,
        },
    )
