"""The list of cases goes along an index, however many cases there are: by PostgreSQL's own plans."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, event, text

from models.cases.queries import case_overview
from models.cases.screens import (
    CaseFilter,
    CaseSort,
    Hands,
    InboxFilter,
    Scope,
    beside_in_inbox,
    count_duties,
    count_waiting,
    find_cases,
    inbox,
    neighbours,
)
from models.connections import engine_to
from models.database import Database, Session
from models.paging import Turn
from rules.calendar import JST
from rules.procedure.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from rules.switching.visibility import Side
from schemas.codes import Area, CasePhase, Segment
from tests.support.cast import CURRENT, NEW
from tests.support.referrals import open_case

_MANY = 20_000
_CHANGED = {
    "case_number": "'SW03L' || to_char(g, 'FM00000000000000000')",
    "point_number": "'03' || to_char(g, 'FM00000000000000000000')",
    "new_retailer": f"CASE WHEN g % 10 = 0 THEN '{NEW}' ELSE to_char(2000 + g % 600, 'FM0000') END",
    "current_retailer": f"CASE WHEN g % 10 = 3 THEN '{NEW}' ELSE to_char(3000 + g % 600, 'FM0000') END",
    "registered_at": "registered_at - g * interval '1 minute'",
    "ended_at": "CASE WHEN g > 1000 THEN registered_at - g * interval '1 minute' END",
    "phase": "CASE WHEN g > 1000 THEN 'completed' WHEN g % 100 = 0 THEN 'cancelling' ELSE 'matched' END",
    "new_duty": "CASE WHEN g <= 1000 AND g % 50 = 0 THEN 'file' END",
    "current_duty": "CASE WHEN g <= 1000 AND g % 50 = 3 THEN 'correct' END",
    "operator_duty": "CASE WHEN g <= 1000 AND g % 100 = 5 THEN 'release' END",
    "effective_date": "CASE WHEN g % 200 = 1 THEN current_date - 1 ELSE current_date + 200 END",
}
"""How the many differ from the one case that they are copies of."""


@pytest.fixture
def many(database: Database, database_url: str) -> Iterator[Database]:
    """Fill a database with many cases, of which few are open."""
    open_case(database)
    with database.transaction() as session:
        names = session.scalars(
            text(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'cases' ORDER BY ordinal_position"
            )
        ).all()
        values = ", ".join(_CHANGED.get(name, name) for name in names)
        session.execute(text(f"INSERT INTO cases SELECT {values} FROM cases, generate_series(1, {_MANY}) g"))
    _vacuum(database_url)  # as the server does by itself: which pages all may see is known only then
    yield database
    with database.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text("DELETE FROM cases WHERE point_number LIKE '030000%'"))
        session.execute(text("ANALYZE cases"))


def _vacuum(url: str) -> None:
    with engine_to(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text("VACUUM ANALYZE cases"))


def plan(database: Database, read: Callable[[Session], object]) -> str:
    """Give the plans of all that a read asks of the cases."""
    statements: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if "FROM cases" in statement:
            statements.append((statement, parameters))

    with database.transaction() as session:
        event.listen(Engine, "before_cursor_execute", note)
        try:
            read(session)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        assert statements
        return "\n".join(
            row[0]
            for statement, parameters in statements
            for row in session.connection().exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)
        )


def _cases(code: str | None, turn: Turn, case_filter: CaseFilter) -> Callable[[Session], object]:
    return lambda session: find_cases(session, scope=Scope(code), case_filter=case_filter, turn=turn)


_FIRST, _ALL = Turn(), CaseFilter()
_TOMORROW = datetime.now(JST) + timedelta(days=1)
_PLACE_BY_ARRIVAL = f"{round(time.time())}000000.{round(time.time())}000000.SW03L"
_PLACE = f"{round(time.time() - 7 * 24 * 3600)}000000.SW03L"  # half of the cases are older
_BY_NEW, _BY_CURRENT, _BY_TIME = (
    "ix_cases_new_retailer_registered_at_case_number",
    "ix_cases_current_retailer_registered_at_case_number",
    "ix_cases_registered_at_case_number",
)
_NEW_DUTY, _CURRENT_DUTY = "ix_cases_new_(duty|waiting)", "ix_cases_current_(duty|waiting)"
_OPERATOR_DUTIES = {"ix_cases_operator_duty", "ix_cases_matched"}


def _duties(code: str | None) -> Callable[[Session], object]:
    return lambda session: count_duties(session, scope=Scope(code), case_filter=CaseFilter())


def _inbox(turn: Turn = _FIRST, **conditions: Any) -> Callable[[Session], object]:
    return lambda session: inbox(session, retailer_code=CURRENT, inbox_filter=InboxFilter(**conditions), turn=turn)


def _moving(code: str | None, turn: Turn) -> Callable[[Session], object]:
    return lambda session: find_cases(
        session, scope=Scope(code), case_filter=CaseFilter(), sort=CaseSort.EFFECTIVE, turn=turn
    )


_MOVING = {"ix_cases_new_moving", "ix_cases_current_moving"}
_READS: dict[str, tuple[Callable[[Session], object], set[str]]] = {
    "of a retailer": (_cases(NEW, _FIRST, _ALL), {_BY_NEW, _BY_CURRENT}),
    "of a retailer, on one side": (_cases(NEW, _FIRST, CaseFilter(side=Side.NEW)), {_BY_NEW}),
    "of a retailer, further on": (_cases(NEW, Turn(after=_PLACE), _ALL), {_BY_NEW, _BY_CURRENT}),
    "of the hub operator": (_cases(None, _FIRST, _ALL), {_BY_TIME}),
    "of the hub operator, further back": (_cases(None, Turn(before=_PLACE), _ALL), {_BY_TIME}),
    "of the hub operator, in an open state": (
        _cases(None, _FIRST, CaseFilter(phase=CasePhase.CANCELLING)),
        {"ix_cases_open"},
    ),
    "of the hub operator, at a point": (
        _cases(None, _FIRST, CaseFilter(number="0300000000000000000015")),
        {"ix_cases_point_number_registered_at_case_number"},
    ),
    "of an application": (_cases(NEW, _FIRST, CaseFilter(number="AP03L20260101999999990")), {"pk_cases"}),
    "that a retailer has to do something about": (
        _cases(NEW, _FIRST, CaseFilter(duties=RETAILERS_DUTIES)),
        {_NEW_DUTY, _CURRENT_DUTY},
    ),
    "that a retailer has to correct": (
        _cases(NEW, _FIRST, CaseFilter(duties=(Duty.CORRECT,))),
        {_NEW_DUTY, _CURRENT_DUTY},
    ),
    "that a retailer has to do something about, counted": (_duties(NEW), {_NEW_DUTY, _CURRENT_DUTY}),
    "that the operator has to do something about": (
        _cases(None, _FIRST, CaseFilter(duties=OPERATORS_DUTIES)),
        _OPERATOR_DUTIES,
    ),
    "that the operator has to do something about, counted": (_duties(None), _OPERATOR_DUTIES),
    "that await a decision": (_inbox(), {"ix_cases_inbox"}),
    "that await a decision, further on": (_inbox(turn=Turn(after=_PLACE_BY_ARRIVAL)), {"ix_cases_inbox"}),
    "that await a decision, further back": (_inbox(turn=Turn(before=_PLACE_BY_ARRIVAL)), {"ix_cases_inbox"}),
    "that await a decision, of a segment": (_inbox(segment=Segment.LOW_VOLTAGE), {"ix_cases_inbox"}),
    "that await a decision, of an area": (_inbox(area=Area.TOKYO), {"ix_cases_inbox"}),
    "that await a decision, by a day": (_inbox(due_by=_TOMORROW), {"ix_cases_inbox"}),
    "that await a decision, after a day": (_inbox(due_after=_TOMORROW), {"ix_cases_inbox"}),
    "that await a decision, in one's own hands": (_inbox(hands=Hands.MINE, viewer_id="x"), {"ix_cases_inbox"}),
    "that await a decision, in nobody's hands": (_inbox(hands=Hands.NOBODYS), {"ix_cases_inbox"}),
    "that await a decision, with deadlines that stand still": (_inbox(stands_still=True), {"ix_cases_inbox"}),
    "that came in and were completed": (_inbox(phase=CasePhase.COMPLETED), {"ix_cases_inbox"}),
    "beside one in the inbox": (
        lambda session: beside_in_inbox(
            session, retailer_code=CURRENT, inbox_filter=InboxFilter(), case_number="SW03L00000000000000015"
        ),
        {"ix_cases_inbox"},
    ),
    "of a retailer, by the day on which supply passes": (_moving(NEW, _FIRST), _MOVING),
    "of a retailer, by that day, further on": (_moving(NEW, Turn(after=_PLACE)), _MOVING),
    "of a retailer, by that day, further back": (_moving(NEW, Turn(before=_PLACE)), _MOVING),
    "of the hub operator, by that day": (_moving(None, _FIRST), {"ix_cases_moving"}),
    "of the hub operator, by that day, further on": (_moving(None, Turn(after=_PLACE)), {"ix_cases_moving"}),
    "beside one in the list by that day": (
        lambda session: neighbours(
            session,
            CaseFilter().parts(Scope(NEW), now=_TOMORROW),
            order=CaseSort.EFFECTIVE.order(None),
            case_number="SW03L00000000000000015",
        ),
        _MOVING,
    ),
    "beside one in the list": (
        lambda session: neighbours(
            session,
            CaseFilter().parts(Scope(NEW), now=_TOMORROW),
            order=CaseSort.REGISTERED.order(None),
            case_number="SW03L00000000000000015",
        ),
        {_BY_NEW, _BY_CURRENT},
    ),
}


def test_every_page_is_read_along_an_index(many: Database) -> None:
    for name, (read, indexes) in _READS.items():
        plans = plan(many, read)

        assert "Seq Scan on cases" not in plans, name
        assert all(re.search(f" {index}\\b", plans) for index in indexes), f"{name}\n{plans}"


def test_what_waits_for_a_retailer_is_counted_from_indexes_alone(many: Database) -> None:
    plans = plan(many, lambda session: count_waiting(session, retailer_code=NEW))

    for index in ("new_waiting", "current_waiting", "new_open", "new_ended", "current_ended"):
        assert f"Index Only Scan using ix_cases_{index}" in plans, plans
    assert "Heap Scan" not in plans and "Index Scan" not in plans and "Seq Scan" not in plans, plans


def test_the_counts_of_the_front_page_touch_no_case_that_ended_before_today(many: Database) -> None:
    plans = plan(many, case_overview)

    assert "Seq Scan on cases" not in plans
    assert "ix_cases_ended" in plans
