"""All that a viewer may see of one case, from the hub's own record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models.cases.case_line import Company
from models.cases.changes import Change, amended_content
from models.cases.grid_findings import grid_findings_of
from models.cases.history import case_history
from models.cases.read_model import WrittenLine
from models.cases.scope import Scope
from models.cases.tables import ApplicationRow, CaseRow
from models.messages.intervention import Reason, reasons_of
from models.messages.senders import Sender, senders_of
from models.messages.tables import MessageContentRow, MessageRow
from models.participants.tables import ParticipantRow
from models.reads import ReadRecorder
from rules.procedure.application import Application
from rules.procedure.outcomes import HistoryKind, Party
from rules.steps import CommandAnswer
from rules.switching.state import SwitchingCase
from rules.switching.visibility import OWN_APPLICATION, Side, is_in, seen_details, sees_amended
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, ConsentMethod
from schemas.findings import Refusal
from schemas.interfaces.common import GridFinding

_NEW, _CURRENT = aliased(ParticipantRow), aliased(ParticipantRow)
_CANCELLED_BY_GRID = (CasePhase.GRID_CANCELLED, CasePhase.ONE_SIDE_DONE)
_REFERRAL, _DECISION = aliased(MessageContentRow), aliased(MessageContentRow)


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Who the case is about, as the new retailer named them: personal data."""

    contract_number: str
    holder_name: str
    holder_name_kana: str
    address: str
    rejection_text: str | None
    """The current retailer's own words of a rejection (NG理由（詳細）)."""
    consent: "DeclaredConsent | None"
    """None for 現小売: it was given to the new retailer."""


@dataclass(frozen=True, kw_only=True)
class DeclaredConsent:
    """本人同意 as the new retailer declared it."""

    obtained_on: date
    method: ConsentMethod
    obtained_by: str


@dataclass(frozen=True, kw_only=True)
class ApplicationView:
    """One of the two applications, as far as the viewer may see it."""

    kind: ApplicationKind
    is_in: bool
    state: ApplicationState | None = None
    """None where the viewer sees only whether it is in; so is all below."""
    number: str | None = None
    revision: int = 0
    filed_at: datetime | None = None
    received_at: datetime | None = None
    completed_at: datetime | None = None
    findings: tuple[GridFinding, ...] = ()
    """What the grid operator found wrong (不備), while it stands; after a 送配電取消, its reason."""


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """One message of a retailer on the case, without its content."""

    retailer_code: str
    interface_number: str
    message_id: str
    what: str | None
    """What was asked for, in Japanese; None for the registration."""
    stored_at: datetime
    answered_at: datetime | None
    refusal: Refusal | None


@dataclass(frozen=True)
class SeenLine:
    """A line of the 案件履歴, with what its viewer may see of it."""

    at: datetime
    kind: HistoryKind
    actor: Party
    details: dict[str, str]
    reason: Reason | None = None
    """Why the hub operator intervened, where it is the line of an intervention."""
    sender: Sender | None = None
    """Who sent the message that made it, where the viewer may know: of one's own company, or as the hub operator."""
    changes: tuple[Change, ...] | None = None
    """What an amendment changed; None where it is none."""
    company: Company | None = None
    """Whose act it was, where the viewer may know: the company that stood there when the line was written."""


@dataclass(frozen=True, kw_only=True)
class CaseStanding:
    """How a case stands, without what it says of its customer."""

    side: Side
    state: SwitchingCase
    """Not for showing as it is: it knows both retailers and both applications."""

    @property
    def case_number(self) -> str:
        """The 廃止取次番号."""
        return self.state.case_number


@dataclass(frozen=True, kw_only=True)
class CasePage(CaseStanding):
    """One case, with nothing that its viewer may not see."""

    changed_at: datetime
    ended_at: datetime | None
    new_retailer: Company | None
    """None for 現小売, which does not see who asks."""
    current_retailer: Company
    customer: Customer
    applications: tuple[ApplicationView, ...]
    history: tuple[SeenLine, ...]
    messages: tuple[MessageView, ...]


