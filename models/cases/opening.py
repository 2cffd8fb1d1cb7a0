"""Opening a procedure: decided where its registration is stored, under one lock for the point."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, func, insert, select
from sqlalchemy.orm import Session

from models.cases.read_model import WrittenLine
from models.cases.tables import CaseRow
from models.cases.writing import write_new_case
from models.clock import business_now
from models.handovers import HandoverRow
from models.messages.claiming import Claimed, find_repeat, store_message
from models.messages.identity import IncomingMessage
from rules.answers import answer_to
from rules.core import Procedure
from rules.point_order import OpenProcedure
from rules.procedure.outcomes import Transition
from rules.steps import CommandAnswer
from schemas.codes import ApplicationKind, CasePhase
from schemas.findings import Refusal

_GIVING_WAY = and_(
    CaseRow.gives_way,
    CaseRow.phase.in_([phase.value for phase in (CasePhase.AWAITING_APPLICATIONS, CasePhase.CANCELLING)]),
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


def begin_opening(session: Session, *, message: IncomingMessage, point_number: str) -> Opening | RegistrationResult:
    """Take the lock on the point, under which the registration is decided; a repeat has its answer already.

    :raises Refused: HUB-I001 when the retailer used the message id for something else.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"point {point_number}", 0))))
    repeat = find_repeat(session, message)
    return Opening(uuid4(), business_now(session)) if repeat is None else _repeated(repeat)


def store_opening(
    session: Session, opening: Opening, *, message: IncomingMessage, decided: Transition[Procedure] | Refusal
) -> RegistrationResult:
    """Store a registration with what was decided on it, and the new procedure where it opens one."""
    key, at = opening.key, opening.at
    answer = decided if isinstance(decided, Refusal) else answer_to(decided.state, at=at)
    number = None if isinstance(decided, Refusal) else decided.state.case_number
    store_message(session, message, key=key, case_number=number, stored_at=at, answer=answer)
    if isinstance(decided, Transition):
        write_new_case(session, WrittenLine(step=1, line=decided.line, cause=str(key), at=at, state=decided.state))
        session.execute(insert(HandoverRow).values(case_number=number))
    return RegistrationResult(str(key), answer, repeated=False)


def open_procedures(session: Session, *, point_number: str) -> list[OpenProcedure]:
    """List what is open on a point (異動並びチェック)."""
    rows = session.execute(
        select(
            CaseRow.case_number,
            func.coalesce(CaseRow.new_retailer, CaseRow.current_retailer).label("owner"),
            CaseRow.application_kind,
        )
        .where(CaseRow.point_number == point_number, CaseRow.ended_at.is_(None), ~_GIVING_WAY)
        .order_by(CaseRow.registered_at, CaseRow.case_number)
    )
    return [_open_procedure(*row) for row in rows]


def _open_procedure(number: str, owner: str, kind: str | None) -> OpenProcedure:
    return OpenProcedure(number, owner, None if kind is None else ApplicationKind(kind))


def _repeated(claimed: Claimed) -> RegistrationResult:
    assert claimed.answer is not None, "a registration is stored with its answer"
    return RegistrationResult(claimed.key, claimed.answer, repeated=True)
