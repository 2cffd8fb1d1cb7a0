"""What a retailer itself has sent of a case or an application on its own, to be corrected: with all it said."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.scope import Scope
from models.cases.tables import CaseRow
from models.messages.tables import MessageContentRow
from models.reads import ReadRecorder
from rules.core import ByKind
from rules.lone_application.state import LoneApplication
from rules.switching.state import SwitchingCase
from rules.switching.visibility import OWN_APPLICATION, Side
from schemas.codes import ApplicationKind
from schemas.interfaces.referral_inbox import shown_to_current_retailer


def application_standing(session: Session, *, scope: Scope, number: str) -> LoneApplication | None:
    """Tell how an application on its own stands; None where there is none in the viewer's scope."""
    state = session.scalar(select(CaseRow.state).where(CaseRow.case_number == number, scope.condition))
    return None if state is None else _alone(state)


def _no_application(state: SwitchingCase) -> LoneApplication | None:
    return None


def _as_it_is(state: LoneApplication) -> LoneApplication | None:
    return state


_alone = ByKind(switching=_no_application, lone_application=_as_it_is)


def sent_content(
    session: Session, *, scope: Scope, number: str, kind: ApplicationKind | None, recorder: ReadRecorder
) -> dict[str, Any]:
    """Give what was sent of a case, and put on record that it was read; nothing where the viewer has sent none.

    It holds personal data. 現小売 gets of the referral what it compares, and no more.

    :param kind: of the application whose content it is; None for the referral.
    """
    state = session.scalar(select(CaseRow.state).where(CaseRow.case_number == number, scope.condition))
    if state is None:
        return {}
    key = _content_key(state, scope, kind)
    if key is None:
        return {}
    values: dict[str, Any] = session.scalars(
        select(MessageContentRow.values).where(MessageContentRow.key == UUID(key))
    ).one()
    recorder.record(session, [number])
    return values if kind is not None else _seen_of_referral(values, scope.side(new_retailer=state.new_retailer))


def _key_in_case(state: SwitchingCase, scope: Scope, kind: ApplicationKind | None) -> str | None:
    own = OWN_APPLICATION.get(scope.side(new_retailer=state.new_retailer))
    if own is None:
        return None
    if kind is None:
        return state.content_key
    return state.application(kind).content_key if kind is own else None


def _key_alone(state: LoneApplication, scope: Scope, kind: ApplicationKind | None) -> str | None:
    is_own = state.applicant == scope.retailer_code and state.kind is kind
    return state.application.content_key if is_own else None


_content_key = ByKind(switching=_key_in_case, lone_application=_key_alone)


def _seen_of_referral(values: dict[str, Any], side: Side) -> dict[str, Any]:
    if side is Side.NEW:
        return values
    return {name: value for name, value in values.items() if shown_to_current_retailer(name)}
