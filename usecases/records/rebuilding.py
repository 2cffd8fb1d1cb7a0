"""Writing the read model of cases anew from their history (案件履歴)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.cases.operations import NoSuchCase, rebuild_case
from models.cases.queries import all_cases
from models.cases.volume_keeping import count_anew
from models.database import Database, Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.hub import Systems
from usecases.recorders import record_change


@dataclass(frozen=True)
class RebuildingRequest:
    """The cases whose rows are to be written."""

    case_numbers: Sequence[str] | None
    """None for all there are."""


@dataclass(frozen=True)
class Rebuilt:
    """A case whose rows were written."""

    case_number: str


@dataclass(frozen=True)
class NoHistory:
    """A number without a history: there is no such case."""

    case_number: str


@dataclass(frozen=True)
class UnreadableHistory:
    """A case whose history makes no rows."""

    case_number: str
    reason: str
    """Short, without personal data."""


Rebuilding = Rebuilt | NoHistory | UnreadableHistory


def rebuild(request: RebuildingRequest, *, actor: Operator, hub: Systems) -> Iterator[Rebuilding]:
    """Write one case after the other, telling of each; what one of them lacks holds up no other."""
    demand(UseCase.REBUILD, capacity=actor.capacity, segment=None)
    case_numbers = request.case_numbers
    if case_numbers is None:
        with hub.database.transaction() as session:
            count_anew(session)
            case_numbers = all_cases(session)
    return (_rebuild(number, hub.database, actor=actor) for number in case_numbers)


def _rebuild(case_number: str, database: Database, *, actor: Operator) -> Rebuilding:
    def write(session: Session) -> None:
        rebuild_case(session, case_number=case_number)
        record_change(session, UseCase.REBUILD, actor=actor, subject=case_number, what="")

    try:
        database.run(write)
    except NoSuchCase:
        return NoHistory(case_number)
    except Exception as error:  # of this case alone; the others are to be written
        return UnreadableHistory(case_number, type(error).__name__)
    return Rebuilt(case_number)
