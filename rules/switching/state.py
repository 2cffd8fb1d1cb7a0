"""What is known of a switching case. No personal data: those are named by the key of their message."""

from dataclasses import dataclass, field
from datetime import date, datetime

from rules.deadlines import DeadlineRules
from rules.procedure.application import Application
from schemas.codes import (
    ENDED_PHASES,
    ApplicationKind,
    Area,
    CasePhase,
    Decision,
    EndCause,
    MeterWork,
    RejectionReason,
    Segment,
)


@dataclass(frozen=True)
class SwitchingCase:
    """A switching case as the core sees it; times are aware, days are days in Japan."""

    case_number: str
    segment: Segment
    area: Area
    point_number: str
    new_retailer: str
    current_retailer: str
    rules: DeadlineRules
    phase: CasePhase
    version: int
    registered_at: datetime
    origin: str
    """Key of the message that registered it, which never repeats: a number may, where a database was put back."""
    content_key: str
    """Key of the message that carries the referral's content as it stands."""
    wished_date: date
    effective_date: date
    meter_work: MeterWork
    decision_due: datetime
    remind_at: datetime
    cut_off: datetime
    reminded: bool = False
    decision_restarts: int = 0
    decision: Decision | None = None
    decided_at: datetime | None = None
    rejection_reasons: tuple[RejectionReason, ...] = ()
    start: Application = field(default_factory=lambda: Application(ApplicationKind.START))
    end: Application = field(default_factory=lambda: Application(ApplicationKind.END))
    end_cause: EndCause | None = None
    missing: tuple[ApplicationKind, ...] = ()
    """Which applications were missing when the case ended as マッチング不成立."""
    matched_at: datetime | None = None
    completed_at: datetime | None = None
    cut_off_passed: bool = False
    inquiry: int = 0
    """Raised when the case wants the grid operator's word once; a call of that number answers it."""
    inquiry_answered: int = 0
    asked_before_cut_off: bool = False
    cut_off_remind_at: datetime | None = None
    """When who has not filed is reminded of the cut-off."""
    cut_off_reminded: bool = False
    """True once that was done, or came too late."""
    asked_on_effective_date: bool = False
    one_side_heard_at: datetime | None = None
    """When it was heard that one side is complete, and only one."""
    one_side_alarmed: bool = False
    suspended_at: datetime | None = None
    """Since when the hub operator has its deadlines stand still; None while they run."""

    @property
    def ended(self) -> bool:
        """True once nothing can change the case any more."""
        return self.phase in ENDED_PHASES

    @property
    def suspended(self) -> bool:
        """True while its deadlines stand still: nothing rings, and nothing comes too late."""
        return self.suspended_at is not None

    def application(self, kind: ApplicationKind) -> Application:
        """Give the start or the end application."""
        return self.start if kind is ApplicationKind.START else self.end

    def retailer_of(self, kind: ApplicationKind) -> str:
        """Name the retailer whose application it is, by its code."""
        return self.new_retailer if kind is ApplicationKind.START else self.current_retailer

    @property
    def lacking(self) -> tuple[ApplicationKind, ...]:
        """Which applications a pair still lacks."""
        return tuple(application.kind for application in self.applications if not application.filed)

    @property
    def applications(self) -> tuple[Application, Application]:
        """Both applications, start first."""
        return self.start, self.end
