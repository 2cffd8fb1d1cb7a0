"""Opening a procedure: decided where its registration is stored, under one lock for the point."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Text, and_, bindparam, cast, func, or_, select

from models.cases.line_writing import write_new_case
from models.cases.read_model import WrittenLine
from models.cases.tables import CaseRow
from models.handovers import note_registered
from models.messages.claiming import Claimed, find_repeat, now_unless_stored, store_message
from models.messages.identity import IncomingMessage
from models.prepared import Line, Prepared
from rules.answers import answer_to
from rules.core import Procedure
from rules.point_order import OpenProcedure
from rules.procedure.outcomes import Transition
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind, CasePhase
from schemas.findings import Refusal

GIVING_WAY = and_(
    CaseRow.gives_way,
    or_(*(CaseRow.phase == phase.value for phase in (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING))),
)
"""On its way back. One that was matched before it was taken back stands after all."""


@dataclass(frozen=True)
class RegistrationResult:
    """What became of a registration: an answer with the new case, or a refusal that is final."""

    key: str
    outcome: CommandAnswer | Refusal
    repeated: bool
    """True where the same message was stored before; its answer is given again."""

    @property
    def answer(self) -> CommandAnswer | None:
        """The answer with the new case; None where it was refused."""
        return None if isinstance(self.outcome, Refusal) else self.outcome

    @property
    def refusal(self) -> Refusal | None:
        """Why it was refused."""
        return self.outcome if isinstance(self.outcome, Refusal) else None


@dataclass(frozen=True)
class Opening:
    """A registration that was not stored before, while the lock on its point is held."""

    key: UUID
    """Of its message."""
    at: datetime
    """The business time as of which it is decided and stored."""


_POINT = func.hashtextextended(bindparam("point", type_=Text), 0)
_LOCK = Prepared(select(cast(func.pg_advisory_xact_lock(_POINT), Text).label("locked")))


def begin_opening(line: Line, *, message: IncomingMessage, point_number: str) -> Opening | RegistrationResult:
    """Take the lock on the point, under which the registration is decided; a repeat has its answer already.

    :raises Refused: HUB-I001 when the retailer used the message id for something else.
    """
    _LOCK.rows(line, point=f"point {point_number}")
    at = now_unless_stored(line, message)
    return _repeated(find_repeat(line, message)) if at is None else Opening(uuid4(), at)


def store_opening(
    line: Line, opening: Opening, *, message: IncomingMessage, decided: Transition[Procedure] | Refusal
) -> RegistrationResult:
    """Store a registration with what was decided on it, and the new procedure where it opens one."""
    key, at = opening.key, opening.at
    answer = decided if isinstance(decided, Refusal) else answer_to(decided.state, at=at)
    number = None if isinstance(decided, Refusal) else decided.state.case_number
    store_message(line, message, key=key, case_number=number, stored_at=at, answer=answer)
    if isinstance(decided, Transition):
        write_new_case(line, WrittenLine(step=1, line=decided.line, cause=str(key), at=at, state=decided.state))
        note_registered(line, case_number=decided.state.case_number)
    return RegistrationResult(str(key), answer, repeated=False)


_OPEN = Prepared(
    select(
        CaseRow.case_number,
        func.coalesce(CaseRow.new_retailer, CaseRow.current_retailer).label("owner"),
        CaseRow.application_kind,
    )
    .where(CaseRow.point_number == bindparam("point_number"), CaseRow.ended_at.is_(None), ~GIVING_WAY)
    .order_by(CaseRow.registered_at, CaseRow.case_number)
)


def open_procedures(line: Line, *, point_number: str) -> list[OpenProcedure]:
    """List what is open on a point (異動並びチェック)."""
    return [open_procedure(*row) for row in _OPEN.rows(line, point_number=point_number)]


def open_procedure(number: str, owner: str, kind: str | None) -> OpenProcedure:
    return OpenProcedure(number, owner, None if kind is None else ApplicationKind(kind))


def _repeated(claimed: Claimed | None) -> RegistrationResult:
    assert claimed is not None, "it has just been seen"
    assert claimed.answer is not None, "a registration is stored with its answer"
    return RegistrationResult(claimed.key, claimed.answer, repeated=True)
