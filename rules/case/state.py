"""What is known of a switching case. No personal data: those are named by the key of their message."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rules.deadlines import DeadlineRules
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


class AtGrid(StrEnum):
    """What is known of whether the grid operator holds an application."""

    NO = "no"
    UNKNOWN = "unknown"
    """It was sent, or is being sent, and no answer has come."""
    YES = "yes"
    """With the content it has, or with an earlier one while a correction is on its way or was found defective."""


@dataclass(frozen=True)
class Application:
    """One of the two applications (申請) of a case."""

    kind: ApplicationKind
    state: ApplicationState = ApplicationState.NOT_FILED
    number: str | None = None
    content_key: str | None = None
    """Key of the message that carries its content, personal data included."""
    revision: int = 0
    """How often its content was filed: 1 for the first, one more for each 訂正."""
    at_grid: AtGrid = AtGrid.NO
    known_to_grid: bool = False
    """True once the grid operator has taken note of the number, though it may have found a defect (不備)."""
    filed_at: datetime | None = None
    defects: tuple[str, ...] = ()
    """Names of the rules the grid operator found broken (不備); its words stay in the database."""
    defective_since: datetime | None = None
    """When it found them, where it said so."""

    @property
    def may_be_at_grid(self) -> bool:
        """True where leaving it alone could leave an orphan at the grid operator."""
        return self.at_grid is not AtGrid.NO

    @property
    def filed(self) -> bool:
        """True where it is on its way to the grid operator or received there, as a pair needs it."""
        return self.state in (ApplicationState.SENDING, ApplicationState.RECEIVED)


@dataclass(frozen=True)
class CaseState:
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
    asked_on_effective_date: bool = False
    one_side_alarmed: bool = False

    @property
    def ended(self) -> bool:
        """True once nothing can change the case any more."""
        return self.phase in ENDED_PHASES

    def application(self, kind: ApplicationKind) -> Application:
        """This function will give the start or the end application."""
        return self.start if kind is ApplicationKind.START else self.end

    @property
    def lacking(self) -> tuple[ApplicationKind, ...]:
        """Which applications a pair still lacks."""
        return tuple(application.kind for application in self.applications if not application.filed)

    @property
    def applications(self) -> tuple[Application, Application]:
        """Both applications, start first."""
        return self.start, self.end