def case_standing(session: Session, *, scope: Scope, case_number: str) -> CaseStanding | None:
    """Tell how a case stands; None where there is none in the viewer's scope."""
    row = session.execute(
        select(CaseRow.state).where(
            CaseRow.case_number == case_number, CaseRow.application_kind.is_(None), scope.condition
        )
    ).one_or_none()
    if row is None:
        return None
    state: SwitchingCase = row.state
    return CaseStanding(side=scope.side(new_retailer=state.new_retailer), state=state)


def case_page(session: Session, *, scope: Scope, case_number: str, recorder: ReadRecorder) -> CasePage | None:
    """Give a case as its viewer may see it, and put on record that it was read; None where there is none in the scope.

    It holds personal data.
    """
    row = session.execute(
        select(
            CaseRow.state,
            CaseRow.changed_at,
            CaseRow.ended_at,
            _NEW.name.label("new_name"),
            _CURRENT.name.label("current_name"),
            _REFERRAL.values.label("referral"),
            _DECISION.values.label("decision"),
        )
        .join(_REFERRAL, _REFERRAL.key == CaseRow.content_key)
        .outerjoin(_DECISION, _DECISION.key == CaseRow.decision_key)
        .outerjoin(_NEW, _NEW.code == CaseRow.new_retailer)
        .outerjoin(_CURRENT, _CURRENT.code == CaseRow.current_retailer)
        .where(CaseRow.case_number == case_number, CaseRow.application_kind.is_(None), scope.condition)
    ).one_or_none()
    if row is None:
        return None
    recorder.record(session, [case_number])
    state: SwitchingCase = row.state
    side = scope.side(new_retailer=state.new_retailer)
    return CasePage(
        side=side,
        state=state,
        changed_at=row.changed_at,
        ended_at=row.ended_at,
        new_retailer=None if side is Side.CURRENT else Company(state.new_retailer, row.new_name or ""),
        current_retailer=Company(state.current_retailer, row.current_name or ""),
        customer=_customer(row.referral, rejection_text=(row.decision or {}).get("rejection_text"), side=side),
        applications=_applications(session, state, side),
        history=_history(session, case_number, scope, side),
        messages=messages_of(session, case_number, scope),
    )


def _customer(referral: dict[str, Any], *, rejection_text: str | None, side: Side) -> Customer:
    consent = referral.get("consent")
    return Customer(
        contract_number=referral["contract_number"],
        holder_name=referral["holder_name"],
        holder_name_kana=referral["holder_name_kana"],
        address=referral["address"],
        rejection_text=rejection_text,
        consent=None if side is Side.CURRENT or consent is None else declared_consent(consent),
    )


def declared_consent(declared: dict[str, str]) -> DeclaredConsent:
    """Read a declared consent from what a message said."""
    return DeclaredConsent(
        obtained_on=date.fromisoformat(declared["obtained_on"]),
        method=ConsentMethod(declared["method"]),
        obtained_by=declared["obtained_by"],
    )


def _applications(session: Session, state: SwitchingCase, side: Side) -> tuple[ApplicationView, ...]:
    views = []
    for application in state.applications:
        if side is Side.OPERATOR or application.kind is OWN_APPLICATION[side]:
            views.append(whole_application(session, application, phase=state.phase))
        elif side is Side.NEW:
            views.append(ApplicationView(kind=application.kind, is_in=is_in(application.state)))
    return tuple(views)


