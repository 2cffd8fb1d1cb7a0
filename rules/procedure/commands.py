"""Commands: what is asked of a procedure, each a record of its own, and the frame in which one is stored."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Discriminator, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic.dataclasses import dataclass as checked_dataclass

from rules.procedure.command_kinds import (
    APPLICATION_OF,
    CommandKind,
    FilingAmendmentKind,
    FilingCancellationKind,
    FilingKind,
)
from rules.procedure.news import NewsKind
from schemas.codes import ApplicationKind, Decision, MeterWork, RejectionReason

RecordableNews = Literal[
    NewsKind.RECEIVED,
    NewsKind.TOO_LATE,
    NewsKind.CANCELLED,
    NewsKind.MATCHED,
    NewsKind.UNMATCHED,
    NewsKind.COMPLETED,
]
"""What can be recorded by hand. A 不備 cannot: its rules and words have to come from the grid operator's system."""


@dataclass(frozen=True, kw_only=True)
class _OfProcedure:
    case_number: str
    """Of an application on its own, its application number."""


@dataclass(frozen=True, kw_only=True)
class Amend(_OfProcedure):
    """Correct a referral (取次訂正)."""

    kind: Literal[CommandKind.AMEND] = CommandKind.AMEND
    point_number: str
    current_retailer: str
    wished_date: date
    meter_work: MeterWork | None = None
    """None where it is not declared."""


@dataclass(frozen=True, kw_only=True)
class Withdraw(_OfProcedure):
    """Take a referral back (取次取消)."""

    kind: Literal[CommandKind.WITHDRAW] = CommandKind.WITHDRAW


@dataclass(frozen=True, kw_only=True)
class Decide(_OfProcedure):
    """Accept or reject a referral (取次判断)."""

    kind: Literal[CommandKind.DECIDE] = CommandKind.DECIDE
    version: int
    decision: Decision
    rejection_reasons: tuple[RejectionReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _OfPair(_OfProcedure):
    kind: CommandKind

    @property
    def application(self) -> ApplicationKind:
        """Which of a case's two applications it is about."""
        return APPLICATION_OF[self.kind]


@dataclass(frozen=True, kw_only=True)
class File(_OfPair):
    """File one of a case's two applications."""

    kind: FilingKind
    point_number: str
    effective_date: date
    meter_work: MeterWork | None = None
    """None where it is not declared, and in an end application, which does not say."""
    application_number: str | None = None
    """Drawn when the command is stored."""


@dataclass(frozen=True, kw_only=True)
class AmendFiling(_OfPair):
    """Correct one of a case's two applications."""

    kind: FilingAmendmentKind
    application_number: str
    point_number: str
    effective_date: date
    meter_work: MeterWork | None = None
    """As of :class:`File`."""


@dataclass(frozen=True, kw_only=True)
class CancelFiling(_OfPair):
    """Take one of a case's two applications back; the case stays."""

    kind: FilingCancellationKind
    application_number: str


@dataclass(frozen=True, kw_only=True)
class AmendApplication(_OfProcedure):
    """Correct an application on its own (申請訂正)."""

    kind: Literal[CommandKind.AMEND_APPLICATION] = CommandKind.AMEND_APPLICATION
    application: ApplicationKind
    application_number: str
    point_number: str
    effective_date: date | None = None
    """None of a kind that takes effect on no named day."""
    meter_work: MeterWork | None = None
    """None where it is not declared, and of a kind that does not say."""


@dataclass(frozen=True, kw_only=True)
class CancelApplication(_OfProcedure):
    """Take an application on its own back (申請取消)."""

    kind: Literal[CommandKind.CANCEL_APPLICATION] = CommandKind.CANCEL_APPLICATION
    application: ApplicationKind
    application_number: str


@dataclass(frozen=True, kw_only=True)
class Suspend(_OfProcedure):
    """Have deadlines stand still (期限の停止)."""

    kind: Literal[CommandKind.SUSPEND] = CommandKind.SUSPEND
    leaving: str | None = None
    """Code of the retailer that takes part no longer, where that is why."""


@dataclass(frozen=True, kw_only=True)
class Resume(_OfProcedure):
    """Have deadlines run again (期限の再開)."""

    kind: Literal[CommandKind.RESUME] = CommandKind.RESUME
    effective_date: date | None = None
    """None where it stays."""


@dataclass(frozen=True, kw_only=True)
class Succeed(_OfProcedure):
    """Put another retailer in the place of one that leaves (承継)."""

    kind: Literal[CommandKind.SUCCEED] = CommandKind.SUCCEED
    leaving: str
    successor: str
    effective_date: date | None = None
    """None where it stays."""


@dataclass(frozen=True, kw_only=True)
class Close(_OfProcedure):
    """End a procedure by the hub operator's word."""

    kind: Literal[CommandKind.CLOSE] = CommandKind.CLOSE


@dataclass(frozen=True, kw_only=True)
class Record(_OfProcedure):
    """Write down what the grid operator said by another way than its system (連絡の記録)."""

    kind: Literal[CommandKind.RECORD] = CommandKind.RECORD
    news: RecordableNews
    application_number: str | None
    """None where none was named; of a case it must be."""
    occurred_at: datetime | None = None
    """When it happened, by the grid operator's word."""
    effective_date: date | None = None
    meter_work: MeterWork | None = None


@dataclass(frozen=True, kw_only=True)
class GiveWay(_OfProcedure):
    """Free the point for another retailer's referral."""

    kind: Literal[CommandKind.GIVE_WAY] = CommandKind.GIVE_WAY


@dataclass(frozen=True, kw_only=True)
class StandBack(_OfProcedure):
    """End a referral whose point an application matched before it holds."""

    kind: Literal[CommandKind.STAND_BACK] = CommandKind.STAND_BACK


FilingCommand = File | AmendFiling | CancelFiling
InterventionCommand = Suspend | Resume | Succeed | Close | Record
CommandContent = (
    Amend
    | Withdraw
    | Decide
    | FilingCommand
    | AmendApplication
    | CancelApplication
    | InterventionCommand
    | GiveWay
    | StandBack
)
"""What is asked for, as far as the core has to know it."""


@checked_dataclass(frozen=True, kw_only=True)
class Command:
    """A stored message as the core sees it; ``at`` is when the hub stored it, which decides what is in time.

    Rows, updates and histories hold it as one flat record: what is asked stands beside the frame's own elements.
    """

    content: Annotated[CommandContent, Discriminator("kind")]
    message_key: str
    """Key of the stored message; the update id, and where its personal content is found."""
    at: datetime
    last_day: date | None = None
    """The first last day (事業者一覧) of the retailers that the command leaves in the procedure, as it stood when the
    command was stored; None where they take part without end, or where the command sets no date."""
    given_by: str | None = None
    """Code of the retailer that gave it; None of the hub operator's. A 承継 that was stored before may have taken its
    place meanwhile."""

    @property
    def kind(self) -> CommandKind:
        """What is asked for."""
        return self.content.kind

    @model_validator(mode="before")
    @classmethod
    def _from_flat(cls, stored: object) -> object:
        return {**stored, "content": stored} if isinstance(stored, dict) else stored

    @model_serializer(mode="wrap")
    def _flat(self, plain: SerializerFunctionWrapHandler) -> dict[str, object]:
        frame = plain(self)
        return {**frame.pop("content"), **frame}
