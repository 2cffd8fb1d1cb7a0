"""Whoever has not come in for a long time is disabled by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from models.users.queries import find_viewer
from rules.access.rights import NotAllowed
from rules.access.standing import Capacity, Standing
from tests.support.cast import ADMINISTRATOR, COLLEAGUE, DECIDER, OPERATOR, register_cast
from tests.support.database_contents import rows
from tests.support.logins import token_of
from usecases.actors import HubOperator, Maintainer
from usecases.hub import Hub
from usecases.unused_users import disable_unused_users

LONG = timedelta(days=90)


@pytest.fixture
def users_hub(parts: Hub) -> Hub:
    with parts.database.transaction() as session:
        register_cast(session)
        session.execute(text("UPDATE users SET registered_at = now() - interval '91 days'"))
    return parts


def is_in(hub: Hub, user_id: str) -> bool:
    with hub.database.transaction() as session:
        return find_viewer(session, user_id=user_id) is not None


def test_who_has_not_come_in_for_long_is_out_and_that_is_on_record(users_hub: Hub) -> None:
    token_of(users_hub.database, DECIDER)

    count = disable_unused_users(LONG, actor=Maintainer(), hub=users_hub)

    assert (is_in(users_hub, COLLEAGUE.user_id), is_in(users_hub, DECIDER.user_id)) == (False, True)
    record = rows(users_hub.database, "SELECT subject, what, user_id FROM data_changes ORDER BY subject")
    assert len(record) == count and (COLLEAGUE.user_id, "無効", None) in record


def test_administrators_and_the_hub_operators_people_stay(users_hub: Hub) -> None:
    disable_unused_users(LONG, actor=Maintainer(), hub=users_hub)

    assert is_in(users_hub, ADMINISTRATOR.user_id) and is_in(users_hub, OPERATOR.user_id)


def test_again_it_finds_nobody(users_hub: Hub) -> None:
    disable_unused_users(LONG, actor=Maintainer(), hub=users_hub)

    assert disable_unused_users(LONG, actor=Maintainer(), hub=users_hub) == 0


def test_who_was_enabled_again_has_as_long_as_before(users_hub: Hub) -> None:
    with users_hub.database.transaction() as session:
        session.execute(text("UPDATE users SET last_used_at = now() - interval '89 days'"))

    assert disable_unused_users(LONG, actor=Maintainer(), hub=users_hub) == 0


def test_it_is_not_everybodys_to_do(users_hub: Hub) -> None:
    desk = HubOperator("OCCTO00002", capacity=Standing(frozenset({Capacity.DESK})))

    with pytest.raises(NotAllowed):
        disable_unused_users(LONG, actor=desk, hub=users_hub)
