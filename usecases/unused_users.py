"""Whoever has not come in for a long time is disabled by itself (有効/無効切替), by the calendar.

Not so an administrator, whom nobody of the retailer could enable again, and the hub operator's own people.
"""

from datetime import timedelta

from models.users.changes import People
from models.users.people import unused_since
from rules.access.rights import demand
from rules.access.use_cases import UseCase
from runtime.logs import logger
from usecases.actors import Operator
from usecases.hub import Hub
from usecases.recorders import record_change

_log = logger(__name__)


def disable_unused_users(unused_for: timedelta, *, actor: Operator, hub: Hub) -> int:
    """Disable who has not come in for as long, or since they were registered, and give how many they are."""
    demand(UseCase.DISABLE_UNUSED_USERS, capacity=actor.capacity, segment=None)
    with hub.database.transaction() as session:
        user_ids = unused_since(session, unused_for=unused_for)
        for user_id in user_ids:
            People(session).set_enabled(user_id, enabled=False)
            record_change(session, UseCase.DISABLE_UNUSED_USERS, actor=actor, subject=user_id, what="無効")
    _log.info("unused-users-disabled", count=len(user_ids))
    return len(user_ids)
