"""The reminder of the cut-off, which is not made up for once its moment has passed."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol, Self, TypeVar

from rules.procedure.outcomes import NothingNew, Transition
from schemas.findings import Refusal


class Reminded(Protocol):
    """What a procedure tells of its reminder."""

    @property
    def cut_off_remind_at(self) -> datetime | None:
        """When it reminds of its cut-off; None where it has none."""

    @property
    def awaits_cut_off_reminder(self) -> bool:
        """True while somebody is still to be reminded."""

    def with_cut_off_reminded(self) -> Self:
        """Give it with the reminder made, or dropped."""


State = TypeVar("State", bound=Reminded)


def without_late_reminder(
    outcome: Transition[State] | Refusal | NothingNew, *, at: datetime
) -> Transition[State] | Refusal | NothingNew:
    """Drop the reminder of the cut-off where it is called for only since its moment has passed."""
    if not isinstance(outcome, Transition) or not outcome.state.awaits_cut_off_reminder:
        return outcome
    remind_at = outcome.state.cut_off_remind_at
    if remind_at is None or remind_at > at:
        return outcome
    return replace(outcome, state=outcome.state.with_cut_off_reminded())
