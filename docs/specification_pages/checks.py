"""入力チェック仕様書: form checks of each element, business and state checks with their rules, and their tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from docs.specification_pages.form_checks import form_rules, rules_of
from docs.specification_pages.interfaces import all_specified, segment_label
from docs.specification_pages.refusals import UNKNOWN, Said, said_in
from docs.specification_pages.site import Page
from rules.contract_basis import TRANSITIONS
from rules.deadlines import DEADLINE_RULES, DeadlineTopic, value_words
from rules.lone_application.kinds import KINDS
from rules.point_order import procedure_name, sides_held
from rules.switching.commands import ALLOWED_PHASES
from schemas.codes import ApplicationKind, Segment
from schemas.refusal_codes import RefusalCode

_ROOMS = ("runtime/soap", "models/messages", "models", "rules", "delivery", "grid_client", "usecases")

_GROUPS = (
    ("電文の形", "すべてのインターフェース", ("soap.envelope", "soap.guard", "soap.reading")),
    ("メッセージIDと要求の数", "登録・訂正・取消・判断をする要求", ("models.messages.", "models.cases.commands")),
    ("一覧の続き", "続きの位置を持つ照会", ("models.paging", "usecases.processing_status_list")),
    ("自社の案件・申請", "番号を指定する要求", ("rules.procedure.refusing",)),
    ("本人同意", "本人同意を含む要求", ("rules.procedure.consent",)),
    ("参加の最終日", "異動日・異動希望日を指定する登録・訂正", ("rules.procedure.validity",)),
    ("異動並びチェック", "地点に手続きを登録する要求", ("rules.point_order",)),
    ("廃止取次の登録と訂正", "12110", ("rules.switching.registration", "rules.switching.dates")),
    ("廃止取次の訂正・判断と期限", "12110、12410", ("rules.switching.commands",)),
    ("廃止取次判断の内容", "12410", ("rules.switching.decision_form",)),
    ("案件状態", "12110の訂正・取消、12410、10610、10710", ("rules.switching.refusing",)),
    ("廃止取次による開始申請・廃止申請", "10610、10710", ("rules.switching.filing",)),
    ("単独の申請", "10210、10410、10510、10610、10710、10810、10910", ("rules.lone_application.",)),
    ("契約決定方法", "10410、10610", ("rules.contract_basis",)),
    ("一般送配電事業者への照会", "一般送配電事業者へ連携する照会", ("usecases.grid_inquiries", "grid_client.")),
)
"""Title, the interfaces it applies to, and how the names of the modules begin that say it."""
_OTHERS = ("そのほか", "関係する項目を持つ要求")

_HANDED_ABOUT = {"rules.lone_application.dates": ("earliest-effective-date", "first-effective-date")}
"""Rules that a module hands about in a tuple, where its source does not show them beside their words."""

_FORM_CODES = {"rules.switching.decision_form": RefusalCode.FORM, "soap.reading": RefusalCode.FORM}
"""Under which code the findings of a module go; those of the others under HUB-B001."""


@dataclass(frozen=True)
class Group:
    """Checks that belong together."""

    number: int
    title: str
    applies_to: str
    checks: tuple[Said, ...]


@cache
def business_checks() -> tuple[Said, ...]:
    """Give all that the hub can say against a message besides its form checks."""
    return tuple(one for said in said_in(*_ROOMS) for one in _named(said))


def groups() -> tuple[Group, ...]:
    """Sort the business and state checks by what they are about."""
    found = sorted(business_checks(), key=_place)
    titles = [(title, applies_to) for title, applies_to, _ in _GROUPS] + [_OTHERS]
    return tuple(
        Group(number, *titles[at], tuple(checks))
        for number, (at, checks) in enumerate(groupby(found, key=_place), start=1)
    )


def _place(said: Said) -> int:
    return next((at for at, (_, _, begin) in enumerate(_GROUPS) if said.module.startswith(begin)), len(_GROUPS))


def _named(said: Said) -> Iterator[Said]:
    """With its message code, and under each rule that it stands for."""
    said = replace(said, code=said.code or _FORM_CODES.get(said.module, RefusalCode.BUSINESS))
    if said.rule == f"{UNKNOWN}-phase":
        for kind in ALLOWED_PHASES:
            yield replace(said, rule=said.rule.replace(UNKNOWN, kind.value.replace("_", "-")))
    elif said.rule == UNKNOWN:
        for rule in _HANDED_ABOUT.get(said.module, ("（一般送配電事業者が示した規則）",)):
            yield replace(said, rule=rule)
    else:
        yield said


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
    """Make the page."""
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
