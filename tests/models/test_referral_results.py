"""12210: what the new retailer reads of its cases."""

from datetime import timedelta

import pytest

from models.cases.queries import referral_results
from models.clock import business_now
from models.database import Database, Session
from rules.procedure.events import NewsKind
from schemas.codes import ApplicationKind, ApplicationState, CasePhase, Decision, Flag, RejectionReason
from schemas.findings import Refused
from schemas.refusal_codes import RefusalCode
from tests.support.anonymous_reader import RECORDER
from tests.support.case_applications import file_end
from tests.support.case_stages import accept, complete_switch
from tests.support.case_steps import hear, obey_all
from tests.support.cast import CURRENT, NEW, OTHER, SECOND_POINT
from tests.support.decisions import reject
from tests.support.referrals import open_case


def test_a_new_case_awaits_its_decision(database: Database) -> None:
    number = open_case(database)

    with database.transaction() as session:
        (result,), cursor, _ = referral_results(session, recorder=RECORDER, new_retailer=NEW)

    assert (result.case_number, result.case_phase, result.case_phase_name) == (
        number,
        CasePhase.AWAITING_DECISION,
        "判断待ち",
    )
    assert (result.decision, result.decided_at, result.rejection_reasons) == (None, None, ())
    assert result.start_application_number is None
    assert result.end_application_received is Flag.NO
    assert cursor is None


def test_a_rejection_is_read_with_its_reasons_and_words(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        reject(session, number, text="契約者死亡のため要確認")
        obey_all(session, number)
        (result,), *_ = referral_results(session, recorder=RECORDER, new_retailer=NEW, case_number=number)

    assert (result.case_phase, result.decision) == (CasePhase.REJECTED, Decision.REJECT)
    assert result.rejection_reasons == (RejectionReason.NO_SUCH_CONTRACT, RejectionReason.OTHER)
    assert result.rejection_text == "契約者死亡のため要確認"
    assert result.decided_at is not None and result.decided_at <= result.changed_at


def test_a_completed_switch_shows_both_applications(database: Database) -> None:
    number = open_case(database)
    with database.transaction() as session:
        complete_switch(session, number)
        (result,), *_ = referral_results(session, recorder=RECORDER, new_retailer=NEW)

    assert result.case_phase is CasePhase.COMPLETED
    assert result.start_application_number is not None
    assert result.start_application_state is ApplicationState.COMPLETED
    assert result.end_application_received is Flag.YES


def test_of_the_end_application_it_is_told_only_whether_it_is_in(database: Database) -> None:
    number = open_case(database)
    flags: list[Flag] = []

    def read(session: Session) -> None:
        (result,), *_ = referral_results(session, recorder=RECORDER, new_retailer=NEW)
        flags.append(result.end_application_received)

    with database.transaction() as session:
        accept(session, number)
        read(session)
        file_end(session, number)
        obey_all(session, number)
        read(session)
        hear(session, number, NewsKind.DEFECTIVE, ApplicationKind.END, defects=("unknown-point",))
        read(session)
        hear(session, number, NewsKind.RECEIVED, ApplicationKind.END, occurred_at=business_now(session))
        read(session)

    assert flags == [Flag.NO, Flag.NO, Flag.NO, Flag.YES]


@pytest.mark.parametrize("retailer", [CURRENT, OTHER])
def test_a_foreign_case_is_as_one_that_does_not_exist(database: Database, retailer: str) -> None:
    number = open_case(database)

    with database.transaction() as session:
        foreign = referral_results(session, recorder=RECORDER, new_retailer=retailer, case_number=number)
        absent = referral_results(
            session, recorder=RECORDER, new_retailer=retailer, case_number="SW03L20260812999999993"
        )

    assert foreign == absent == ([], None, [])


def test_pages_go_on_where_the_last_one_ended(database: Database) -> None:
    numbers = [open_case(database, point_number=f"03{number:020d}") for number in range(5)]

    listed, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        with database.transaction() as session:
            page, cursor, _ = referral_results(session, recorder=RECORDER, new_retailer=NEW, cursor=cursor, limit=2)
        listed += [result.case_number for result in page]
        pages += 1

    assert (listed, pages) == (numbers, 3)


def test_a_last_page_that_is_full_has_no_cursor(database: Database) -> None:
    for number in range(2):
        open_case(database, point_number=f"03{number:020d}")

    with database.transaction() as session:
        page, cursor, _ = referral_results(session, recorder=RECORDER, new_retailer=NEW, limit=2)

    assert len(page) == 2 and cursor is None


def test_only_what_changed_since_a_time(database: Database) -> None:
    first, second = open_case(database), open_case(database, point_number=SECOND_POINT)
    with database.transaction() as session:
        since = business_now(session)
    with database.transaction() as session:
        accept(session, first)
        changed, *_ = referral_results(session, recorder=RECORDER, new_retailer=NEW, changed_since=since)
        all_of_them, *_ = referral_results(
            session, recorder=RECORDER, new_retailer=NEW, changed_since=since - timedelta(hours=1)
        )
        none, *_ = referral_results(
            session, recorder=RECORDER, new_retailer=NEW, changed_since=since + timedelta(hours=1)
        )

    assert [result.case_number for result in changed] == [first]
    assert [result.case_number for result in all_of_them] == [second, first]
    assert none == []


@pytest.mark.parametrize("cursor", ["nonsense", "1.", ".x", "99999999999999999999999999.SW03L20260812999999993"])
def test_a_cursor_that_is_none_of_ours_is_refused(database: Database, cursor: str) -> None:
    with database.transaction() as session, pytest.raises(Refused) as refused:
        referral_results(session, recorder=RECORDER, new_retailer=NEW, cursor=cursor)

    assert refused.value.refusal.code is RefusalCode.FORM
    assert refused.value.refusal.findings[0].field == "cursor"