def whole_application(session: Session, application: Application, *, phase: CasePhase) -> ApplicationView:
    """Give an application as its applicant sees it.

    :param phase: of its case, or of the application on its own.
    """
    times = session.execute(
        select(ApplicationRow.received_at, ApplicationRow.completed_at).where(
            ApplicationRow.number == application.number
        )
    ).one_or_none()
    cancelled_by_grid = application.state is ApplicationState.CANCELLED and phase in _CANCELLED_BY_GRID
    has_findings = application.number is not None and (
        application.state is ApplicationState.DEFECTIVE or cancelled_by_grid
    )
    return ApplicationView(
        kind=application.kind,
        is_in=is_in(application.state),
        state=application.state,
        number=application.number,
        revision=application.revision,
        filed_at=application.filed_at,
        received_at=None if times is None else times.received_at,
        completed_at=None if times is None else times.completed_at,
        findings=grid_findings_of(session, application_number=application.number or "") if has_findings else (),
    )


def _history(session: Session, case_number: str, scope: Scope, side: Side) -> tuple[SeenLine, ...]:
    return tuple(
        replace(line, details=details, changes=_seen_changes(line, side), company=_seen_company(line, side))
        for line in seen_lines(session, case_number, scope)
        if (details := seen_details(line.kind, line.details, side=side)) is not None
    )


def _seen_company(line: SeenLine, side: Side) -> Company | None:
    return None if side is Side.CURRENT and line.actor is Party.NEW_RETAILER else line.company


def _seen_changes(line: SeenLine, side: Side) -> tuple[Change, ...] | None:
    """Leave out what is not for this side; None where that is all, as that nothing changed would not be true."""
    if not line.changes:
        return line.changes
    return tuple(change for change in line.changes if sees_amended(change.name, line.kind, side=side)) or None


def seen_lines(session: Session, case_number: str, scope: Scope) -> Iterator[SeenLine]:
    """Give all lines of a history, each with the hub operator's reason where it has one, who sent
    what made it, what it amended, and which company acted, whoever took over later: personal data."""
    reasons, senders = reasons_of(session, case_number=case_number), senders_of(session, case_number=case_number)
    lines = case_history(session, case_number=case_number)
    amended, names = amended_content(session, lines), _names_of_actors(session, lines)
    for entry in lines:
        line, sender, code = entry.line, senders.get(entry.cause), _code_of_actor(entry)
        may_be_named = sender is not None and scope.retailer_code in (None, sender.retailer_code)
        yield SeenLine(
            entry.at,
            line.kind,
            line.actor,
            line.details,
            reasons.get(entry.cause),
            sender if may_be_named else None,
            amended.get(entry.step),
            None if code is None else Company(code, names.get(code, "")),
        )


def _names_of_actors(session: Session, lines: list[WrittenLine]) -> dict[str, str]:
    codes = {code for entry in lines if (code := _code_of_actor(entry)) is not None}
    rows = session.execute(select(ParticipantRow.code, ParticipantRow.name).where(ParticipantRow.code.in_(codes)))
    return {row.code: row.name for row in rows}


def _code_of_actor(entry: WrittenLine) -> str | None:
    owners = {Party.NEW_RETAILER: entry.state.new_retailer, Party.CURRENT_RETAILER: entry.state.current_retailer}
    return owners.get(entry.line.actor)


def messages_of(session: Session, case_number: str, scope: Scope) -> tuple[MessageView, ...]:
    """List the messages on a case that somebody may see, in the order they were stored."""
    statement = select(
        MessageRow.retailer_code,
        MessageRow.interface_number,
        MessageRow.message_id,
        MessageRow.command,
        MessageRow.stored_at,
        MessageRow.answered_at,
        MessageRow.answer,
    ).where(MessageRow.case_number == case_number)
    if scope.retailer_code is not None:
        statement = statement.where(MessageRow.retailer_code == scope.retailer_code)
    return tuple(
        MessageView(
            retailer_code=row.retailer_code,
            interface_number=row.interface_number,
            message_id=row.message_id,
            what=None if row.command is None else row.command.kind.label,
            stored_at=row.stored_at,
            answered_at=row.answered_at,
            refusal=row.answer.refusal if isinstance(row.answer, CommandAnswer) else row.answer,
        )
        for row in session.execute(statement.order_by(MessageRow.seq))
    )
