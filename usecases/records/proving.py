"""Proving that what is on record is what was sealed."""

from dataclasses import dataclass

from models.database import Database
from models.records.proving import may_change_records, misfits, newest_seal
from models.records.sealing import Waiting, waiting
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from rules.records.proof import Breach
from rules.records.seals import Seal
from usecases.actors import Operator
from usecases.hub import Systems


@dataclass(frozen=True, kw_only=True)
class ProofRequest:
    """What the records are held to, besides their own seals."""

    published: tuple[int, str] | None = None
    """Number and hash of a seal, as somebody has noted them elsewhere."""


@dataclass(frozen=True)
class Proof:
    """What came of it."""

    misfit: Breach | None
    """The first thing that does not fit."""
    newest: Seal | None
    not_sealed: Waiting
    may_be_changed: bool
    """True where the role that the hub comes in as could change records (:mod:`migrations.rights`)."""


def prove_records(request: ProofRequest, *, actor: Operator, hub: Systems) -> Proof:
    """Reckon all hashes anew, and say what does not fit first."""
    demand(UseCase.PROVE_RECORDS, capacity=actor.capacity, segment=None)
    return _prove(hub.database, request)


def _prove(database: Database, request: ProofRequest) -> Proof:
    with database.transaction() as session:
        misfit = next(misfits(session, published=request.published), None)
        return Proof(misfit, newest_seal(session), waiting(session), may_change_records(session))
