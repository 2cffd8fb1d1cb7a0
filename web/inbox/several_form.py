"""The form by which several referrals are decided on at once: one answer for all of them, and which they are."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import SelectMultipleField

from schemas.checks import fits
from schemas.fields import CASE_NUMBER
from schemas.interfaces.decision import DecisionRequest
from web.decision.form import DecisionForm
from web.shared.drafts import storable
from web.shared.message_ids import is_message_id, new_message_id

MOST = 50
"""Referrals that are decided on at once: a page of the inbox."""
_VERSION = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class ChosenReferral:
    """One of them: the version that was read, and the message id that its decision has."""

    case_number: str
    version: int
    message_id: str

    @property
    def text(self) -> str:
        """Write it as the form carries it."""
        return f"{self.case_number}:{self.version}:{self.message_id}"


def chosen_anew(case_number: str, version: int) -> ChosenReferral:
    """Choose a referral, under a message id of its own."""
    return ChosenReferral(case_number, version, new_message_id())


def read_chosen(texts: list[str]) -> list[ChosenReferral] | None:
    """Read what the form carries; None for what is none of ours."""
    chosen = []
    for text in texts[: MOST + 1]:
        number, version, message_id = (*text.split(":", 2), "", "")[:3]
        if not (fits(CASE_NUMBER, number) and _VERSION.fullmatch(version) and is_message_id(message_id)):
            return None
        chosen.append(ChosenReferral(number, int(version), message_id))
    return chosen if len(chosen) <= MOST and len({one.case_number for one in chosen}) == len(chosen) else None


class SeveralForm(DecisionForm):
    """OK for all, or NG for the same reasons; the ticks say for which."""

    listed = SelectMultipleField(validate_choice=False)
    """All that were chosen."""
    rows = SelectMultipleField(validate_choice=False)
    """Those that are still ticked."""

    hints: ClassVar[dict[str, str]] = DecisionForm.hints

    def typed(self) -> dict[str, Any]:
        """Give what was typed and ticked, as it is kept while somebody makes up their mind."""
        return {
            "decision": storable(self.decision.data),
            "reasons": [storable(reason) for reason in (self.reasons.data or [])[:MOST]],
            "text": storable(self.text.data),
            "listed": [storable(row) for row in (self.listed.data or [])[: MOST + 1]],
            "rows": [storable(row) for row in (self.rows.data or [])[: MOST + 1]],
        }

    @property
    def chosen(self) -> list[ChosenReferral] | None:
        """All that were chosen; None where the form is none of ours."""
        return read_chosen(self.listed.data or [])

    @property
    def ticked(self) -> list[ChosenReferral]:
        """Those of them that are still ticked."""
        rows = set(self.rows.data or [])
        return [one for one in self.chosen or [] if one.text in rows]

    @property
    def is_ours(self) -> bool:
        """True where it carries referrals as the hub's own form does."""
        return bool(self.chosen)

    def requests(self) -> list[DecisionRequest] | None:
        """Give the decision on each as its message; None where errors now stand on the fields."""
        if not self.ticked:
            self.rows.errors = ["判断する取次を1件以上選んでください。"]
            return None
        requests = []
        for one in self.ticked:
            self.version.data, self.message_id.data = str(one.version), one.message_id
            request = self.request(case_number=one.case_number)
            if request is None:
                return None  # the same for all of them
            requests.append(request)
        return requests
