"""What a person sees of cases: those of the own scope alone, and each that is read on record.

They take a session, so that one screen is of one moment.
"""

import re
from collections.abc import Sequence

from models.cases.screens import (
    ApplicationPage,
    CasePage,
    CaseStanding,
    Scope,
    application_page,
    case_page,
    case_standing,
    rejection_texts,
)
from models.database import Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from schemas.fields import APPLICATION_NUMBER, CASE_NUMBER
from usecases.actors import HubOperator, Person
from usecases.recorders import screen_recorder

_CASE_NUMBER = re.compile(CASE_NUMBER.pattern or "")
_APPLICATION_NUMBER = re.compile(APPLICATION_NUMBER.pattern or "")


def scope_of(actor: Person) -> Scope:
    """Give whose cases a person may see: those of the own company, or all.

    :raises NotAllowed: where the table of rights gives neither. So of all below.
    """
    demand(UseCase.SEE_CASES, capacity=actor.capacity, segment=None)
    if isinstance(actor, HubOperator):
        demand(UseCase.SEE_ALL_CASES, capacity=actor.capacity, segment=None)
        return Scope(None)
    return Scope(actor.retailer_code)


def see_standing(session: Session, case_number: str, *, actor: Person) -> CaseStanding | None:
    """Tell how a case stands, and nothing of its customer; None where there is none in the person's scope."""
    if not _CASE_NUMBER.fullmatch(case_number):
        return None
    return case_standing(session, scope=scope_of(actor), case_number=case_number)


def see_case(
    session: Session, case_number: str, *, actor: Person, purpose: str, message_id: str = ""
) -> CasePage | None:
    """Give a case as a person may see it; None where there is none in the person's scope.

    :param purpose: what it is read for: the screen's name.
    :param message_id: of what the person is about to send.
    """
    if not _CASE_NUMBER.fullmatch(case_number):
        return None
    recorder = screen_recorder(actor, purpose=purpose, message_id=message_id)
    return case_page(session, scope=scope_of(actor), case_number=case_number, recorder=recorder)


def see_application(session: Session, number: str, *, actor: Person, purpose: str) -> ApplicationPage | None:
    """Give an application on its own (単独申請) as a person may see it; None where there is none in the scope."""
    if not _APPLICATION_NUMBER.fullmatch(number):
        return None
    recorder = screen_recorder(actor, purpose=purpose)
    return application_page(session, scope=scope_of(actor), number=number, recorder=recorder)


def see_rejection_texts(
    session: Session, case_numbers: Sequence[str], *, actor: Person, purpose: str
) -> dict[str, str]:
    """Give the words of the NG理由（詳細） of those cases of a list that have some."""
    recorder = screen_recorder(actor, purpose=purpose)
    return rejection_texts(session, scope=scope_of(actor), case_numbers=case_numbers, recorder=recorder)
