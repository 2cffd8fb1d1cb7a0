"""Whether a 廃止取次判断 fits together: what it says by itself, whatever the case's state."""

from schemas.codes import Decision, RejectionReason
from schemas.findings import Finding, Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.FORM)

_REASONS = ("rejectionReasons", "NG理由")
_TEXT = ("rejectionText", "NG理由（詳細）")
EACH_REASON_ONCE = RULES.declare(
    "each-reason-once",
    _REASONS,
    message="同じNG理由が重複しています。",
    action="NG理由は1つずつ指定してください。",
)
NO_REASONS_WITH_ACCEPT = RULES.declare(
    "no-reasons-with-accept",
    _REASONS,
    message="承諾にはNG理由を指定できません。",
    action="NG理由を除くか、取次判断を「否認」（reject）にしてください。",
)
REASONS_WITH_REJECT = RULES.declare(
    "reasons-with-reject",
    _REASONS,
    message="否認にはNG理由が1つ以上必要です。",
    action="NG理由（01から09）を1つ以上指定してください。",
)
TEXT_WITH_OTHER = RULES.declare(
    "text-with-other",
    _TEXT,
    message=f"NG理由「{RejectionReason.OTHER.label}」（09）には、内容の説明が必要です。",
    action="NG理由（詳細）に内容を設定してください。",
)
TEXT_ONLY_WITH_OTHER = RULES.declare(
    "text-only-with-other",
    _TEXT,
    message=f"NG理由（詳細）は、NG理由「{RejectionReason.OTHER.label}」（09）を指定したときだけ設定できます。",
    action="NG理由（詳細）を除くか、NG理由に09を加えてください。",
)


def decision_form_findings(
    *, decision: Decision, reasons: tuple[RejectionReason, ...], text: str | None
) -> tuple[Finding, ...]:
    """Say all that does not fit together in a decision: its reasons, and the text of その他."""
    findings: list[Finding] = []
    if decision is Decision.ACCEPT and reasons:
        findings.append(NO_REASONS_WITH_ACCEPT.finding())
    if decision is not Decision.ACCEPT and not reasons:
        findings.append(REASONS_WITH_REJECT.finding())
    if len(set(reasons)) < len(reasons):
        findings.append(EACH_REASON_ONCE.finding())
    other = RejectionReason.OTHER in reasons
    if other and text is None:
        findings.append(TEXT_WITH_OTHER.finding())
    if text is not None and not other:
        findings.append(TEXT_ONLY_WITH_OTHER.finding())
    return tuple(findings)
