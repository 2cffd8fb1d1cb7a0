"""What the hub says when it refuses: findings on fields, under one message code.

A module that refuses declares in a rulebook of its own what it can say, and says nothing else::

    RULES = Rulebook()
    TOO_EARLY = RULES.declare("earliest-date", ("wishedDate", "異動希望日"), message="{first}以降の日を指定します。")
    ...
    return (TOO_EARLY.finding(first=plain_day(first)),)

The documents list the rulebooks (docs.specification_pages.checks).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter

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

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait before the next try, where the code says so."""
        return REFUSAL_WORDS[self.code].retry_after


@dataclass(frozen=True, kw_only=True)
class FindingRule:
    """One thing that can be said against a message; in braces what only the moment tells, by name."""

    rule: str
    code: RefusalCode
    """Under which the finding is told."""
    field: str
    label: str
    message: str
    action: str

    def finding(self, **values: str | int) -> Finding:
        """Say it, with a value for every name in braces."""
        return Finding(
            field=self.field.format(**values),
            label=self.label.format(**values),
            rule=self.rule.format(**values),
            message=self.message.format(**values),
            action=self.action.format(**values),
        )

    def refusal(self, **values: str | int) -> Refusal:
        """Refuse for this reason alone."""
        return Refusal(self.code, (self.finding(**values),))

    @property
    def names(self) -> frozenset[str]:
        """The names that stand in braces."""
        texts = self.rule + self.field + self.label + self.message + self.action
        return frozenset(name for _, name, _, _ in Formatter().parse(texts) if name is not None)


class Rulebook:
    """What one module can say against a message, in the order it is declared."""

    def __init__(self, *, code: RefusalCode = RefusalCode.BUSINESS) -> None:
        self._code = code
        self._rules: list[FindingRule] = []

    def declare(
        self,
        rule: str,
        where: tuple[str, str] = ("", ""),
        *,
        code: RefusalCode | None = None,
        message: str = "",
        action: str = "",
    ) -> FindingRule:
        """Declare a rule; message and action default to the code's own.

        :param where: path and label of the field; empty for the whole message.
        """
        field, label = where
        code = code or self._code
        words = REFUSAL_WORDS[code]
        declared = FindingRule(
            rule=rule,
            code=code,
            field=field,
            label=label,
            message=message or words.text,
            action=action or words.action,
        )
        self._rules.append(declared)
        return declared

    def __iter__(self) -> Iterator[FindingRule]:
        return iter(self._rules)


class Refused(Exception):
    """Raised at the edges to hand a refusal to whoever answers the caller."""

    def __init__(self, refusal: Refusal, message_id: str | None = None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.message_id = message_id
