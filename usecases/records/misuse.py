"""Whether retailers read what they do not need for switches: what each did, and what is unusual of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.database import Session
from models.records.habits import Days, habits_of_market
from rules.access.rights import RIGHTS, demand
from rules.access.use_cases import UseCase
from rules.misuse import Habits, Sign, signs
from usecases.actors import Person
from usecases.recorders import screen_purpose

_INQUIRIES = (UseCase.INQUIRE_FACILITY, UseCase.INQUIRE_USAGE)


@dataclass(frozen=True, kw_only=True)
class MisuseRequest:
    """The days that are looked at."""

    first: date
    last: date
    """Itself included."""


@dataclass(frozen=True)
class Misuse:
    """What came of it."""

    market: Sequence[Habits]
    signs: Sequence[Sign]


def see_misuse(request: MisuseRequest, *, actor: Person, session: Session) -> Misuse:
    """Count what each retailer did, and say what is unusual. No customer's data are read."""
    demand(UseCase.SEE_MISUSE, capacity=actor.capacity, segment=None)
    market = habits_of_market(
        session,
        Days(first=request.first, last=request.last),
        interfaces=_numbers(),
        purposes=[screen_purpose(use_case) for use_case in _INQUIRIES],
    )
    return Misuse(market, signs(market))


def _numbers() -> list[str]:
    interfaces = [interface for use_case in _INQUIRIES for interface in RIGHTS[use_case].interfaces]
    return [interface.number_in(segment) for interface in interfaces for segment in interface.segments]
