"""Whose a connection to PostgreSQL is, as those see it who look after it."""

from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.world import World

ASKING = {"worker", "grid_stub", "soap", "sweeper", "mail"}


def test_postgresql_names_the_part_of_the_stack_that_each_connection_is_of(world: World) -> None:
    def named() -> set[str]:
        return {name for (name,) in rows(world.database, "SELECT application_name FROM pg_stat_activity")}

    world.accepted(world.customer())

    until(lambda: named() >= ASKING, instead=named)
