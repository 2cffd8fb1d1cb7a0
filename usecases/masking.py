"""Masking customers of cases that ended long ago."""

from datetime import timedelta
from functools import partial

from models.clock import business_now
from models.masking import mask_portion
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.hub import Systems


def mask_ended(*, kept_for: timedelta, actor: Operator, hub: Systems) -> int:
    """Mask the messages of all cases that ended so long ago, and tell how many they were.

    Each portion is a transaction of its own. Begun again after a break, it goes on with what is left.
    """
    demand(UseCase.MASK, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        ended_before = business_now(session) - kept_for
    masked = 0
    while portion := hub.database.run(partial(mask_portion, ended_before=ended_before)):
        masked += portion
    return masked
