"""集計: a retailer sees its own cases counted, the hub operator those of the market."""

from models.cases.scope import Scope
from models.cases.volume_keys import Book
from models.cases.volumes import VolumeFilter, Volumes, volumes
from models.database import Session
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import HubOperator, Person

BOOKS_OF_RETAILERS = (Book.NEW, Book.CURRENT, Book.ALONE)
BOOKS_OF_OPERATORS = (Book.ALL, Book.ALONE)


def books_of(actor: Person) -> tuple[Book, ...]:
    """List what somebody may have counted, the usual one first.

    :raises NotAllowed: where the table of rights gives it to them not.
    """
    demand(UseCase.SEE_VOLUMES, capacity=actor.capacity, segment=None)
    return BOOKS_OF_OPERATORS if isinstance(actor, HubOperator) else BOOKS_OF_RETAILERS


def see_volumes(request: VolumeFilter, *, actor: Person, session: Session) -> Volumes:
    """Count the cases of the person's company, of the market for the hub operator. Nothing personal is read.

    :raises NotAllowed: where the table of rights gives it to them not.
    """
    demand(UseCase.SEE_VOLUMES, capacity=actor.capacity, segment=None)
    return volumes(session, scope=Scope(actor.retailer_code), volume_filter=request)
