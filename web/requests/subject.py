"""What a request is about: a case or an application on its own, which says some of the request's elements by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import abort

from models.database import Session
from rules.lone_application.possible_commands import possible_lone_commands
from rules.lone_application.state import LoneApplication
from rules.switching.possible_commands import possible_commands
from rules.switching.state import SwitchingCase
from rules.switching.visibility import OWN_APPLICATION, Side
from schemas.codes import ApplicationKind, ProcessKind
from schemas.contract import members_for
from schemas.fields import Form
from schemas.interfaces.referral import REFERRAL
from schemas.reading import RawMessage
from usecases import cases
from usecases.cases import SentContentRequest, StandingRequest
from web.catalogue_forms.raw_values import raw_of
from web.requests.screens import RequestScreen
from web.shared.access import current_actor
from web.shared.requests import RequestStep, step_alone, step_in_case
from web.shared.words import day_words


@dataclass(frozen=True)
class Subject:
    """A case, or an application on its own, of the company of the person who is logged in."""

    number: str
    state: SwitchingCase | LoneApplication = field(repr=False)
    said: RawMessage = field(repr=False)
    """Elements of the request that it says by itself; an empty one is left out of the request."""
    is_open: bool
    """True where the core lets the request be sent as things stand."""

    @property
    def is_case(self) -> bool:
        """True where it is a switching case, which stays when one of its applications is taken back."""
        return self.state.application_kind is None

    @property
    def number_label(self) -> str:
        """Give what its number is called."""
        return "廃止取次番号" if self.is_case else "申請番号"

    def said_in_words(self, screen: RequestScreen) -> list[tuple[str, str]]:
        """List what it says of the request besides its own number, each by its name."""
        members = members_for(screen.interface.request, screen.segment, screen.process)
        values = [(member.field, self.said.get(member.xml_name)) for member in members]
        return [
            (said.label, day_words(date.fromisoformat(value)) if said.form is Form.DATE else value)
            for said, value in values
            if isinstance(value, str) and value not in ("", self.number)
        ]


def find_subject(session: Session, screen: RequestScreen, number: str) -> Subject | None:
    """Find what a request is about; None where this person's company has none such that the request could be about."""
    request, actor = StandingRequest(case_number=number), current_actor()
    standing = cases.see_standing(request, actor=actor, session=session)
    if standing is not None:
        return _of_case(screen, standing.state, standing.side)
    state = cases.see_application_standing(request, actor=actor, session=session)
    return None if state is None else _of_lone_application(screen, state)


def subject_or_404(session: Session, screen: RequestScreen, number: str | None) -> Subject | None:
    """Give what a request is about, None where it is about nothing that was sent before."""
    if number is None:
        return None
    return find_subject(session, screen, number) or abort(404)


def known_content(session: Session, screen: RequestScreen, subject: Subject) -> RawMessage:
    """Give what a form about it starts filled with, on record: what was sent, or what the case knows of a first one."""
    wanted = SentContentRequest(
        number=subject.number,
        kind=_content_kind(screen),
        purpose=f"画面:{screen.interface.label}（{screen.process.label}）",
    )
    values = cases.see_sent_content(wanted, actor=current_actor(), session=session)
    return raw_of(screen.interface.request, values, segment=screen.segment, kind=screen.process)


_OWN: Mapping[Side, tuple[ApplicationKind | None, ...]] = {
    Side.NEW: (None, OWN_APPLICATION[Side.NEW]),
    Side.CURRENT: (OWN_APPLICATION[Side.CURRENT],),
    Side.OPERATOR: (),
}
"""What each side of a case sends of it; None stands for the referral."""


def _content_kind(screen: RequestScreen) -> ApplicationKind | None:
    return screen.interface.applies_for if screen.process is ProcessKind.AMEND else None


def _of_case(screen: RequestScreen, state: SwitchingCase, side: Side) -> Subject | None:
    is_first_referral = screen.interface is REFERRAL and screen.process is ProcessKind.REGISTER
    if state.segment is not screen.segment or screen.interface.applies_for not in _OWN[side] or is_first_referral:
        return None
    steps = [step_in_case(command) for command in possible_commands(state, side=side)]
    said = {"caseNumber": state.case_number, "pointNumber": state.point_number}
    kind = screen.interface.applies_for
    if kind is None:
        said["currentRetailerCode"] = state.current_retailer
    else:
        said["applicationNumber"] = state.application(kind).number or ""
        said["effectiveDate"] = state.effective_date.isoformat()
    return Subject(
        number=state.case_number,
        state=state,
        said=_of_request(screen, said),
        is_open=RequestStep(screen.interface, screen.process) in steps,
    )


def _of_lone_application(screen: RequestScreen, state: LoneApplication) -> Subject | None:
    is_about_it = state.segment is screen.segment and screen.interface.applies_for is state.kind
    if not is_about_it or not screen.is_about_something:
        return None
    steps = [step_alone(command, state.kind) for command in possible_lone_commands(state)]
    said = {"caseNumber": "", "applicationNumber": state.case_number, "pointNumber": state.point_number}
    return Subject(
        number=state.case_number,
        state=state,
        said=_of_request(screen, said),
        is_open=RequestStep(screen.interface, screen.process) in steps,
    )


def _of_request(screen: RequestScreen, said: dict[str, str]) -> RawMessage:
    names = {member.xml_name for member in members_for(screen.interface.request, screen.segment, screen.process)}
    return {name: value for name, value in said.items() if name in names}
