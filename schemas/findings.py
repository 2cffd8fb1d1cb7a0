"""What the hub says when it refuses: findings on fields, under one message code."""

from dataclasses import dataclass, field
from datetime import datetime

from schemas.refusal_codes import REFUSAL_WORDS, RefusalCode


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: which field, by which rule, in words, and what to do about it."""

    field: str
    """Path of the field as it stands in the message, e.g. ``consent/obtainedOn``; empty for the whole."""
    label: str
    """The field's Japanese name."""
    rule: str
    """Stable name of the rule, e.g. ``length``."""
    message: str
    """What is wrong, in Japanese."""
    action: str
    """What the sender can do, in Japanese."""


@dataclass(frozen=True)
class Refusal:
    """Why a message is not carried out. Final unless the message code says that a repeat may help."""

    code: RefusalCode
    findings: tuple[Finding, ...] = field(default=())
    resumes_at: datetime | None = None
    """Of a maintenance, its end."""

    @property
    def text(self) -> str:
        """The code's Japanese sentence."""
        return REFUSAL_WORDS[self.code].text

    @property
    def action(self) -> str:
        """What the sender can do, in Japanese."""
        return REFUSAL_WORDS[self.code].action

    @property
    def retryable(self) -> bool:
        """True where the same message may be sent again, with the same id."""
        return REFUSAL_WORDS[self.code].retryable


class Refused(Exception):
    """Raised at the edges to hand a refusal to whoever answers the caller."""

    def __init__(self, refusal: Refusal, message_id: str | None = None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.message_id = message_id


def refuse(
    code: RefusalCode, *, rule: str, field: str = "", label: str = "", message: str = "", action: str = ""
) -> Refusal:
    """Build a refusal with one finding; message and action default to the code's own."""
    said = REFUSAL_WORDS[code]
    return Refusal(
        code=code,
        findings=(
            Finding(field=field, label=label, rule=rule, message=message or said.text, action=action or said.action),
        ),
    )
