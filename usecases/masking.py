"""Masking customers of cases that ended long ago."""

from datetime import timedelta

from models.clock import business_now
from models.database import Session
from models.masking import mask_portion
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from usecases.actors import Operator
from usecases.hub import Systems
from usecases.recorders import record_change


def mask_ended(*, kept_for: timedelta, actor: Operator, hub: Systems) -> int:
    """Mask the messages of all cases that ended so long ago, and tell how many they were.

    Each portion is a transaction of its own. Begun again after a break, it goes on with what is left.
    """
    demand(UseCase.MASK, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        ended_before = business_now(session) - kept_for

    def mask(session: Session) -> int:
        count = mask_portion(session, ended_before=ended_before)
        if count:
            record_change(session, UseCase.MASK, actor=actor, subject="", what=f"電文 {count} 件")
        return count

    masked = 0
    while portion := hub.database.run(mask):
        masked += portion
    return masked
