"""All that its applicant, and the hub operator, may see of an application on its own, from the hub's own record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.case_line import Company
from models.cases.case_page import (
    ApplicationView,
    DeclaredConsent,
    MessageView,
    SeenLine,
    declared_consent,
    messages_of,
    seen_lines,
    whole_application,
)
from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.messages.tables import MessageContentRow
from models.participants.tables import ParticipantRow
from models.reads import ReadRecorder
from rules.lone_application.state import LoneApplication
from rules.switching.visibility import Side

_PERSONAL = ("contract_number", "holder_name", "holder_name_kana", "address", "telephone")


@dataclass(frozen=True, kw_only=True)
class ApplicationPage:
    """One application on its own; whoever may see it sees all of it."""

    side: Side
    """From which the viewer looks at it."""
    state: LoneApplication
    changed_at: datetime
    ended_at: datetime | None
    applicant: Company
    content: dict[str, str]
    """Who it is about, as the applicant named them: by the name of the element, what was given of it."""
    consent: DeclaredConsent | None
    application: ApplicationView
    history: tuple[SeenLine, ...]
    messages: tuple[MessageView, ...]

    @property
    def case_number(self) -> str:
        """Its application number (申請番号)."""
        return self.state.case_number


def application_page(session: Session, *, scope: Scope, number: str, recorder: ReadRecorder) -> ApplicationPage | None:
    """Give an application on its own, and put on record that it was read; None where there is none in the scope.

    It holds personal data.
    """
    applicant = func.coalesce(CaseRow.new_retailer, CaseRow.current_retailer)
    row = session.execute(
        select(CaseRow.state, CaseRow.changed_at, CaseRow.ended_at, ParticipantRow.name, MessageContentRow.values)
        .join(MessageContentRow, MessageContentRow.key == CaseRow.content_key)
        .outerjoin(ParticipantRow, ParticipantRow.code == applicant)
        .where(CaseRow.case_number == number, CaseRow.application_kind.is_not(None), scope.condition)
    ).one_or_none()
    if row is None:
        return None
    recorder.record(session, [number])
    state: LoneApplication = row.state
    values: dict[str, Any] = row.values
    consent = values.get("consent")
    return ApplicationPage(
        side=scope.side(new_retailer=state.new_retailer),
        state=state,
        changed_at=row.changed_at,
        ended_at=row.ended_at,
        applicant=Company(state.applicant, row.name or ""),
        content={name: values[name] for name in _PERSONAL if values.get(name)},
        consent=None if consent is None else declared_consent(consent),
        application=whole_application(session, state.application, phase=state.phase),
        history=tuple(seen_lines(session, number, scope)),
        messages=messages_of(session, number, scope),
    )
