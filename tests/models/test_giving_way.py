"""A lone start or end application without its counterpart gives way to another retailer's referral, after a while."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.cases.operations import RegistrationResult, look_at_case, record_step
from models.cases.queries import case_history
from models.cases.rebuild import deviations, rebuild_case
from models.clock import business_now, move_clock
from models.database import Database, Session
from models.messages.queries import unanswered
from rules.calendar import day_of, end_of
from rules.deadlines import DEADLINE_RULES
from rules.procedure.events import CommandKind, GridNews, NewsKind
from rules.procedure.outcomes import HistoryKind
from schemas.codes import ApplicationKind, CasePhase, EndCause, Segment
from schemas.refusal_codes import RefusalCode
from tests.support import application_requests, lone_applications
from tests.support.case_steps import case_state, obey_all, step_for
from tests.support.cast import CURRENT, NEW, OTHER, register_retailers
from tests.support.concurrency import at_once
from tests.support.database_contents import rows
from tests.support.interventions import intervene
from tests.support.moments import CALENDAR
from tests.support.referrals import open_case, register

OPENERS = {ApplicationKind.START: lone_applications.open_start, ApplicationKind.END: lone_applications.open_end}


def hear(session: Session, number: str, kind: NewsKind) -> None:
    state = lone_applications.lone_state(session, number)
    news = GridNews(kind, state.kind, number, f"watch-{kind.value}", business_now(session))
    record_step(session, step=step_for(session, number, news))


def wait(session: Session, number: str, *, past: bool = True) -> None:
    """Move the clock to just before or just after the end of the ten business days of an application."""
    registered_on = day_of(look_at_case(session, case_number=number).state.registered_at)
    over = end_of(DEADLINE_RULES[Segment.LOW_VOLTAGE].giving_way.after(registered_on, CALENDAR))
    move_clock(session, by=over - business_now(session) + timedelta(seconds=0 if past else -5))


def refer(session: Session, *, retailer: str = NEW) -> RegistrationResult:
    return register(session, retailer=retailer, current_retailer_code=CURRENT)


def number_of(result: RegistrationResult) -> str:
    assert result.answer is not None, result.refusal
    return result.answer.case_number


@pytest.fixture(autouse=True)
def _retailers(database: Database) -> None:
    with database.transaction() as session:
        register_retailers(session)


@pytest.mark.parametrize("kind", OPENERS)
def test_it_holds_its_point_for_ten_business_days_and_then_gives_way(database: Database, kind: ApplicationKind) -> None:
    number = OPENERS[kind](database, retailer=OTHER)
    with database.transaction() as session:
        hear(session, number, NewsKind.RECEIVED)
        wait(session, number, past=False)
        refusal = refer(session).refusal
        assert refusal is not None and refusal.code is RefusalCode.POINT_BUSY
    with database.transaction() as session:
        wait(session, number)
        case = number_of(refer(session))
        obey_all(session, number)

        assert case_state(session, case).phase is CasePhase.AWAITING_DECISION
        state = lone_applications.lone_state(session, number)
        assert (state.phase, state.end_cause) == (CasePhase.CANCELLING, EndCause.GAVE_WAY)
        hear(session, number, NewsKind.CANCELLED)
        assert lone_applications.lone_state(session, number).phase is CasePhase.UNMATCHED
        lines = [line.line for line in case_history(session, case_number=number)]
    assert [line.kind for line in lines][-2:] == [HistoryKind.GAVE_WAY, HistoryKind.APPLICATION_UNMATCHED]
    assert case not in repr(lines), "whose referral it is, is nobody's to know"


def test_both_are_told(database: Database) -> None:
    number = lone_applications.open_end(database, retailer=OTHER)
    with database.transaction() as session:
        wait(session, number)
        case = number_of(refer(session))
        obey_all(session, number)
        (first,) = case_history(session, case_number=case)

    assert first.line.details["point_freed"] == "yes"
    mails = rows(database, "SELECT case_number, kind, retailer_code FROM mail_intents")
    assert {tuple(mail) for mail in mails} == {
        (case, "arrived", CURRENT),
        (case, "gave_way", NEW),
        (number, "gave_way", OTHER),
    }


def test_ones_own_and_a_pair_and_what_stands_still_give_no_way(database: Database) -> None:
    own = lone_applications.open_start(database, retailer=NEW)
    with database.transaction() as session:
        wait(session, own)
        refusal = refer(session).refusal
        assert refusal is not None and own in refusal.findings[0].message

        # its counterpart for the same day: they wait for their matching
        day = lone_applications.lone_state(session, own).effective_date
        lone_applications.answered(
            lone_applications.apply(session, application_requests.end_request(effective_date=day), retailer=CURRENT)
        )
        assert refer(session, retailer=OTHER).refusal is not None


def test_one_whose_deadlines_stand_still_does_not_give_way(database: Database) -> None:
    number = lone_applications.open_end(database, retailer=OTHER)
    with database.transaction() as session:
        intervene(session, number, CommandKind.SUSPEND)
        obey_all(session, number)
        wait(session, number)
        assert refer(session).refusal is not None


def test_what_the_hub_knows_as_matched_does_not_give_way(database: Database) -> None:
    number = lone_applications.open_end(database, retailer=OTHER)
    with database.transaction() as session:
        hear(session, number, NewsKind.RECEIVED)
        hear(session, number, NewsKind.MATCHED)
        wait(session, number)
        assert refer(session).refusal is not None


@pytest.mark.parametrize("obeyed_first", [True, False])
def test_one_that_was_matched_after_all_stands_and_the_referral_ends(database: Database, obeyed_first: bool) -> None:
    number = lone_applications.open_end(database, retailer=OTHER)
    with database.transaction() as session:
        hear(session, number, NewsKind.RECEIVED)
        wait(session, number)
        case = number_of(refer(session))
        if obeyed_first:
            obey_all(session, number)
        hear(session, number, NewsKind.MATCHED)
        obey_all(session, number)
        obey_all(session, case)

        assert lone_applications.lone_state(session, number).phase is CasePhase.MATCHED
        state = case_state(session, case)
        assert (state.phase, state.end_cause) == (CasePhase.UNMATCHED, EndCause.POINT_TAKEN)
        assert unanswered(session, case_number=case) == unanswered(session, case_number=number) == []
        assert refer(session).refusal is not None, "it holds its point again"
    mails = rows(database, f"SELECT kind, retailer_code FROM mail_intents WHERE case_number = '{case}'")
    assert {("unmatched", NEW), ("unmatched", CURRENT)} <= {tuple(mail) for mail in mails}


def test_of_two_referrals_at_once_one_takes_the_point(database: Database) -> None:
    number = lone_applications.open_end(database, retailer=CURRENT)
    with database.transaction() as session:
        wait(session, number)

    def attempt(retailer: str) -> Callable[[], bool]:
        def refer_once() -> bool:
            with database.transaction() as session:
                return refer(session, retailer=retailer).refusal is None

        return refer_once

    assert sorted(at_once(attempt(NEW), attempt(OTHER))) == [False, True]


def test_the_read_model_can_be_rebuilt_before_and_after_it_has_heard_of_it(database: Database) -> None:
    number = lone_applications.open_end(database, retailer=OTHER)
    with database.transaction() as session:
        wait(session, number)
        refer(session)
        rebuild_case(session, case_number=number)
        assert deviations(session, case_number=number) == ()
        obey_all(session, number)
        assert deviations(session, case_number=number) == ()


def test_a_change_of_details_does_not_hold_up_a_switch(database: Database) -> None:
    for kind in (ApplicationKind.CUSTOMER_DETAILS, ApplicationKind.AMPERE_CHANGE):
        lone_applications.open_of_kind(database, kind, segment=Segment.LOW_VOLTAGE, retailer=CURRENT)

    assert open_case(database)
