"""Which calls to the grid operator a procedure wants to have running: a function of its state alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from rules import wording
from rules.calendar import day_of
from rules.procedure.application import Application, AtGrid
from rules.procedure.events import GridNews
from schemas.codes import ApplicationKind, ApplicationState, Area, Code, Segment


class CallKind(Code):
    """What the hub asks of a grid operator."""

    REGISTER = "register", "登録を送信"
    AMEND = "amend", "訂正を送信"
    CANCEL = "cancel", "取消を送信"
    INQUIRE = "inquire", "処理状況を確認"


SendingKind = Literal[CallKind.REGISTER, CallKind.AMEND, CallKind.CANCEL]
"""What it is asked of one application."""


class TroubleKind(Code):
    """What keeps a call from its answer."""

    PAUSED = "paused", wording.PAUSED
    AWAY = "away", "応答なし"
    PENDING = "pending", "先方の処理待ち"
    UNCLEAR = "unclear", "回答から結果が分からない"


@dataclass(frozen=True)
class Trouble:
    """That a call is made again and again without an answer that tells."""

    kind: TroubleKind
    since: datetime
    """In business time: of one that is away or paused, since when its whole area is."""
    at: datetime
    """When it was noted."""
    reason: str
    """Short and stable, as ``timeout`` or a fault's code."""
    tried: bool = False
    """True where a try may have reached the grid operator."""


@dataclass(frozen=True, kw_only=True)
class _Call:
    key: str
    """News that the call brings has a cause that begins with this; it stays as long as it is the same wish."""
    area: Area
    segment: Segment
    case_number: str
    origin: str
    """With the number, which case it is."""
    tried: bool = False
    """True where an earlier try may have reached the grid operator: it is asked for the status first."""
    trouble: Trouble | None = None
    """What kept it from its answer when that was told last."""
    told: tuple[TroubleKind, ...] = ()
    """Kinds of trouble that its case has been told: each is told once, whatever comes and goes."""
    windows: int = 0
    """How many ends of maintenances it has waited for."""


@dataclass(frozen=True, kw_only=True)
class ApplicationCall(_Call):
    """One application is sent, or taken back."""

    kind: SendingKind
    application: ApplicationKind
    application_number: str
    content_key: str
    filed_under: str | None = None
    """In whose name the grid operator is spoken to about the application."""
    filed_on: date | None = None
    """The day on which the hub stored the content that is sent."""


@dataclass(frozen=True, kw_only=True)
class InquiryCall(_Call):
    """The grid operator is asked where all applications of a procedure stand."""

    kind: Literal[CallKind.INQUIRE] = CallKind.INQUIRE
    inquiry: int


GridCall = ApplicationCall | InquiryCall
"""One call that a procedure wants."""


class Calling(Protocol):
    """What a procedure must tell of itself so that its calls follow from it."""

    @property
    def case_number(self) -> str:
        """Its number."""

    @property
    def origin(self) -> str:
        """What its registration is known by, and no other's."""

    @property
    def area(self) -> Area:
        """Whose grid operator is called."""

    @property
    def segment(self) -> Segment:
        """In which segment."""

    @property
    def applications(self) -> Sequence[Application]:
        """Its applications."""

    def retailer_of(self, kind: ApplicationKind) -> str:
        """Name the retailer that filed an application: this one, where no other is noted."""

    @property
    def inquiry(self) -> int:
        """Raised when it wants the grid operator's word once."""

    @property
    def inquiry_answered(self) -> int:
        """The inquiry that was answered last."""

    @property
    def ended(self) -> bool:
        """True once nothing can change it any more."""


def wanted_calls(procedure: Calling) -> tuple[GridCall, ...]:
    """List the calls that should be running for a procedure: a function of its state alone.

    So nothing is forgotten when a process dies between a step and its call, and nothing runs on when the
    reason for it is gone: the workflow starts what is wanted and not running, and stops what is not wanted.
    """
    calls: list[GridCall] = [*application_calls(procedure)]
    if procedure.inquiry > procedure.inquiry_answered and not procedure.ended:
        calls.append(
            InquiryCall(
                key=f"inquiry-{procedure.inquiry}",
                area=procedure.area,
                segment=procedure.segment,
                case_number=procedure.case_number,
                origin=procedure.origin,
                inquiry=procedure.inquiry,
            )
        )
    return tuple(calls)


def application_calls(procedure: Calling) -> tuple[ApplicationCall, ...]:
    """List those of them that send an application, or take one back."""
    return tuple(
        _in_turn(
            procedure, [call for application in procedure.applications if (call := _call_for(procedure, application))]
        )
    )


def _in_turn(procedure: Calling, calls: list[ApplicationCall]) -> list[ApplicationCall]:
    """Take two that are both taken back one by one: what the grid operator holds goes before what it may not hold.

    To learn its fate it is sent, and would be matched with the other as long as that one stands.
    """
    states = {application.number: application.state for application in procedure.applications}
    back = [call for call in calls if states[call.application_number] is ApplicationState.CANCELLING]
    if len(back) < 2:
        return calls
    return [call for call in back if call.kind is CallKind.CANCEL] or back[:1]


def answers_call(news: GridNews, application: Application, *kinds: CallKind) -> bool:
    """Tell whether news answers a call of these kinds with the application's present content.

    What it tells is then about that content; a status may be about an earlier one.
    """
    return news.cause.startswith(tuple(_key(application, kind) for kind in kinds))


def _key(application: Application, kind: CallKind) -> str:
    return f"{application.number}-{application.revision}-{kind.value}"


def _call_for(procedure: Calling, application: Application) -> ApplicationCall | None:
    if application.state not in (ApplicationState.SENDING, ApplicationState.CANCELLING):
        return None
    number, content_key = application.number, application.content_key
    if number is None or content_key is None:  # nothing of it was ever sent
        return None
    kind: SendingKind
    if application.state is ApplicationState.CANCELLING and application.at_grid is AtGrid.YES:
        kind = CallKind.CANCEL
    else:  # a 取消 goes out only after the application's own fate is known
        kind = CallKind.AMEND if application.known_to_grid else CallKind.REGISTER
    return ApplicationCall(
        key=_key(application, kind),
        kind=kind,
        area=procedure.area,
        segment=procedure.segment,
        case_number=procedure.case_number,
        origin=procedure.origin,
        application=application.kind,
        application_number=number,
        content_key=content_key,
        filed_under=application.filed_under or procedure.retailer_of(application.kind),
        filed_on=None if application.filed_at is None else day_of(application.filed_at),
    )
