"""The form of a 廃止取次判断: read and checked by the same rules as its SOAP message (12410)."""

import re
from typing import Any, ClassVar

from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, StringField

from models.cases.screens import CaseStanding
from rules.switching.decision_form import decision_form_findings
from schemas.codes import Decision, RejectionReason, Segment
from schemas.fields import CASE_NUMBER
from schemas.findings import Finding
from schemas.interfaces.decision import DecisionRequest
from schemas.reading import Faulty, read
from web.shared.drafts import storable
from web.shared.forms import HubForm
from web.shared.labels import reason_label
from web.shared.message_ids import is_message_id

_VERSION = re.compile(r"[1-9][0-9]{0,2}")
_CASE_NUMBER = re.compile(CASE_NUMBER.pattern or "")
_MOST_CHOICES = 20
"""What is kept of a form: more than anybody chooses, and no more."""
_FIELDS = {"decision": "decision", "rejectionReasons": "reasons", "rejectionText": "text"}


def draft_name(case_number: str) -> str | None:
    """Name the draft of the decision on a case; None where the number cannot be one."""
    return f"decision:{case_number}" if _CASE_NUMBER.fullmatch(case_number) else None


class DecisionForm(HubForm):
    """OK, or NG with its reasons; with the version that was read, and the message id."""

    decision = RadioField(
        "判断",
        choices=[SelectChoice(Decision.ACCEPT.value, "承諾（OK）"), SelectChoice(Decision.REJECT.value, "否認（NG）")],
        validate_choice=False,
    )
    reasons = SelectMultipleField(
        "NG理由（否認のとき、1つ以上）",
        choices=[SelectChoice(reason.value, reason.value) for reason in RejectionReason],
        validate_choice=False,
    )
    text = StringField(
        "NG理由（詳細）",
        filters=[lambda text: (text or "").strip()],
        render_kw={"autocomplete": "off", "maxlength": 100},
    )
    version = HiddenField()
    message_id = HiddenField()

    hints: ClassVar[dict[str, str]] = {
        "reasons": "新小売電気事業者に伝わります。当てはまるものをすべて選んでください。",
        "text": "「09 その他」を選んだときだけ、100文字以内で書いてください。",
    }

    def name_reasons(self, segment: Segment) -> None:
        """Call the NG理由 as a segment calls them, before the form is shown."""
        self.reasons.choices = [
            SelectChoice(reason.value, f"{reason.value} {reason_label(reason, segment)}") for reason in RejectionReason
        ]

    def typed(self) -> dict[str, Any]:
        """Give what was typed and chosen, as it is kept while somebody makes up their mind."""
        return {
            "decision": storable(self.decision.data),
            "reasons": [storable(reason) for reason in (self.reasons.data or [])[:_MOST_CHOICES]],
            "text": storable(self.text.data),
            "version": storable(self.version.data),
            "message_id": storable(self.message_id.data),
        }

    @property
    def is_ours(self) -> bool:
        """True where message id and version are such as the hub's own form has."""
        return is_message_id(self.message_id.data or "") and bool(_VERSION.fullmatch(self.version.data or ""))

    def is_about(self, page: CaseStanding) -> bool:
        """Tell whether the version that was read is the one that the case has."""
        return bool(self.version.data == str(page.state.version))

    def request(self, *, case_number: str) -> DecisionRequest | None:
        """Give the decision as its message; None where errors now stand on the fields."""
        raw = {
            "messageId": self.message_id.data or "",
            "caseNumber": case_number,
            "version": self.version.data or "",
            "decision": self.decision.data or "",
            "rejectionReasons": list(self.reasons.data or []),
            "rejectionText": self.text.data or "",
        }
        decision = read(DecisionRequest, raw)
        if isinstance(decision, Faulty):
            self._note(decision.findings)
            return None
        findings = decision_form_findings(
            decision=decision.decision, reasons=decision.rejection_reasons, text=decision.rejection_text
        )
        self._note(findings)
        return None if findings else decision

    def _note(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            field = self[_FIELDS.get(finding.field.partition("[")[0], "decision")]
            field.errors = [*field.errors, finding.message]
