"""Whose cases somebody may see."""

from models.cases.screens import Scope
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import HubOperator, Person


def scope_of(actor: Person) -> Scope:
    """Give whose cases a person may see: those of the own company, or all.

    :raises NotAllowed: where the table of rights gives neither.
    """
    demand(UseCase.SEE_CASES, capacity=actor.capacity, segment=None)
    if isinstance(actor, HubOperator):
        demand(UseCase.SEE_ALL_CASES, capacity=actor.capacity, segment=None)
        return Scope(None)
    return Scope(actor.retailer_code)
