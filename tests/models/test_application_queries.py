"""The applications by the hub's own record: status fallback, lists, and what the watch needs."""

from datetime import timedelta
from typing import Any

import pytest

from models.cases.operations import note_grid_findings
from models.cases.queries import (
    application_of,
    application_statuses,
    applications_by_number,
    areas_in_flight,
    grid_findings_of,
)
from models.clock import business_now
from models.database import Database, Session
from rules.procedure.events import NewsKind
from schemas.codes import SWITCHING_APPLICATIONS, ApplicationKind, ApplicationState, Area, Segment
from schemas.interfaces.common import GridFinding
from tests.support.case_stages import complete_switch, send_both
from tests.support.case_steps import as_case, hear, obey_all
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT
from tests.support.referrals import open_case, withdraw

FINDING = GridFinding(field="holderName", rule="holder-unlike", message="名義が一致しません。")


def _file_both(session: Session, case_number: str) -> tuple[str, str]:
    state = as_case(send_both(session, case_number).state)
    assert state.start.number is not None and state.end.number is not None
    return state.start.number, state.end.number


def test_an_application_is_on_record_as_soon_as_it_is_filed(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)
        record = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)

    assert record is not None
    assert (record.case_number, record.area, record.segment) == (case_number, Area.TOKYO, Segment.LOW_VOLTAGE)
    assert record.status.application_state is ApplicationState.SENDING
    assert record.status.received_at is None and record.as_of == record.status.changed_at


def test_it_tells_when_the_grid_operator_received_matched_and_completed_it(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        state = as_case(complete_switch(session, case_number).state)
        assert state.end.number is not None
        record = application_of(
            session, application_number=state.end.number, retailer=CURRENT, kind=ApplicationKind.END
        )

    assert record is not None
    status = record.status
    assert status.application_state is ApplicationState.COMPLETED
    assert status.matched_at == state.matched_at
    assert status.received_at is not None and status.completed_at is not None
    assert status.received_at < status.completed_at == status.changed_at


def test_the_grid_operators_own_times_go_before_the_time_they_were_heard(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)
        received = business_now(session) - timedelta(minutes=5)
        hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.START, occurred_at=received)
        record = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)

    assert record is not None and record.status.received_at == received


def test_what_concerns_the_other_application_alone_leaves_it_as_it_was(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)
        before = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)
        hear(session, case_number, NewsKind.RECEIVED, ApplicationKind.END)
        after = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)

    assert after == before


@pytest.mark.parametrize(
    ("retailer", "kind"),
    [(CURRENT, ApplicationKind.START), (OTHER, ApplicationKind.START), (NEW, ApplicationKind.END)],
)
def test_a_foreign_application_does_not_exist(database: Database, retailer: str, kind: ApplicationKind) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)

        assert application_of(session, application_number=start, retailer=retailer, kind=kind) is None


def test_a_defective_application_carries_the_last_findings(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)
        earlier = GridFinding(field=None, rule="other", message="別の不備。")
        note_grid_findings(session, application_number=start, cause="call-1", findings=[earlier])
        note_grid_findings(session, application_number=start, cause="call-2", findings=[FINDING], revision=1)
        sending = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)
        hear(session, case_number, NewsKind.DEFECTIVE, ApplicationKind.START, defects=(FINDING.rule,))
        defective = application_of(session, application_number=start, retailer=NEW, kind=ApplicationKind.START)

    assert sending is not None and sending.status.findings == ()
    assert defective is not None and defective.status.findings == (FINDING,)


def test_the_same_findings_from_the_same_cause_are_kept_once(database: Database) -> None:
    with database.transaction() as session:
        for finding in (FINDING, GridFinding(field=None, rule="late", message="後の言葉。")):
            note_grid_findings(session, application_number="AP", cause="call-1", findings=[finding])

        assert grid_findings_of(session, application_number="AP") == (FINDING,)
        assert grid_findings_of(session, application_number="other") == ()


