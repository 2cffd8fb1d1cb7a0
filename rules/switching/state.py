"""What is known of a switching case. No personal data: those are named by the key of their message."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self

from rules.deadlines import DeadlineRules
from rules.point_order import SWITCHING_CASE
from rules.procedure.application import Application
from schemas.codes import (
    ENDED_PHASES,
    ApplicationKind,
    ApplicationState,
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

    @property
    def referral_number(self) -> str | None:
        """The 廃止取次番号, which is the case's own number."""
        return self.case_number

    @property
    def application_kind(self) -> ApplicationKind | None:
        """None: it is no application on its own."""
        return None

    @property
    def search_kind(self) -> str:
        """What Temporal's search finds it by."""
        return "switching"

    @property
    def name(self) -> str:
        """What people call it."""
        return SWITCHING_CASE

    @property
    def standing(self) -> CasePhase | ApplicationState:
        """The state that people know it by."""
        return self.phase

    @property
    def moments_told(self) -> tuple[datetime | None, ...]:
        """When the grid operator told what it holds; the hub's own time where it did not say when."""
        return self.completed_at, self.matched_at, self.one_side_heard_at

    @property
    def can_give_way(self) -> bool:
        """False: applications on their own give way to it."""
        return False

    def concerned(self, kind: ApplicationKind | None) -> Application | None:
        """Give the application that a command of its two applications concerns; None for one on the referral."""
        return None if kind is None else self.application(kind)

    @property
    def awaits_cut_off_reminder(self) -> bool:
        """True while who has not filed is still to be reminded of the cut-off."""
        waits = self.phase is CasePhase.AWAITING_APPLICATIONS and not self.cut_off_passed
        return waits and not self.cut_off_reminded and bool(self.lacking)

    def with_cut_off_reminded(self) -> Self:
        """Give it with the reminder of the cut-off made, or dropped."""
        return replace(self, cut_off_reminded=True)

    def with_inquiry(self, number: int) -> Self:
        """Give it with an inquiry begun."""
        return replace(self, inquiry=number)

    def with_inquiry_answered(self, number: int) -> Self:
        """Give it with an inquiry answered."""
        return replace(self, inquiry_answered=number)

    def with_suspension(self, at: datetime) -> Self:
        """Give it with its deadlines standing still from a moment on."""
        return replace(self, suspended_at=at)
