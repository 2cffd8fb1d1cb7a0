"""What is known of an application on its own (単独申請). No personal data: their message's key stands for them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from rules.deadlines import DeadlineRules
from rules.lone_application.kinds import KINDS, KindRules
from rules.procedure.application import Application
from rules.procedure.outcomes import Party
from schemas.codes import ENDED_PHASES, ApplicationKind, ApplicationState, Area, CasePhase, EndCause, MeterWork, Segment


@dataclass(frozen=True)
class LoneApplication:
    """An application on its own as the core sees it; times are aware, days are days in Japan.

    Its phase is one of a switching case's, so that both are counted and searched alike; what people read is the
    state of the application itself.
    """

    application: Application
    segment: Segment
    area: Area
    point_number: str
    applicant: str
    """Code of the retailer that applies."""
    rules: DeadlineRules
    phase: CasePhase
    registered_at: datetime
    origin: str
    """Key of the message that registered it, which never repeats: a number may, where a database was put back."""
    effective_date: date | None
    """None where its kind names none."""
    meter_work: MeterWork | None
    """None where its kind does not declare it."""
    cut_off: datetime | None
    """Until when it must be matched; None where its kind is not."""
    correction_due: datetime | None = None
    """Until when a 不備 can be corrected, where there is no cut-off; None while there is none."""
    end_cause: EndCause | None = None
    matched_at: datetime | None = None
    completed_at: datetime | None = None
    cut_off_passed: bool = False
    inquiry: int = 0
    """Raised when it wants the grid operator's word once; a call of that number answers it."""
    inquiry_answered: int = 0
    asked_before_cut_off: bool = False
    cut_off_remind_at: datetime | None = None
    """When the applicant is reminded that it is not matched; None where its kind is not."""
    cut_off_reminded: bool = False
    """True once that was done, or came too late."""
    asked_on_effective_date: bool = False
    suspended_at: datetime | None = None
    """Since when the hub operator has its deadlines stand still; None while they run."""

    @property
    def suspended(self) -> bool:
        """True while its deadlines stand still: nothing rings, and nothing comes too late."""
        return self.suspended_at is not None

    @property
    def kind(self) -> ApplicationKind:
        """What is applied for."""
        return self.application.kind

    @property
    def kind_rules(self) -> KindRules:
        """How applications of its kind run."""
        return KINDS[self.kind]

    @property
    def case_number(self) -> str:
        """The number it is stored and run under: its application number (申請番号)."""
        assert self.application.number is not None, "it is registered with its number"
        return self.application.number

    @property
    def content_key(self) -> str:
        """Key of the message that carries its content as it stands."""
        assert self.application.content_key is not None, "it is registered with its content"
        return self.application.content_key

    @property
    def version(self) -> int:
        """How often its content was filed."""
        return self.application.revision

    def retailer_of(self, kind: ApplicationKind) -> str:
        """Name the retailer whose application it is, by its code."""
        return self.applicant

    @property
    def new_retailer(self) -> str | None:
        """The applicant, where it stands on the side of the supply that begins."""
        return self.applicant if self.kind_rules.applicant is Party.NEW_RETAILER else None

    @property
    def current_retailer(self) -> str | None:
        """The applicant, where it stands on the side of the supply there is."""
        return self.applicant if self.kind_rules.applicant is Party.CURRENT_RETAILER else None

    @property
    def applications(self) -> tuple[Application]:
        """The application, as a procedure lists those it has."""
        return (self.application,)

    @property
    def ended(self) -> bool:
        """True once nothing can change it any more."""
        return self.phase in ENDED_PHASES

    @property
    def referral_number(self) -> str | None:
        """None: no referral (廃止取次) stands behind it."""
        return None

    @property
    def wished_date(self) -> date | None:
        """None: only a referral wishes for a day, before there is one."""
        return None

    @property
    def decision_due(self) -> datetime | None:
        """None: nobody decides on it."""
        return None

    @property
    def application_kind(self) -> ApplicationKind | None:
        """What is applied for."""
        return self.kind

    @property
    def search_kind(self) -> str:
        """What Temporal's search finds it by."""
        return self.kind.value

    @property
    def name(self) -> str:
        """What people call it."""
        return f"単独申請（{self.kind.label}）"

    @property
    def standing(self) -> CasePhase | ApplicationState:
        """The state that people know it by."""
        return self.application.state

    @property
    def moments_told(self) -> tuple[datetime | None, ...]:
        """When the grid operator told what it holds; the hub's own time where it did not say when."""
        return self.completed_at, self.matched_at

    @property
    def can_give_way(self) -> bool:
        """True where it needs another's application, and gives way to a referral when there is none."""
        return self.kind_rules.matched

    def concerned(self, kind: ApplicationKind | None) -> Application | None:
        """Give the application that a command concerns: there is one."""
        return self.application

    @property
    def awaits_cut_off_reminder(self) -> bool:
        """True while the applicant is still to be reminded that it is not matched."""
        waits = self.phase is CasePhase.AWAITING_APPLICATIONS and not self.cut_off_passed
        return waits and not self.cut_off_reminded

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
