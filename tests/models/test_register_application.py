"""Registering an application on its own: decided and stored at once, one for each side of a point."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.cases.applications import application_statuses
from models.cases.commands import store_command
from models.cases.operations import record_step
from models.cases.queries import application_of, case_history, incoming_referrals, referral_results
from models.cases.rebuild import rebuild_case
from models.database import Database
from models.handovers import not_handed_over
from models.messages.queries import unanswered
from rules.access.roles import Role
from rules.procedure.commands import CancelApplication, Withdraw
from rules.procedure.events import GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, ApplicationState, Area, CasePhase
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.anonymous_reader import RECORDER
from tests.support.application_requests import end_request, start_request
from tests.support.case_steps import step_for
from tests.support.cast import CURRENT, NEW, OTHER, POINT, SECOND_POINT
from tests.support.concurrency import at_once
from tests.support.database_contents import rows
from tests.support.lone_applications import answered, apply, cancel, correct, lone_state, open_end, open_start
from tests.support.messages import identified
from tests.support.moments import soon
from tests.support.referrals import open_case


def refused(database: Database, *, retailer: str, start: bool) -> str:
    """Give what the refusal of an application on the point says."""
    make = start_request if start else end_request
    with database.transaction() as session:
        result = apply(session, make(effective_date=soon(session)), retailer=retailer)
    assert result.refusal is not None and result.refusal.code is RefusalCode.POINT_BUSY
    return result.refusal.findings[0].message


def hear(database: Database, number: str, *kinds: NewsKind) -> None:
    for kind in kinds:
        with database.transaction() as session:
            state = lone_state(session, number)
            news = GridNews(kind, state.kind, number, f"watch-{kind.value}", state.registered_at + timedelta(hours=1))
            record_step(session, step=step_for(session, number, news))


def test_it_is_answered_finally_with_its_number(database: Database) -> None:
    with database.transaction() as session:
        answer = answered(apply(session, start_request(effective_date=soon(session)), retailer=NEW))

        state = lone_state(session, answer.case_number)
        record = application_of(
            session, application_number=answer.case_number, retailer=NEW, kind=ApplicationKind.START
        )
        history = case_history(session, case_number=answer.case_number)

    assert answer.case_number == answer.application_number and answer.case_number.startswith("AP03L")
    assert answer.application_state is ApplicationState.SENDING
    assert (answer.phase, answer.cut_off) == (CasePhase.AWAITING_APPLICATIONS, state.cut_off)
    assert (answer.wished_date, answer.decision_due) == (None, None)
    assert record is not None and record.status.application_state is ApplicationState.SENDING
    assert [written_line.line.kind for written_line in history] == [HistoryKind.FILED]


def test_the_same_message_gets_the_same_answer(database: Database) -> None:
    with database.transaction() as session:
        request = start_request(effective_date=soon(session))
        first = apply(session, request, retailer=NEW)
        again = apply(session, request, retailer=NEW)

    assert (again.repeated, again.key, again.answer) == (True, first.key, first.answer)


def test_its_workflow_is_to_be_started(database: Database) -> None:
    number = open_start(database)

    with database.transaction() as session:
        (now,) = session.execute(text("SELECT clock_timestamp()")).one()
        assert not_handed_over(session, stored_before=now, limit=10) == [number]


def test_a_start_and_another_retailers_end_stand_on_one_point_and_no_third_does(database: Database) -> None:
    open_start(database)
    open_end(database)

    for retailer, start in ((OTHER, True), (OTHER, False)):
        assert refused(database, retailer=retailer, start=start) == "この地点では別の手続きが進行中です。"


def test_ones_own_procedure_is_named(database: Database) -> None:
    case_number = open_case(database)

    message = refused(database, retailer=NEW, start=True)

    assert case_number in message and "スイッチング案件" in message


def test_a_referral_finds_an_application_in_its_way(database: Database) -> None:
    open_end(database)

    with pytest.raises(AssertionError):
        open_case(database)


def test_of_two_at_once_one_is_refused(database: Database) -> None:
    def attempt(retailer: str) -> bool:
        with database.transaction() as session:
            return apply(session, start_request(effective_date=soon(session)), retailer=retailer).refusal is None

    assert sorted(at_once(lambda: attempt(NEW), lambda: attempt(OTHER))) == [False, True]


def test_an_ended_one_makes_room(database: Database) -> None:
    first = open_start(database)
    hear(database, first, NewsKind.UNMATCHED)

    assert open_start(database, retailer=OTHER) != first


@pytest.mark.parametrize(("kind", "other"), [("start", "end"), ("end", "start")])
def test_the_database_itself_lets_none_take_hold_of_a_side_twice(database: Database, kind: str, other: str) -> None:
    open_start(database, point_number="0310000000000000000077")
    copied = "SELECT * FROM cases LIMIT 1"
    with database.transaction() as session:
        session.execute(text(f"CREATE TEMP TABLE one ON COMMIT DROP AS {copied}"))
        session.execute(text("UPDATE one SET point_number = '0310000000000000000078'"))
        for number, what in ((1, kind), (2, other), (3, "usage_inquiry"), (4, "usage_inquiry")):
            session.execute(
                text("UPDATE one SET case_number = :n, application_kind = :k"), {"n": f"X{number}", "k": what}
            )
            session.execute(text("INSERT INTO cases SELECT * FROM one"))
        session.execute(text("UPDATE one SET case_number = 'X5', application_kind = NULL"))
        with pytest.raises(IntegrityError):
            session.execute(text("INSERT INTO cases SELECT * FROM one"))
        session.rollback()


def test_it_is_no_referral_to_anybody(database: Database) -> None:
    started, ended = open_start(database), open_end(database)

    with database.transaction() as session:
        for number in (started, ended):
            assert referral_results(session, recorder=RECORDER, new_retailer=NEW, case_number=number) == ([], None, [])
            assert incoming_referrals(session, recorder=RECORDER, current_retailer=CURRENT, case_number=number) == (
                [],
                None,
                [],
            )
        assert [
            status.application_number for status in application_statuses(session, retailer=NEW, area=Area.TOKYO)[0]
        ] == [started]


def test_its_applicants_commands_are_stored_and_answered(database: Database) -> None:
    number = open_start(database)
    hear(database, number, NewsKind.RECEIVED)

    for command, state in ((correct, ApplicationState.SENDING), (cancel, ApplicationState.CANCELLING)):
        with database.transaction() as session:
            command(session, number)
            (waiting,) = unanswered(session, case_number=number)
            record_step(session, step=step_for(session, number, waiting))
            assert lone_state(session, number).application.state is state


def test_a_foreign_one_one_of_another_kind_and_a_case_answer_as_none(database: Database) -> None:
    number, case_number = open_start(database), open_case(database, point_number=SECOND_POINT)

    for retailer, kind, named in (
        (OTHER, ApplicationKind.START, number),
        (NEW, ApplicationKind.END, number),
        (NEW, ApplicationKind.START, case_number),
    ):
        request = end_request(effective_date=None, application_number=named)
        content = CancelApplication(case_number=named, application=kind, application_number=named)
        with database.transaction() as session, pytest.raises(Refused) as error:
            message = identified(request, retailer=retailer, interface="10710")
            store_command(session, message=message, content=content, role=Role.APPLICANT)
        assert error.value.refusal.code is RefusalCode.NO_SUCH_APPLICATION


def test_a_command_on_a_case_finds_no_application_on_its_own(database: Database) -> None:
    number = open_start(database)
    content = Withdraw(case_number=number)

    with database.transaction() as session, pytest.raises(Refused) as error:
        message = identified(end_request(effective_date=None), retailer=NEW, interface="12110")
        store_command(session, message=message, content=content, role=Role.NEW_RETAILER)

    assert error.value.refusal.code is RefusalCode.NO_SUCH_CASE


def test_its_read_model_rebuilt_from_its_history_is_the_live_one(database: Database) -> None:
    number = open_start(database)
    hear(database, number, NewsKind.RECEIVED, NewsKind.MATCHED, NewsKind.COMPLETED)

    def live() -> list[object]:
        return [
            rows(database, "SELECT * FROM cases WHERE case_number = :n", n=number),
            rows(database, "SELECT * FROM applications WHERE case_number = :n", n=number),
        ]

    before = live()
    with database.transaction() as session:
        rebuild_case(session, case_number=number)
    assert live() == before


def test_its_applicant_is_told_by_mail_what_it_did_not_do(database: Database) -> None:
    completed, defective = open_start(database), open_end(database)
    hear(database, completed, NewsKind.RECEIVED, NewsKind.MATCHED, NewsKind.COMPLETED)
    hear(database, defective, NewsKind.DEFECTIVE)

    mails = rows(database, "SELECT case_number, kind, retailer_code FROM mail_intents ORDER BY created_at")

    assert [tuple(mail) for mail in mails] == [(completed, "completed", NEW), (defective, "defective", CURRENT)]


def test_what_is_on_the_point_elsewhere_is_not_in_its_way(database: Database) -> None:
    open_start(database)

    assert open_start(database, point_number=POINT[:-1] + "9")
