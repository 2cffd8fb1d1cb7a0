"""The form of a 廃止取次判断: read and checked by the same rules as its SOAP message (12410)."""

import re
from typing import ClassVar
from uuid import uuid4

from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, StringField

from rules.case.decision_form import decision_form_findings
from schemas.codes import Decision, RejectionReason, Segment
from schemas.findings import Finding
from schemas.interfaces.decision import DecisionRequest
from schemas.reading import Faulty, read
from web.forms import HubForm
from web.labels import reason_label

_MESSAGE_ID = re.compile(r"WEB-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIELDS = {"decision": "decision", "rejectionReasons": "reasons", "rejectionText": "text"}


def new_message_id() -> str:
    """This function will make the message id of one decision: kept in its form, so that a double click sends once."""
    return f"WEB-{uuid4()}"


def is_message_id(text: str) -> bool:
    """This function will tell whether a text can be a message id that a screen made."""
    return bool(_MESSAGE_ID.fullmatch(text))


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
        """This function will call the NG理由 as a segment calls them, before the form is shown."""
        self.reasons.choices = [
            SelectChoice(reason.value, f"{reason.value} {reason_label(reason, segment)}") for reason in RejectionReason
        ]

    def request(self, *, case_number: str) -> DecisionRequest | None:
        """This function will give the decision as its message; None where errors now stand on the fields."""
        raw = {
            "messageId": self.message_id.data or "",
            "caseNumber": case_number,
            "version": self.version.data or "",
            "decision": self.decision.data or "",
            "rejectionReasons": list(self.reasons.data or []),
            "rejectionText": self.text.data or "",
        }
        asked = read(DecisionRequest, raw)
        if isinstance(asked, Faulty):
            self._note(asked.findings)
            return None
        findings = decision_form_findings(
            decision=asked.decision, reasons=asked.rejection_reasons, text=asked.rejection_text
        )
        self._note(findings)
        return None if findings else asked

    def _note(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            field = self[_FIELDS.get(finding.field.partition("[")[0], "decision")]
            field.errors = [*field.errors, finding.message]
