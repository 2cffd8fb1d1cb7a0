"""What has to hold once everything runs again, whatever happened before."""

import time

from models.cases.rebuild import rebuild_case
from models.database import Database
from tests.faults.figures import Figures
from tests.faults.mail_invariants import no_mail_is_lost_and_none_has_two_names
from tests.faults.traffic import Traffic
from tests.support.database_contents import rows
from tests.support.polling import until
from tests.support.world import World

_READ_MODEL = ("cases", "applications")


def everything_holds(world: World, traffic: Traffic, *, within: float = 90.0) -> Figures:
    """Wait until all cases have ended, and then look at all that could have been lost or doubled.

    It gives the figures up to that end.
    """
    figures = traffic.figures
    all_cases_end_as_they_should(world, traffic, within=within)
    nothing_is_twice_or_left_at_the_grid(world)
    every_message_is_stored_once_and_answered(world, traffic)
    every_case_is_counted_once(world.database)
    the_read_model_is_what_its_history_rebuilds(world.database, [case.case_number for case in traffic.played])
    every_message_is_answered_the_same_again(traffic)
    no_mail_is_lost_and_none_has_two_names(world, [case.case_number for case in traffic.played])
    return figures


def all_cases_end_as_they_should(world: World, traffic: Traffic, *, within: float) -> None:
    must = {case.case_number: case.must_end.value for case in traffic.played}
    assert len(must) == len(traffic.played) > 0

    def different() -> list[tuple[str, str, list[str]]]:
        phases = rows(world.database, "SELECT case_number, phase FROM cases WHERE case_number = ANY(:n)", n=list(must))
        return [(number, phase, world.history(number)) for number, phase in phases if phase != must[number]]

    until(lambda: not different(), within=within, instead=different)
    traffic.figures.drained_at = time.monotonic()
    assert rows(world.database, "SELECT count(*) FROM cases WHERE ended_at IS NULL") == [(0,)]


def nothing_is_twice_or_left_at_the_grid(world: World) -> None:
    """Ask the stub; an application completes there by itself, so what stands later is an orphan."""
    until(
        lambda: all(area["standing"] == 0 for area in world.control("GET", "counters").values()),
        instead=lambda: world.control("GET", "counters"),
    )
    assert world.duplicates_at_grid() == 0


def every_message_is_stored_once_and_answered(world: World, traffic: Traffic) -> None:
    assert rows(world.database, "SELECT count(*) FROM messages WHERE answered_at IS NULL") == [(0,)]
    message_rows = rows(
        world.database,
        "SELECT count(*) FROM messages WHERE case_number = ANY(:n)",
        n=[case.case_number for case in traffic.played],
    )
    assert message_rows == [(len(traffic.sent),)]
    gaps = "SELECT case_number FROM case_history GROUP BY case_number HAVING count(*) <> max(step)"
    assert rows(world.database, gaps) == []


def every_case_is_counted_once(database: Database) -> None:
    """Compare what steps noted and the sweeper summed with the cases; nothing is counted anew here."""
    counted = (
        "SELECT key, cases FROM case_volumes WHERE owner = '' AND figure = 'result'"
        " UNION ALL SELECT phase, cases FROM case_volume_changes UNION ALL SELECT phase, -1 FROM cases"
    )
    differing = f"SELECT key, sum(cases) FROM ({counted}) AS counted GROUP BY key HAVING sum(cases) <> 0"
    assert rows(database, differing) == []


def the_read_model_is_what_its_history_rebuilds(database: Database, case_numbers: list[str]) -> None:
    """Build the read model of cases anew and compare."""
    before = _read_model(database)
    with database.transaction() as session:
        for case_number in case_numbers:
            rebuild_case(session, case_number=case_number)
    assert _read_model(database) == before


def every_message_is_answered_the_same_again(traffic: Traffic) -> None:
    """Send every message once more."""
    traffic.figures = Figures()  # of these nobody wants to read
    for message in traffic.sent:
        assert str(traffic.settle(message.about, message.send)) == message.answer, message.about


def _read_model(database: Database) -> dict[str, list[str]]:
    return {
        table: sorted(str(row) for (row,) in rows(database, f"SELECT to_jsonb(t)::text FROM {table} AS t"))
        for table in _READ_MODEL
    }
