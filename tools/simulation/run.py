"""One simulation from an empty folder to its verdict: the stack, the retailers, the year, the report."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.demo.clock import office_hour
from deploy.samples import RETAILERS, load_samples
from deploy.stack.ports import Ports
from deploy.stack.supervisor import Stack
from models.clock import business_now, move_clock
from models.database import Database
from rules.calendar import JapaneseCalendar
from switching_hub_client import Connection
from temporal.connection import connect
from temporal.gateway import TemporalGateway
from tools.simulation.grid import Grid
from tools.simulation.hub_operator import HubOperator
from tools.simulation.judgement import Problem, covered, judge
from tools.simulation.messages import Desks
from tools.simulation.player import Player
from tools.simulation.report import figures, problems_in_words, table
from tools.simulation.scripts import AREAS, draw_scripts
from tools.simulation.weather import draw_weather
from tools.simulation.year import Year

WHOLE_YEAR = 366
_SHORT = 45
_FEW_CASES = 100
_PARTS = ("worker", "grid_stub", "soap", "sweeper", "mail_sink", "mail")
"""All but the screens, which nobody looks at."""
_SETTINGS = {
    "HUB_GRID_STUB_STEP_SECONDS": "3600",
    "HUB_WATCH_EVERY": "2",
    "HUB_SWEEP_EVERY": "1",
    "HUB_SWEEP_AFTER": "2",
    "HUB_ANSWER_WITHIN": "5",
    "HUB_GRID_CONNECT_TIMEOUT": "1",
    "HUB_GRID_READ_TIMEOUT": "3",
    "HUB_CALL_WITHIN": "20",
    "HUB_MAIL_EVERY": "2",
}
"""Real time is short beside business time; deadlines are the field's own."""


@dataclass(frozen=True)
class Verdict:
    """What a simulation came to."""

    problems: list[Problem]
    words: str


def days_for(cases: int) -> int:
    """Say how long the business time is: a year, or where cases are few some weeks."""
    return WHOLE_YEAR if cases >= _FEW_CASES else _SHORT


def simulate(folder: Path, *, seed: int, cases: int, say: Callable[[str], None]) -> Verdict:
    """Play and judge a simulation on a stack of its own, in an empty folder.

    :param say: hears how far it is, a line at a time.
    :raises UnableToStart: when the stack does not start.
    """
    began, days = time.monotonic(), days_for(cases)
    spells = draw_weather(seed=seed, days=days, areas=AREAS)
    with Stack(folder, ports=Ports.free(), settings=_SETTINGS, hub=_PARTS, durable=False) as stack:
        database = Database(stack.owner_address, pool_size=24)  # the grid stub's tables are looked at as well
        load_samples(database, stack.certificates)
        gateway = TemporalGateway(connecting=partial(connect, lazy=True, environment=stack.environment))
        desks = Desks({code: _connection(stack, code) for code in RETAILERS})
        scripts = draw_scripts(seed=seed, cases=cases, days=days)
        with database.transaction() as session:
            now = business_now(session)
            start = office_hour(now, JapaneseCalendar())
            if start > now:
                move_clock(session, by=start - now)
        grid = Grid(stack, spells, start)
        operator = HubOperator(database, gateway, desks, stack.environment)
        year = Year(
            database=database,
            gateway=gateway,
            grid=grid,
            players=[Player(script, desks, grid, operator) for script in scripts],
            seed=seed,
            days=days,
            say=say,
        )
        try:
            year.pass_by()
            say("  すべて復旧し、終わりを待ちました。確かめています。")
            desks.repeat_late()
            histories = year.records.histories()
            coverage = covered(year, histories)
            problems = judge(year, stack=stack, desks=desks, histories=histories, coverage=coverage)
            seconds = time.monotonic() - began
            words = [
                table(coverage),
                figures(year, spells, desks.figures, seconds=seconds, grid_repeats=year.grid.repeats()),
                problems_in_words(year, problems, seed=seed),
            ]
        finally:
            gateway.close()
            database.dispose()
    return Verdict(problems, "\n".join(filter(None, words)))


def _connection(stack: Stack, code: str) -> Connection:
    certificates = stack.certificates
    return Connection(stack.environment["HUB_SOAP_PUBLIC_URL"], certificates.retailer(code), certificates.authority)
