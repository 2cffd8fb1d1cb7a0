"""The 案件履歴: append-only, and enough to build the read model anew."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.cases.operations import NoSuchCase
from models.cases.queries import case_history
from models.cases.rebuild import rebuild_case
from models.database import Database, Session
from rules.procedure.events import NewsKind
from rules.procedure.outcomes import HistoryKind, Party
from schemas.codes import ApplicationKind
from tests.support.case_stages import complete_switch, send_both
from tests.support.case_steps import hear, obey_all
from tests.support.cast import SECOND_POINT
from tests.support.decisions import reject
from tests.support.referrals import open_case, withdraw


def test_it_lists_what_happened_in_order_and_who_made_it_happen(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        complete_switch(session, number)
        lines = case_history(session, case_number=number)

    assert [line.step for line in lines] == list(range(1, len(lines) + 1))
    assert [(written.line.kind, written.line.actor) for written in lines] == [
        (HistoryKind.REGISTERED, Party.NEW_RETAILER),
        (HistoryKind.ACCEPTED, Party.CURRENT_RETAILER),
        (HistoryKind.FILED, Party.NEW_RETAILER),
        (HistoryKind.FILED, Party.CURRENT_RETAILER),
        (HistoryKind.RECEIVED, Party.GRID_OPERATOR),
        (HistoryKind.RECEIVED, Party.GRID_OPERATOR),
        (HistoryKind.MATCHED, Party.GRID_OPERATOR),
        (HistoryKind.ONE_SIDE_COMPLETED, Party.GRID_OPERATOR),
        (HistoryKind.COMPLETED, Party.GRID_OPERATOR),
    ]


@pytest.mark.parametrize("change", ["UPDATE case_history SET cause = 'other'", "DELETE FROM case_history"])
def test_a_line_can_be_neither_changed_nor_deleted(database: Database, change: str) -> None:
    number = open_case(database)

    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(change))

    with database.transaction() as session:
        assert len(case_history(session, case_number=number)) == 1


def _rows(session: Session, number: str) -> list[object]:
    values: list[object] = []
    for table in ("cases", "applications"):
        query = text(f"SELECT to_jsonb(row) FROM {table} row WHERE case_number = :number ORDER BY to_jsonb(row)::text")
        values.append(session.scalars(query, {"number": number}).all())
    return values


def _reach(session: Session, number: str, end: str) -> None:
    if end == "completed":
        complete_switch(session, number)
    elif end == "rejected":
        reject(session, number)
        obey_all(session, number)
    elif end == "defective, then withdrawn":
        send_both(session, number)
        hear(session, number, NewsKind.DEFECTIVE, ApplicationKind.START, defects=("no-such-point",))
        hear(session, number, NewsKind.RECEIVED, ApplicationKind.END)
        withdraw(session, number)
        obey_all(session, number)
        hear(session, number, NewsKind.CANCELLED, ApplicationKind.END)


@pytest.mark.parametrize("end", ["just registered", "completed", "rejected", "defective, then withdrawn"])
def test_the_read_model_rebuilt_from_it_is_the_live_one(database: Database, end: str) -> None:
    number = open_case(database)
    other = open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        _reach(session, number, end)
        live, untouched = _rows(session, number), _rows(session, other)
    with database.transaction() as session:
        session.execute(text("UPDATE applications SET state = 'lost', received_at = NULL"))
        session.execute(
            text(
                "UPDATE cases SET phase = 'lost', step = 99, decision_key = NULL, due_at = now() WHERE case_number = :n"
            ),
            {"n": number},
        )
        assert _rows(session, number) != live
        rebuild_case(session, case_number=number)

    with database.transaction() as session:
        assert _rows(session, number) == live
        assert _rows(session, other) == untouched


def test_a_case_without_history_cannot_be_rebuilt(database: Database) -> None:
    with database.transaction() as session, pytest.raises(NoSuchCase):
        rebuild_case(session, case_number="SW03L20260812999999993")
