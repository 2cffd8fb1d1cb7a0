"""However many cases there are, a page of the list reads few of them: by what PostgreSQL itself says it read."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, event, text

from models.cases import case_list
from models.cases.screens import (
    CaseFilter,
    CaseSort,
    Scope,
    Standing,
    Switching,
    count_cases,
    count_duties,
    find_cases,
    horizon,
    looked_through,
)
from models.clock import business_now
from models.connections import engine_to
from models.database import Database, Session
from rules.calendar import day_of
from rules.procedure.duties import OPERATORS_DUTIES, RETAILERS_DUTIES, Duty
from rules.remaining import TimeLeft
from rules.switching.visibility import Side
from schemas.codes import ENDED_PHASES, ApplicationKind, Area, CasePhase, Decision, Segment
from tests.support.cast import NEW
from tests.support.referrals import open_case
from tools.many_cases.copies import multiply

_MANY = 20_000
_OPEN = _MANY // 20
_LOOKED_THROUGH = 500
_FEW = 2 * _LOOKED_THROUGH + _OPEN + 300
"""Rows: those looked through on two sides, those that are open, and a page of each part, looked up."""


@pytest.fixture
def many(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(case_list, "LOOKED_THROUGH", _LOOKED_THROUGH)
    open_case(database)
    with database.plain_transaction() as cursor:
        multiply(cursor, count=_MANY)
    with engine_to(database_url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        connection.execute(text("VACUUM ANALYZE cases"))
    yield database
    with database.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text("DELETE FROM cases"))
        session.execute(text("ANALYZE cases"))


def rows_read(database: Database, read: Callable[[Session], object]) -> dict[str, int]:
    """Count the rows of cases that each statement of a read touches, whether it gives them or not."""
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
        return {
            statement: _touched(
                session.connection()
                .exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
                .scalar_one()[0]["Plan"]
            )
            for statement, parameters in statements
        }


def _touched(plan: dict[str, Any]) -> int:
    below: int = sum(_touched(part) for part in plan.get("Plans", []))
    if plan.get("Relation Name") != "cases":
        return below
    assert plan["Node Type"] != "Seq Scan", plan
    gone = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    here: int = round((plan["Actual Rows"] + gone) * plan["Actual Loops"])
    return below + here


def _filters(day: Any) -> dict[str, CaseFilter]:
    return {
        "all": CaseFilter(),
        "open": CaseFilter(standing=Standing.OPEN),
        "ended": CaseFilter(standing=Standing.ENDED),
        **{f"phase {phase.value}": CaseFilter(phase=phase) for phase in CasePhase},
        "kind": CaseFilter(kind=ApplicationKind.AMPERE_CHANGE),
        "a kind that nobody has": CaseFilter(kind=ApplicationKind.END_OF_SUPPLY),
        "switching": CaseFilter(kind=Switching.CASE),
        "segment": CaseFilter(segment=Segment.HIGH_VOLTAGE),
        "area": CaseFilter(area=Area.OKINAWA),
        "result": CaseFilter(decision=Decision.REJECT),
        "side": CaseFilter(side=Side.CURRENT),
        "registered": CaseFilter(registered_from=day - timedelta(days=400), registered_to=day - timedelta(days=300)),
        "ended on a day": CaseFilter(ended_from=day - timedelta(days=1), ended_to=day),
        **{f"due {left.value}": CaseFilter(time_left=left) for left in TimeLeft},
        "duty": CaseFilter(duties=(Duty.CORRECT,)),
        "any duty": CaseFilter(duties=(*RETAILERS_DUTIES, *OPERATORS_DUTIES)),
        "number": CaseFilter(number="0300000000000000000222"),
        "much at once": CaseFilter(
            phase=CasePhase.REJECTED, segment=Segment.LOW_VOLTAGE_FIT, area=Area.OKINAWA, side=Side.NEW
        ),
        "much at once, and open": CaseFilter(
            standing=Standing.OPEN, segment=Segment.LOW_VOLTAGE_FIT, area=Area.OKINAWA, decision=Decision.REJECT
        ),
    }


def test_no_filter_is_left_out() -> None:
    """``since`` is none that anybody chooses: it follows from the others."""
    usual, tried = CaseFilter(), _filters(date(2026, 8, 12)).values()

    for each in fields(CaseFilter):
        assert each.name == "since" or any(getattr(one, each.name) != getattr(usual, each.name) for one in tried), (
            each.name
        )


@pytest.mark.parametrize("code", [NEW, None], ids=["retailer", "operator"])
def test_each_filter_in_each_order_reads_few_rows(code: str | None, many: Database) -> None:
    with many.transaction() as session:
        filters = _filters(day_of(business_now(session)))

    for (name, case_filter), sort in product(filters.items(), CaseSort):
        if sort is CaseSort.DUE and (
            case_filter.phase in ENDED_PHASES or case_filter.standing is Standing.ENDED or case_filter.ended_from
        ):
            continue  # such have no deadline: the screen does not sort them by it

        def read(session: Session, case_filter: CaseFilter = case_filter, sort: CaseSort = sort) -> None:
            scope = Scope(code)
            find_cases(session, scope=scope, case_filter=within(session, scope, case_filter, sort), sort=sort)

        for statement, count in rows_read(many, read).items():
            assert count <= _FEW, f"{name}, by {sort.value}: {count}\n{statement}"


@pytest.mark.parametrize("code", [NEW, None], ids=["retailer", "operator"])
def test_each_count_reads_few_rows(code: str | None, many: Database) -> None:
    with many.transaction() as session:
        filters = _filters(day_of(business_now(session)))

    for name, case_filter in filters.items():

        def read(session: Session, case_filter: CaseFilter = case_filter) -> None:
            count_cases(session, scope=Scope(code), case_filter=case_filter)
            count_duties(session, scope=Scope(code), case_filter=case_filter)

        for statement, count in rows_read(many, read).items():
            assert count <= _FEW, f"{name}: {count}\n{statement}"


def within(session: Session, scope: Scope, case_filter: CaseFilter, sort: CaseSort) -> CaseFilter:
    """Look through as many as the screen does."""
    since = horizon(session, scope=scope, case_filter=case_filter)
    return looked_through(case_filter, sort=sort, since=since)
