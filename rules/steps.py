"""The steps of a case: what its workflow asks the database to write, and what it hears back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rules.core import Procedure
from rules.procedure.calls import ApplicationCall, Trouble
from rules.procedure.events import Command, GridNews
from rules.procedure.outcomes import HistoryLine
from schemas.codes import ApplicationState, CasePhase
from schemas.findings import Refusal


@dataclass(frozen=True)
class CaseStart:
    """Input of a case's workflow. The case itself is read from its row."""

    case_number: str
    origin: str
    """What the case's registration is known by: a row of another origin under the number is another case."""


@dataclass(frozen=True)
class CommandAnswer:
    """The final answer to a retailer's command, as it is stored and repeated. Holds no personal data."""

    case_number: str
    """Of an application on its own, its application number."""
    version: int
    phase: CasePhase
    wished_date: date | None
    decision_due: datetime | None
    """None, with the wished date, for an application on its own."""
    cut_off: datetime | None
    """None where an application on its own need not be matched."""
    processed_at: datetime | None = None
    """Business time at which the answer was stored; set by whoever stores it."""
    application_number: str | None = None
    application_state: ApplicationState | None = None
    refusal: Refusal | None = None
    """Set where the command was not carried out."""


@dataclass(frozen=True)
class Step:
    """One transaction on a case: its row, its line in the 案件履歴, the answer to a command."""

    case_number: str
    number: int
    """Number of the step; the row must stand at the one before. A refusal has the row's own number and no line."""
    cause: str
    """What made it: a message key, the cause of news, or the rule of an alarm. A repeat has the same."""
    state: Procedure
    line: HistoryLine | None
    answer: CommandAnswer | None = None
    message_key: str | None = None
    """The message that ``answer`` belongs to."""
    deadline: datetime | None = None
    """Set where the passing of a deadline is the cause: messages stored before it go first."""


class StepOutcome(StrEnum):
    """What became of a step."""

    WRITTEN = "written"
    """Written now, or by an earlier try of the same step."""
    ANSWERED = "answered"
    """The message has its answer already; nothing was written."""
    AHEAD = "ahead"
    """The row stands elsewhere than the workflow thought (a restored store): take it over and ask the core again."""
    MESSAGES_FIRST = "messages_first"
    """Messages stored before the deadline wait to be taken; nothing was written."""
    TOO_EARLY = "too_early"
    """The deadline has not come by the business clock; nothing was written."""


@dataclass(frozen=True)
class StepResult:
    """The case as its row stands after the step, with the business time of the transaction."""

    outcome: StepOutcome
    state: Procedure
    number: int
    at: datetime
    messages: tuple[Command, ...] = ()
    """With MESSAGES_FIRST: the waiting commands, in the order they were stored."""


@dataclass(frozen=True)
class Maintenance:
    """That a grid operator was not called, because its system is in a maintenance window."""

    until: datetime
    """The window's end, in business time."""
    at: datetime
    """The business time at which was looked."""
    tried: bool
    """True where an earlier try of the same call may have reached the grid operator."""
    announced: bool = False
    """True where the grid operator itself told of it."""


@dataclass(frozen=True)
class CallResult:
    """What a call to a grid operator brought."""

    news: tuple[GridNews, ...]
    maintenance: Maintenance | None = None
    """Set, with no news, where the call has to wait for the end of a window."""
    trouble: Trouble | None = None
    """Set, with no news, where the case shall say what keeps the call from its answer; it is made again at once."""


def message_concerned(subject: object) -> str | None:
    """Give the key of the message that a step or a call is about; None where it is about none."""
    match subject:
        case Step():
            return subject.message_key
        case ApplicationCall():
            return subject.content_key
        case _:
            return None
