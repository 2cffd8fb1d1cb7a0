"""Whether an actor may do what it asks for: the first question of each use case."""

from rules.access.rights import RIGHTS, Denial, NotAllowed, demand, is_allowed
from rules.access.roles import Role
from rules.access.use_cases import UseCase
from rules.numbers import segment_of
from rules.procedure.refusals import no_such_case
from schemas.codes import Segment
from schemas.findings import Refused
from usecases.actors import Actor, HubOperator, Retailer


def retailer_for(use_case: UseCase, *, actor: Actor, segment: Segment | None) -> Retailer:
    """Give the retailer that an actor stands for.

    :raises NotAllowed: where the table of rights does not give the use case to it, or not in this segment.
    """
    demand(use_case, capacity=actor.capacity, segment=segment)
    return _retailer(use_case, actor)


def retailer_in_any_segment(use_case: UseCase, *, actor: Actor) -> Retailer:
    """Give the retailer that an actor stands for, where what it asks for may lie in any segment.

    :raises NotAllowed: where the table of rights gives the use case to it in none.
    """
    if not is_allowed(use_case, capacity=actor.capacity):
        raise NotAllowed(use_case, Denial.RIGHT)
    return _retailer(use_case, actor)


def retailer_in_segment(use_case: UseCase, *, actor: Actor, segment: Segment | None) -> tuple[Retailer, Segment]:
    """Give the retailer that an actor stands for, and the segment of what it asks for, which must be one.

    :raises NotAllowed: as :func:`retailer_for` does.
    """
    retailer = retailer_for(use_case, actor=actor, segment=segment)
    if segment is None:
        raise NotAllowed(use_case, Denial.SEGMENT)
    return retailer, segment


def role_in_case(use_case: UseCase) -> Role:
    """Give the side of a switching case that a use case acts from.

    :raises NotAllowed: where it acts on none.
    """
    return _role(use_case, RIGHTS[use_case].role)


def role_alone(use_case: UseCase) -> Role:
    """Give the side of an application on its own (単独申請) that a use case acts from.

    :raises NotAllowed: where it acts on none.
    """
    return _role(use_case, RIGHTS[use_case].role_alone)


def check_segment_of_case(case_number: str, *, segment: Segment | None, message_id: str) -> None:
    """Refuse a case number that belongs to another segment than the one that was asked in: there it does not exist.

    :raises Refused: HUB-S001. The message id is not taken by it.
    """
    if segment_of(case_number) is not segment:
        raise Refused(no_such_case(), message_id)


def _retailer(use_case: UseCase, actor: Actor) -> Retailer:
    if isinstance(actor, HubOperator):
        raise NotAllowed(use_case, Denial.RIGHT)
    return actor


def _role(use_case: UseCase, role: Role | None) -> Role:
    if role is None:
        raise NotAllowed(use_case, Denial.RIGHT)
    return role
