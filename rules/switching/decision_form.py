"""Whether a 廃止取次判断 fits together: what it says by itself, whatever the case's state."""

from schemas.codes import Decision, RejectionReason
from schemas.findings import Finding

_REASONS = ("rejectionReasons", "NG理由")
_TEXT = ("rejectionText", "NG理由（詳細）")


def decision_form_findings(
    *, decision: Decision, reasons: tuple[RejectionReason, ...], text: str | None
) -> tuple[Finding, ...]:
    """Say all that does not fit together in a decision: its reasons, and the text of その他."""
    findings: list[Finding] = []
    if decision is Decision.ACCEPT:
        if reasons:
            findings.append(
                Finding(
                    *_REASONS,
                    "no-reasons-with-accept",
                    "承諾にはNG理由を指定できません。",
                    "NG理由を除くか、取次判断を「否認」（reject）にしてください。",
                )
            )
    elif not reasons:
        findings.append(
            Finding(
                *_REASONS,
                "reasons-with-reject",
                "否認にはNG理由が1つ以上必要です。",
                "NG理由（01から09）を1つ以上指定してください。",
            )
        )
    if len(set(reasons)) < len(reasons):
        findings.append(
            Finding(*_REASONS, "each-reason-once", "同じNG理由が重複しています。", "NG理由は1つずつ指定してください。")
        )
    return (*findings, *_text_findings(other=RejectionReason.OTHER in reasons, text=text))


def _text_findings(*, other: bool, text: str | None) -> tuple[Finding, ...]:
    label = RejectionReason.OTHER.label
    if other and text is None:
        return (
            Finding(
                *_TEXT,
                "text-with-other",
                f"NG理由「{label}」（09）には、内容の説明が必要です。",
                "NG理由（詳細）に内容を設定してください。",
            ),
        )
    if text is not None and not other:
        return (
            Finding(
                *_TEXT,
                "text-only-with-other",
                f"NG理由（詳細）は、NG理由「{label}」（09）を指定したときだけ設定できます。",
                "NG理由（詳細）を除くか、NG理由に09を加えてください。",
            ),
        )
    return ()