def test_a_retailer_lists_its_own_applications_of_an_area(database: Database) -> None:
    tokyo = open_case(database)
    osaka = open_case(database, point_number="0610000000000000000001")
    with database.transaction() as session:
        start, end = _file_both(session, tokyo)
        elsewhere, _ = _file_both(session, osaka)

        def listed(retailer: str, area: Area) -> list[str]:
            statuses, *_ = application_statuses(session, retailer=retailer, area=area)
            return [status.application_number for status in statuses]

        assert listed(NEW, Area.TOKYO) == [start]
        assert listed(NEW, Area.KANSAI) == [elsewhere]
        assert listed(CURRENT, Area.TOKYO) == [end]
        assert listed(OTHER, Area.TOKYO) == []


def test_only_what_changed_since_a_time(database: Database) -> None:
    first, second = open_case(database), open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        start, _ = _file_both(session, first)
        _file_both(session, second)
        since = business_now(session)
        hear(session, first, NewsKind.RECEIVED, ApplicationKind.START)
        statuses, *_ = application_statuses(session, retailer=NEW, area=Area.TOKYO, changed_since=since)

    assert [status.application_number for status in statuses] == [start]


def test_pages_go_on_where_the_last_one_ended(database: Database) -> None:
    filed = []
    for number in range(5):
        case_number = open_case(database, point_number=f"03{number:020d}")
        with database.transaction() as session:
            filed.append(_file_both(session, case_number)[0])

    numbers, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        with database.transaction() as session:
            page, cursor, _ = application_statuses(session, retailer=NEW, area=Area.TOKYO, cursor=cursor, limit=2)
        numbers += [status.application_number for status in page]
        pages += 1

    assert (numbers, pages) == (filed, 3)


def test_an_area_is_in_flight_while_its_grid_operator_may_have_news(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        assert areas_in_flight(session) == []
        _file_both(session, case_number)
        assert areas_in_flight(session) == [(Area.TOKYO, Segment.LOW_VOLTAGE)]


def test_a_defective_application_is_in_flight_until_its_case_ends(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        _file_both(session, case_number)
        for kind in SWITCHING_APPLICATIONS:
            hear(session, case_number, NewsKind.DEFECTIVE, kind, defects=("x",))
        assert areas_in_flight(session) == [(Area.TOKYO, Segment.LOW_VOLTAGE)]
        withdraw(session, case_number)
        assert as_case(obey_all(session, case_number).state).ended

        assert areas_in_flight(session) == []


def test_an_ended_case_is_not_in_flight(database: Database) -> None:
    completed, withdrawn = open_case(database), open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        complete_switch(session, completed)
        _file_both(session, withdrawn)
        for kind in SWITCHING_APPLICATIONS:
            hear(session, withdrawn, NewsKind.RECEIVED, kind)
        withdraw(session, withdrawn)
        obey_all(session, withdrawn)
        assert areas_in_flight(session) == [(Area.TOKYO, Segment.LOW_VOLTAGE)]
        for kind in SWITCHING_APPLICATIONS:
            hear(session, withdrawn, NewsKind.CANCELLED, kind)

        assert areas_in_flight(session) == []


def test_applications_are_found_by_their_numbers_and_unknown_ones_are_absent(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, end = _file_both(session, case_number)
        places = applications_by_number(session, numbers=[start, end, "unknown"])

    assert set(places) == {start, end}
    place = places[end]
    assert (place.case_number, place.kind, place.state) == (case_number, ApplicationKind.END, ApplicationState.SENDING)


def test_only_a_kind_a_state_and_what_changed_before_a_time(database: Database) -> None:
    case_number = open_case(database)
    with database.transaction() as session:
        start, _ = _file_both(session, case_number)
        now = business_now(session)

        def numbers(**filters: Any) -> list[str]:
            statuses, *_ = application_statuses(session, retailer=NEW, area=Area.TOKYO, **filters)
            return [status.application_number for status in statuses]

        assert numbers(kind=ApplicationKind.START, state=ApplicationState.SENDING) == [start]
        assert numbers(kind=ApplicationKind.END) == numbers(state=ApplicationState.COMPLETED) == []
        assert numbers(changed_before=now + timedelta(seconds=1)) == [start]
        assert numbers(changed_before=now - timedelta(hours=1)) == []
