"""The form of a 廃止取次判断: reasons and text must fit the decision."""

from rules.switching.decision_form import decision_form_findings
from schemas.codes import Decision, RejectionReason

NAME, ADDRESS, OTHER = (
    RejectionReason.HOLDER_NAME_DIFFERS,
    RejectionReason.ADDRESS_DIFFERS,
    RejectionReason.OTHER,
)


def rules_broken(decision: Decision, *reasons: RejectionReason, text: str | None = None) -> list[tuple[str, str]]:
    findings = decision_form_findings(decision=decision, reasons=reasons, text=text)
    return [(finding.field, finding.rule) for finding in findings]


def test_accepting_needs_nothing_else() -> None:
    assert rules_broken(Decision.ACCEPT) == []


def test_accepting_with_reasons_or_text_is_refused_for_both() -> None:
    assert rules_broken(Decision.ACCEPT, NAME, text="別人") == [
        ("rejectionReasons", "no-reasons-with-accept"),
        ("rejectionText", "text-only-with-other"),
    ]


def test_rejecting_takes_several_reasons() -> None:
    assert rules_broken(Decision.REJECT, NAME, ADDRESS) == []


def test_rejecting_without_a_reason_is_refused() -> None:
    assert rules_broken(Decision.REJECT) == [("rejectionReasons", "reasons-with-reject")]


def test_a_reason_may_be_given_once() -> None:
    assert rules_broken(Decision.REJECT, NAME, NAME) == [("rejectionReasons", "each-reason-once")]


def test_the_other_reason_needs_its_text() -> None:
    assert rules_broken(Decision.REJECT, NAME, OTHER) == [("rejectionText", "text-with-other")]
    assert rules_broken(Decision.REJECT, NAME, OTHER, text="契約者死亡のため要確認") == []


def test_a_text_belongs_to_the_other_reason_alone() -> None:
    assert rules_broken(Decision.REJECT, NAME, text="別人") == [("rejectionText", "text-only-with-other")]


def test_everything_wrong_is_said_at_once() -> None:
    assert rules_broken(Decision.REJECT, OTHER, OTHER) == [
        ("rejectionReasons", "each-reason-once"),
        ("rejectionText", "text-with-other"),
    ]
